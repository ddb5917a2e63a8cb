"""Whom the demo brands talk to, with what is known of them. All invented."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Proof:
    """Evidence for a claim, gathered so many days before the last day of the demo."""

    claim: str
    kind: str
    detail: str
    people: int | None = None
    days_ago: int = 60


@dataclass(frozen=True)
class Persona:
    """An audience; `hours` as a person writes them, `channels` by platform."""

    brand: str
    name: str
    segment: str
    ages: tuple[int, int]
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    says: dict[str, str]
    places: str = ""
    interests: tuple[str, ...] = ()
    hours: str = ""
    weight: int = 1
    channels: tuple[str, ...] = ()
    proofs: tuple[Proof, ...] = field(default=())


PERSONAS = (
    Persona(
        "ombralunga",
        "Giulia, barista in casa",
        "Prepara il caffè a casa ogni mattina e compra in grani una volta al mese",
        (28, 45),
        ("IT",),
        ("it",),
        {
            "job": "Quando arrivano amici, voglio un caffè buono come al bar, così da sentirmi fiera di servirlo.",
            "goals": "Smettere di buttare mezzo sacchetto perché ha sbagliato macinatura.",
            "tried": "Capsule e miscele del supermercato: comode, ma il sapore è sempre lo stesso.",
            "beliefs": "Che la freschezza si sente, e che non serve una macchina da mille euro.",
            "pains": "I grani arrivano senza data di tostatura. Le guide online si contraddicono.",
            "objections": "Costa il doppio del supermercato. E se poi non mi piace?",
            "triggers": "Ha appena comprato un macinacaffè, o ha assaggiato un filtro in viaggio.",
            "trusted": "Il barista del quartiere, due creator di ricette, le recensioni con foto.",
            "habits": "Instagram a colazione e dopo cena, audio spento. Salva i caroselli con le dosi.",
            "wanted": "Ricette con grammi e secondi, confronti tra origini, errori spiegati senza farla sentire "
            "stupida.",
            "words": "«Mi viene acido»\n«Che macinatura uso per la moka?»\n«Quanto dura aperto?»",
            "accessibility": "Sottotitoli in ogni video: guarda senza audio accanto a chi dorme.",
            "avoid": "«Gourmet», «esperienza sensoriale», note di degustazione che nessuno riconosce.",
        },
        places="Torino e altre città del Nord",
        interests=("cucina", "ceramica", "mercati"),
        hours="Lun-Ven: 6-8 quasi sempre, 13-14 spesso, 21-23 spesso\nSab-Dom: 8-11 quasi sempre, 21-23 a volte",
        weight=3,
        channels=("instagram", "facebook"),
        proofs=(
            Proof("pains", "survey", "Questionario nei pacchi di primavera", 214, 95),
            Proof("job", "interviews", "Otto chiacchierate al banco, sabato mattina", 8, 80),
            Proof("habits", "analytics", "Statistiche del pubblico di Instagram", 9400, 40),
            Proof("online_hours", "analytics", "Ore di attività dei follower su Instagram", 9400, 40),
            Proof("objections", "survey", "Domanda aperta ai disiscritti dell’abbonamento", 61, 420),
            Proof("tried", "assumption", "Da chiedere nel prossimo questionario"),
        ),
    ),
    Persona(
        "ombralunga",
        "Renato, tiene un piccolo bar",
        "Due vetrine, una macchina, trenta chili al mese",
        (38, 60),
        ("IT",),
        ("it",),
        {
            "job": "Quando un fornitore mi delude, voglio qualcuno che risponda lo stesso giorno, così da non "
            "restare senza caffè il sabato.",
            "pains": "Consegne in ritardo, tarature della macchina che nessuno spiega, margini che si "
            "assottigliano.",
            "objections": "Il mio cliente vuole il caffè a un euro e trenta.",
            "triggers": "La macchina in comodato è in scadenza.",
            "trusted": "Il tecnico della macchina e gli altri baristi della via.",
            "habits": "Facebook la sera, dopo la chiusura; guarda le foto, legge i commenti.",
            "wanted": "Conti per tazzina, turni di taratura, storie di altri bar con nome e cognome.",
            "avoid": "Tono da maestro. Lui fa caffè da trent’anni.",
        },
        places="Piemonte",
        hours="Lun-Sab: 15-16 spesso, 21-23 quasi sempre\nDom: 9-12 spesso",
        weight=2,
        channels=("facebook",),
        proofs=(Proof("pains", "interviews", "Visite a dodici bar con il rappresentante", 12, 130),),
    ),
    Persona(
        "ombralunga",
        "Studenti fuori sede",
        "Bevono caffè per studiare, in cucine condivise",
        (19, 25),
        ("IT",),
        ("it",),
        {
            "job": "Quando studio fino a tardi, voglio un caffè decente con la moka di casa, così da non "
            "spendere al bar.",
            "pains": "Una moka vecchia, nessuna bilancia, dieci euro di budget.",
        },
        places="Torino",
        interests=("musica", "cucina veloce"),
    ),
    Persona(
        "vechtrijder",
        "Marit, replaces the second car",
        "Parents in the Randstad who weigh a cargo bike against a car",
        (31, 45),
        ("NL",),
        ("nl", "en"),
        {
            "job": "When the second car comes up for inspection, I want to know whether a cargo bike really does "
            "the "
            "school run in November, so that I can sell the car without regret.",
            "goals": "Two children, one grocery run and the day-care bag in a single trip.",
            "tried": "A second-hand box bike that rattled apart in two winters.",
            "beliefs": "That a frame welded here will be repaired here.",
            "pains": "Theft, wind, a stand that tips over with a child in it, and prices that hide the battery.",
            "objections": "For that money I can buy a small car.",
            "triggers": "The letter about the car's inspection. A neighbour who rides one.",
            "trusted": "Other parents at the gate, the consumers' association, the mechanic round the corner.",
            "habits": "Instagram after eight in the evening; watches short films of real streets twice, "
            "brochures never.",
            "wanted": "Rain, loading, parking, repair: what a showroom does not show.",
            "words": "“Does it fit in the hallway?”\n“What does it weigh with two of them in it?”",
            "avoid": "Smiling families in sunshine. “Mobility solution.”",
        },
        places="Utrecht, Amsterdam, Amersfoort",
        interests=("cities for children", "repair"),
        hours="Mon-Fri: 7-8 sometimes, 12-13 sometimes, 20-23 mostly\nSat-Sun: 9-11 often, 20-22 often",
        weight=3,
        channels=("instagram", "facebook"),
        proofs=(
            Proof("objections", "interviews", "Talks at the spring test rides", 41, 110),
            Proof("triggers", "interviews", "Talks at the spring test rides", 41, 110),
            Proof("pains", "survey", "Owners, one year after delivery", 128, 200),
            Proof("demographics", "analytics", "Audience report of Instagram", 15200, 50),
        ),
    ),
    Persona(
        "vechtrijder",
        "Dale, tours the back roads",
        "American long-distance riders who order a frame and build it up themselves",
        (40, 65),
        ("US",),
        ("en",),
        {
            "job": "When I plan three weeks on gravel, I want a frame I can have welded in any village, so that "
            "the "
            "trip does not end at a broken dropout.",
            "pains": "Import duty nobody can name in advance; geometry tables without stack and reach.",
            "objections": "Five months of waiting, and I cannot sit on one first.",
            "triggers": "A route is booked for next summer.",
            "trusted": "Frame builders' forums and two riders who publish their failures.",
            "habits": "Reads threads at breakfast and in the afternoon break, on a laptop.",
            "wanted": "Drawings, weld pictures, loads, and what broke on the last tour.",
            "avoid": "Lifestyle. Adventure as an adjective.",
        },
        places="Vermont, Colorado, Oregon",
        hours="Mon-Fri: 13-16 often, 22-24 often\nSat: 14-18 sometimes",
        weight=2,
        channels=("x", "instagram"),
        proofs=(
            Proof("pains", "research", "Threads of a frame builders' forum, read and counted", 320, 150),
            Proof("wanted", "survey", "Buyers of touring frames", 37, 400),
        ),
    ),
    Persona(
        "vechtrijder",
        "Workshop hands",
        "Mechanics who service what we sold",
        (22, 55),
        ("NL", "DE"),
        ("nl", "de", "en"),
        {
            "job": "When an unknown hub comes in on a Saturday, I want the torque and the part number within a "
            "minute, so that the customer rides home.",
            "pains": "Manuals that show last year's model.",
            "wanted": "Short films from the workshop, with numbers on the screen.",
        },
        channels=("youtube",),
        hours="Mon-Fri: 8-9 sometimes, 17-19 often",
        proofs=(Proof("job", "interviews", "Six dealers by telephone", 6, 90),),
    ),
    Persona(
        "berthwright",
        "Ross, runs a town harbour",
        "Harbour masters with 80 to 300 berths and a paper book",
        (42, 63),
        ("GB",),
        ("en",),
        {
            "job": "When three boats call at once, I want to see what is free tonight without leaving the "
            "pontoon, so "
            "that I do not turn one away from an empty berth.",
            "goals": "Full berths in the shoulder season, fewer calls during lunch.",
            "tried": "A spreadsheet that two people broke in the same week; software for marinas ten times the "
            "size.",
            "beliefs": "That it works in the rain, with gloves, without signal.",
            "pains": "No-shows, double bookings, and the council asking for figures on a Friday.",
            "objections": "We are four people. Nobody has time to learn another system.",
            "triggers": "The end of the season, when the book is added up by hand.",
            "trusted": "The harbour master one bay along, the harbour masters' association.",
            "habits": "LinkedIn on a desktop before eight and over a sandwich. Never on a Saturday in summer.",
            "wanted": "What other harbours of this size did, with their numbers.",
            "words": "“Visitors' berths”\n“Who is paying for the electricity?”",
            "avoid": "“Digital transformation.” Anything with a rocket on it.",
        },
        places="South and west coast of England, Wales",
        interests=("tides", "small harbours"),
        hours="Mon-Fri: 7-9 often, 12-13 often\nSat-Sun: 7-8 sometimes",
        weight=3,
        channels=("linkedin", "x"),
        proofs=(
            Proof("pains", "interviews", "Visits to nine harbours", 9, 70),
            Proof("objections", "interviews", "Visits to nine harbours", 9, 70),
            Proof("tried", "survey", "Harbour masters' autumn meeting", 54, 390),
        ),
    ),
    Persona(
        "berthwright",
        "Priya, treasurer of the trust",
        "Signs the invoice, asks what it brings",
        (35, 60),
        ("GB",),
        ("en",),
        {
            "job": "When a quote arrives, I want to see what it pays back within the year, so that I can defend "
            "it to "
            "the trustees.",
            "pains": "Offers without a total. Contracts that renew themselves.",
            "wanted": "A sum on one page, with what it assumes.",
            "avoid": "Return on investment without the hours of staff in it.",
        },
        hours="Mon-Fri: 8-9 sometimes, 16-18 often",
        channels=("linkedin",),
    ),
)
