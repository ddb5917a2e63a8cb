"""What the demo brands want to be known for: texts of the strategy and content pillars. All invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """A content pillar; `audience` by the beginning of its name."""

    name: str
    share: int
    purpose: str
    examples: str
    avoid: str
    audience: str = ""


@dataclass(frozen=True)
class Text:
    """A brand's strategy: its texts, its pillars, with whom it was agreed, and what was reworded since."""

    brand: str
    situation: str
    positioning: str
    constraints: str
    agreed_with: str
    note: str
    themes: tuple[Theme, ...]
    reworded: tuple[str, str]  # of the positioning, after the agreement


STRATEGIES = (
    Text(
        "ombralunga",
        "Instagram porta quasi tutte le richieste di abbonamento, ma le vendite crescono solo quando lanciamo una "
        "nuova monorigine. Facebook serve la bottega: orari, disponibilità, porte aperte. TikTok ha pubblico e "
        "pochi "
        "clienti. I concorrenti parlano di premi; quasi nessuno dice quando ha tostato.",
        "Per chi prepara il caffè a casa e si è stancato delle capsule, Ombralunga è la torrefazione che scrive "
        "la data "
        "di tostatura su ogni sacchetto e spiega come usarlo. Non vendiamo esperienze: vendiamo caffè fresco.",
        "Sei ore a settimana in due persone. Niente sconti sull’abbonamento. Nessun confronto con marche "
        "nominate.",
        "Signora Bianca Ferraris, titolare",
        "Prima strategia condivisa con la bottega",
        (
            Theme(
                "Come si fa",
                35,
                "Toglie la paura di sbagliare: chi impara a usare i grani li ricompra.",
                "Dosi e secondi per la moka\nPerché viene acido\nTre macinature a confronto",
                "Tutorial di latte art: belli, ma non sono il nostro cliente.",
                "Giulia",
            ),
            Theme(
                "Dalla pianta al sacchetto",
                25,
                "Dà un motivo al prezzo.",
                "Una monorigine al mese\nLa tostatura fallita di giovedì",
                "Cartoline di piantagioni senza un dato.",
            ),
            Theme(
                "Gente del banco",
                20,
                "Mostra che dietro c’è una bottega vera.",
                "Chi passa alle sette\nRenato e i suoi trenta chili",
                "Clienti in posa.",
                "Renato",
            ),
            Theme(
                "In bottega",
                15,
                "Orari, arrivi, porte aperte: quello che serve per passare.",
                "Arrivi della settimana\nPorte aperte",
                "Offerte a tempo.",
            ),
        ),
        ("caffè fresco", "caffè fresco e la calma di berlo"),
    ),
    Text(
        "vechtrijder",
        "Cargo bikes carry the turnover, touring frames the name. Instagram answers well in the evening; X "
        "reaches "
        "American riders and nobody else; YouTube is watched for months by people who already own one. Two large "
        "makers outspend us tenfold on sunshine.",
        "For parents and riders who keep a bicycle for twenty years, Vechtrijder builds frames that can be "
        "repaired by "
        "the person who welded them. We show the weld, the load and the rain.",
        "No influencers who were given a bicycle. Prices always with battery and duty. Nine hours a week for "
        "content.",
        "Anneke de Wit, sales; Bram Visser, workshop",
        "Agreed after the spring test rides",
        (
            Theme(
                "Bad weather",
                30,
                "Answers the doubt that a sunny picture raises.",
                "The school run at four degrees\nA full box against the wind",
                "Children in sunglasses.",
                "Marit",
            ),
            Theme(
                "Out of the workshop",
                30,
                "Proves that we can mend what we sell.",
                "A dropout, before and after\nTorque of the rear hub",
                "Time lapses without a number in them.",
                "Workshop",
            ),
            Theme(
                "Far from home",
                25,
                "Shows what a frame survives.",
                "What broke between Stowe and Burlington\nLoads, tyres, pressures",
                "Sunsets.",
                "Dale",
            ),
            Theme(
                "What it costs",
                15,
                "Says the sum before anybody asks.",
                "Bike against second car, five years\nDuty into the United States",
                "Countdowns.",
            ),
        ),
        ("by the person who welded them", "by whoever can weld"),
    ),
    Text(
        "berthwright",
        "Known in eleven harbours, unknown in the twelfth. LinkedIn brings the requests that end in a "
        "demonstration; X "
        "brings harbour gossip, which is worth reading and not worth money. The TikTok trial reached people "
        "without "
        "harbours.",
        "For harbours with 80 to 300 berths and a paper book, Berthwright is the berth book that works on the "
        "pontoon, in "
        "the rain, without signal. Marina suites do more; nobody has the staff to use them.",
        "No word that would be laughed at on a pontoon. No customer's figures without the customer's name under "
        "them. "
        "Nobody posts in Cowes Week.",
        "Board meeting",
        "First version, for the board",
        (
            Theme(
                "What other harbours did",
                40,
                "A neighbour's number convinces where ours does not.",
                "Fowey filled its Tuesdays\nNo-shows before and after",
                "Testimonials without a figure.",
                "Ross",
            ),
            Theme(
                "The sum on one page",
                25,
                "Lets the treasurer say yes.",
                "What an empty berth costs\nHours saved, and whose",
                "Return on investment without staff hours.",
                "Priya",
            ),
            Theme(
                "Harbour sense",
                25,
                "Shows that we know the work.",
                "Visitors' berths in a spring tide\nWho pays for the electricity",
                "Product tours.",
            ),
        ),
        ("in the rain, without signal", "in the rain, with gloves, without signal"),
    ),
)
