"""What a brand of the demo is made of, and the agency and people behind all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from smm.demo.rhythm import Bump

AGENCY = "Studio Gherlino"
PASSWORD = "benvenuti a bordo"
SEED = 20_240
DAYS = 730
# The newest post is this many days old, so that its figures have settled when the files are written.
LAST_DAY = 3


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    language: str
    job: str  # owner | smm | cm
    brands: tuple[str, ...] = ()


@dataclass(frozen=True)
class Account:
    """A channel: how often it posts, in which formats, and how its audience's week looks."""

    platform: str
    handle: str
    name: str
    number: str
    per_week: float
    followers: int
    formats: dict[str, float]
    audience: Sequence[Bump]
    audience_days: tuple[float, ...]
    strength: float  # standard deviation of the audience's weekly rhythm, in log units
    team: Sequence[Bump]
    noise: float = 0.6
    rate: float = 0.05  # engagements per person reached
    reach: float = 0.35  # share of the followers that a typical post reaches
    languages: dict[str, float] = field(default_factory=lambda: {"en": 1.0})
    days: int = DAYS
    replies: float = 0.0
    time_zone: str = ""  # where its audience is, when that is not where the brand is

    @property
    def key(self) -> str:
        return f"{self.platform}:{self.handle}"


@dataclass(frozen=True)
class Campaign:
    """A campaign by its UTM name, with the days it ran (counted back from the last day) and what it brought.

    `spend` is per day in the ads' currency; `yields` is what a unit of it brings: revenue, or leads, or reactions.
    """

    name: str
    topic: str
    path: str
    first: int
    last: int
    spend: float
    yields: float
    goal: str  # purchase | lead | engagement
    basket: float = 0.0
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Search:
    """A campaign beside search results, from `first` days ago until now: what a day costs, and leads per click."""

    name: str
    first: int
    spend: float
    yields: float


@dataclass(frozen=True)
class Demo:
    """A brand of the demo."""

    slug: str
    name: str
    time_zone: str
    currency: str
    ads_currency: str
    site: str
    texts: str
    tone: str
    sector: str
    accounts: tuple[Account, ...]
    campaigns: tuple[Campaign, ...]
    sessions: int  # visits of the site per week that no campaign brought
    sales: float  # revenue per such visit
    searches: tuple[Search, ...] = ()
    goods: tuple[tuple[str, float], ...] = ()  # what its own shop sells, if it has one, and for how much
    free_shipping: float = 0.0  # from this total on


PEOPLE = (
    Person("marta.olivero@gherlino.example", "Marta Olivero", "en", "owner"),
    Person(
        "joris.hoekstra@gherlino.example",
        "Joris Hoekstra",
        "en",
        "smm",
        ("ombralunga", "vechtrijder", "berthwright"),
    ),
    Person("chiara.bonetti@gherlino.example", "Chiara Bonetti", "it", "cm", ("ombralunga", "vechtrijder")),
)
