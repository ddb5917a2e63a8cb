"""What the demo brands decided on platforms, what their teams can make, and what each channel is for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """A decision on a platform, to be looked at again so many days after the load."""

    brand: str
    platform: str
    decision: str  # chosen | later | rejected
    reason: str
    review_in: int = 180


@dataclass(frozen=True)
class Makes:
    """The hours of a brand's team per week, those that a piece takes, and the weights of the score."""

    brand: str
    hours: float
    formats: dict[str, float]
    weights: dict[str, int]


@dataclass(frozen=True)
class Mission:
    """What a channel is for, its address, and who answers for it."""

    brand: str
    platform: str
    text: str
    link: str
    owner: str = ""


EVEN = {"coverage": 30, "results": 15, "objectives": 20, "formats": 20, "effort": 15}
TEAMS = (
    Makes("ombralunga", 6, {"photo": 0.75, "carousel": 2, "short_video": 3, "story": 0.5}, EVEN),
    Makes(
        "vechtrijder",
        9,
        {"photo": 1, "carousel": 2, "short_video": 3, "video": 9, "text": 0.5, "link": 0.5},
        EVEN | {"results": 25, "effort": 10},
    ),
    Makes("berthwright", 4, {"text": 1, "document": 3, "photo": 1, "link": 0.5}, EVEN | {"objectives": 30}),
)
CHOICES = (
    Choice(
        "ombralunga",
        "instagram",
        "chosen",
        "Chi prepara il caffè a casa è qui, e i caroselli sulle ricette sono ciò che salva di più.",
    ),
    Choice(
        "ombralunga",
        "facebook",
        "chosen",
        "I clienti della bottega di Torino chiedono qui orari e disponibilità; basta un post a settimana.",
    ),
    Choice(
        "ombralunga",
        "tiktok",
        "chosen",
        "Un video a settimana girato in torrefazione. Se in sei mesi non porta nessuno in bottega, si chiude.",
        90,
    ),
    Choice(
        "ombralunga",
        "whatsapp",
        "later",
        "Un canale per le nuove monorigini avrebbe senso, quando qualcuno potrà rispondere anche il sabato.",
        120,
    ),
    Choice(
        "ombralunga",
        "youtube",
        "rejected",
        "Lo usano quasi tutti, ma un video lungo ci costa più di una settimana di lavoro.",
        365,
    ),
    Choice(
        "ombralunga", "x", "rejected", "Lì non si parla di caffè, e non sapremmo che cosa scrivere ogni giorno."
    ),
    Choice(
        "vechtrijder",
        "instagram",
        "chosen",
        "Riders look at frames before they read about them, and the photographs are made anyway.",
    ),
    Choice(
        "vechtrijder",
        "facebook",
        "chosen",
        "Owners’ groups answer each other’s questions; we only have to be there when a recall comes.",
    ),
    Choice(
        "vechtrijder",
        "youtube",
        "chosen",
        "One workshop film a month is searched for years later. We accept that it eats most of the hours.",
    ),
    Choice(
        "vechtrijder",
        "x",
        "chosen",
        "Dealers in the United States ask there, and expect an answer on their working day.",
        90,
    ),
    Choice(
        "vechtrijder",
        "bluesky",
        "later",
        "The account is open and the name is safe. We post in earnest once a quarter of the dealers are there.",
        120,
    ),
    Choice(
        "vechtrijder",
        "snapchat",
        "rejected",
        "Nobody buys a touring frame there, and we film nothing upright.",
        365,
    ),
    Choice(
        "berthwright",
        "linkedin",
        "chosen",
        "Harbour masters and their boards are there under their own names; all good requests began there.",
    ),
    Choice(
        "berthwright",
        "x",
        "chosen",
        "Storm warnings and ferry strikes are news there first. Short notes only, no campaigns.",
        90,
    ),
    Choice(
        "berthwright",
        "tiktok",
        "later",
        "A trial by the apprentice. To be judged when there are enough posts to judge.",
        60,
    ),
    Choice(
        "berthwright",
        "instagram",
        "rejected",
        "Pretty boats bring people who do not run marinas. Three of our competitors found the same.",
        365,
    ),
)
JORIS, CHIARA = "joris.hoekstra@gherlino.example", "chiara.bonetti@gherlino.example"
MISSIONS = (
    Mission(
        "ombralunga",
        "instagram",
        "Insegnare a chi prepara il caffè a casa a farlo meglio, una ricetta alla volta.",
        "https://www.instagram.com/torrefazione.ombralunga/",
        CHIARA,
    ),
    Mission(
        "ombralunga",
        "facebook",
        "Tenere informati i clienti della bottega: orari, nuovi arrivi, giornate a porte aperte.",
        "https://www.facebook.com/ombralunga.example",
        CHIARA,
    ),
    Mission(
        "ombralunga",
        "tiktok",
        "Far vedere la tostatura a chi non ci conosce ancora.",
        "https://www.tiktok.com/@ombralunga.caffe",
        JORIS,
    ),
    Mission(
        "vechtrijder",
        "instagram",
        "Show frames and rides to people who choose a bicycle for the next ten years.",
        "https://www.instagram.com/vechtrijder/",
        CHIARA,
    ),
    Mission(
        "vechtrijder",
        "facebook",
        "Be at hand for owners: questions, recalls, meetings.",
        "https://www.facebook.com/vechtrijder.example",
        CHIARA,
    ),
    Mission(
        "vechtrijder",
        "x",
        "Answer dealers in the United States on their working day.",
        "https://x.com/vechtrijder",
        JORIS,
    ),
    Mission(
        "vechtrijder",
        "youtube",
        "Films from the workshop that riders find when something has to be mended.",
        "https://www.youtube.com/@vechtrijder.example",
        JORIS,
    ),
    Mission(
        "vechtrijder",
        "bluesky",
        "Keep the name and listen.",
        "https://bsky.app/profile/vechtrijder.example",
        JORIS,
    ),
    Mission(
        "berthwright",
        "linkedin",
        "Convince harbour masters and their boards with figures from other harbours.",
        "https://www.linkedin.com/company/berthwright.example/",
        JORIS,
    ),
    Mission(
        "berthwright", "x", "Short notes when something happens in the trade.", "https://x.com/berthwright", JORIS
    ),
    Mission(
        "berthwright",
        "tiktok",
        "A trial: a harbour in one minute, filmed by the apprentice.",
        "https://www.tiktok.com/@berthwright",
    ),
)
