"""What the demo brands want to reach: their goals, objectives, and what they read by hand. All invented."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Goal:
    """A business goal of a brand, by a short name that objectives refer to."""

    brand: str
    key: str
    name: str
    why: str


@dataclass(frozen=True)
class Aim:
    """An objective: from the baseline of the imported data (times `factor`), or between two values read by hand.

    It began `ago` weeks before the last day and ends `ahead` weeks after it. `by_hand`: (weeks ago, value).
    """

    brand: str
    goal: str
    statement: str
    kpi: str
    factor: float = 1.0
    ago: int = 20
    ahead: int = 16
    platforms: tuple[str, ...] = ()
    counting: str = ""
    baseline: float | None = None
    target: float | None = None
    source: str = ""
    assumptions: str = ""
    serves: str = ""
    by_hand: tuple[tuple[int, float], ...] = field(default_factory=tuple)


GOALS = (
    Goal(
        "ombralunga",
        "subscribe",
        "Vendere un terzo del caffè in abbonamento",
        "Entrate regolari, e tostature pianificate invece che inseguite.",
    ),
    Goal(
        "ombralunga",
        "bars",
        "Essere la torrefazione che i bar consigliano",
        "Chi serve il nostro caffè lo racconta meglio di noi.",
    ),
    Goal("vechtrijder", "cargo", "Sell six hundred cargo bikes", "They carry the fixed costs of the workshop."),
    Goal("vechtrijder", "service", "Keep riders coming back for service", "A bike in good order is recommended."),
    Goal("berthwright", "harbours", "Forty harbours on the platform", "Below forty it does not pay for itself."),
)
AIMS = (
    Aim(
        "ombralunga",
        "subscribe",
        "Portare più persone da Instagram alla pagina degli abbonamenti",
        "sessions",
        1.3,
        platforms=("instagram",),
        assumptions="Due reel a settimana sul caffè di casa; il link in bio punta agli abbonamenti.",
    ),
    Aim(
        "ombralunga",
        "subscribe",
        "Far arrivare pronto all'acquisto chi visita il sito dai social",
        "cvr",
        1.2,
        assumptions="La pagina degli abbonamenti carica in meno di due secondi.",
        serves="Portare più persone da Instagram alla pagina degli abbonamenti",
    ),
    Aim(
        "ombralunga",
        "subscribe",
        "Incassare di più da chi arriva dai social prima dell'estate",
        "revenue",
        2.4,
        ago=44,
        ahead=-20,
    ),
    Aim(
        "ombralunga",
        "bars",
        "Dare a chi ama il caffè un motivo per commentare su Instagram",
        "comments_per_post",
        1.15,
        platforms=("instagram",),
        assumptions="Si risponde a ogni domanda entro la giornata.",
    ),
    Aim(
        "ombralunga",
        "bars",
        "Essere nominati dai bar più delle altre torrefazioni di zona",
        "share_of_voice",
        baseline=0.18,
        target=0.25,
        source="Conteggio delle menzioni in trenta profili di bar",
        by_hand=((17, 0.19), (13, 0.2), (9, 0.21), (5, 0.22), (1, 0.225)),
    ),
    Aim(
        "vechtrijder",
        "cargo",
        "Bring more riders from social media to the cargo bike pages",
        "sessions",
        1.12,
        assumptions="Film of the canals stays pinned; dealers share it.",
    ),
    Aim(
        "vechtrijder",
        "cargo",
        "Get more back from every euro of ads for the cargo bike",
        "roas",
        1.25,
        assumptions="Budget stays as it is; two creatives a month.",
    ),
    Aim(
        "vechtrijder",
        "service",
        "Show on Instagram how a bike is mended, so that people react",
        "er_reach",
        1.22,
        platforms=("instagram",),
        assumptions="One repair a week, filmed in the workshop.",
    ),
    Aim(
        "vechtrijder",
        "service",
        "Have those who follow us on Instagram save what keeps a bike running",
        "save_rate",
        1.1,
        platforms=("instagram",),
    ),
    Aim(
        "vechtrijder",
        "service",
        "Answer questions about service within two hours",
        "first_reply",
        baseline=410.0,
        target=120.0,
        source="Inbox of the workshop",
        by_hand=((18, 400.0), (15, 352.0), (12, 300.0), (9, 262.0), (6, 221.0), (3, 180.0), (1, 161.0)),
    ),
    Aim(
        "vechtrijder",
        "service",
        "Grow those who follow the workshop",
        "followers",
        target=36_000.0,
        assumptions="The exports of followers by day are still to be imported.",
    ),
    Aim(
        "berthwright",
        "harbours",
        "Bring more harbour masters from LinkedIn to the site",
        "sessions",
        2.2,
        platforms=("linkedin",),
        assumptions="One webinar a quarter, and the handbook stays free.",
    ),
    Aim(
        "berthwright",
        "harbours",
        "Be read more by harbour masters on LinkedIn",
        "er_impressions",
        1.08,
        platforms=("linkedin",),
        serves="Bring more harbour masters from LinkedIn to the site",
    ),
    Aim(
        "berthwright",
        "harbours",
        "Have more visits from social media read on",
        "engaged_rate",
        1.12,
        ago=40,
        ahead=-6,
    ),
)
