"""What a channel published and what that gathered: habits, rhythms, formats, campaigns, and heavy-tailed luck."""

import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from smm.demo import numbers, texts
from smm.demo.plan import LAST_DAY, SEED, Account, Campaign, Demo
from smm.demo.rhythm import centred, habits, week

VIDEO = ("video", "short_video", "live")
# Added to the log of the people reached, and of the share of them that reacts.
REACH_OF = {"short_video": 0.35, "carousel": 0.1, "link": -0.25, "text": -0.1, "document": 0.2, "article": -0.15}
RATE_OF = {"carousel": 0.2, "link": -0.35, "text": -0.1, "document": 0.25, "short_video": 0.05, "article": -0.2}
# How engagement divides into reactions, comments, shares and saves.
SPLIT = {
    "instagram": (0.84, 0.05, 0.04, 0.07),
    "facebook": (0.83, 0.09, 0.08, 0.0),
    "tiktok": (0.88, 0.06, 0.06, 0.0),
    "youtube": (0.86, 0.11, 0.03, 0.0),
    "x": (0.72, 0.11, 0.13, 0.04),
    "linkedin": (0.82, 0.1, 0.08, 0.0),
    "bluesky": (0.74, 0.14, 0.12, 0.0),
}
ASKED = (
    "annelies_rides",
    "kade_27",
    "portlog",
    "mtbdouglas",
    "wielwonder",
    "quayside_jo",
    "spokecount",
    "mooring_matt",
)


class Figures(NamedTuple):
    """What a post has gathered so far."""

    reach: int
    impressions: int
    reactions: int
    comments: int
    shares: int
    saves: int
    clicks: int
    link_clicks: int
    video_views: int
    watch_seconds: float
    follows: int
    profile_visits: int
    hidden: int

    @property
    def engagements(self) -> int:
        return self.reactions + self.comments + self.shares


@dataclass(frozen=True, slots=True)
class DemoPost:
    account: Account
    number: str
    published: datetime  # UTC
    format: str
    text: str
    language: str
    permalink: str
    campaign: str
    boosted: bool
    is_reply: bool
    duration: int
    final: Figures

    def at(self, moment: datetime) -> Figures:
        """The figures as an export of that moment tells them: half of the reactions come in the first hours."""
        hours = max((moment - self.published).total_seconds() / 3600, 0.0)
        share = 1.0 - np.exp(-((hours / 9.0) ** 0.7))
        return Figures(*(type(value)(value * share) for value in self.final))


def random(*names: str, seed: int = SEED) -> np.random.Generator:
    """A stream of random numbers of its own for each name, so that adding one brand changes no other."""
    return np.random.default_rng([seed, *(zlib.crc32(name.encode()) for name in names)])


def last_day(today: date) -> date:
    return today - timedelta(days=LAST_DAY)


def history(demo: Demo, account: Account, *, today: date, seed: int = SEED) -> list[DemoPost]:
    """Every post of a channel up to `last_day(today)`, oldest first."""
    rng = random(demo.slug, account.key, seed=seed)
    moments = _moments(demo, account, last_day(today), rng)
    levels = _levels(demo, account, moments, rng)
    formats = rng.choice(list(account.formats), len(moments), p=_shares(account.formats))
    languages = rng.choice(list(account.languages), len(moments), p=_shares(account.languages))
    return [
        _post(demo, account, moment, str(kind), str(language), level, last_day(today), rng)
        for moment, kind, language, level in zip(moments, formats, languages, levels, strict=True)
    ]


def _shares(weights: dict[str, float]) -> np.ndarray:
    values = np.array(list(weights.values()))
    return values / values.sum()


def _moments(demo: Demo, account: Account, last: date, rng: np.random.Generator) -> list[datetime]:
    """When the team posts: local hours of its habits, some weeks busier than others, to the second, in UTC."""
    zone = ZoneInfo(demo.time_zone)
    monday = last - timedelta(days=last.weekday())
    weeks = account.days // 7 + 2
    busy = rng.lognormal(0.0, 0.22, weeks)
    shape = habits(account.team)
    counts = rng.poisson(account.per_week * busy)
    cells = [(w, int(c)) for w in range(weeks) for c in rng.choice(168, counts[w], p=shape)]
    first, moments = last - timedelta(days=account.days - 1), set()
    for weeks_ago, cell in cells:
        day = monday - timedelta(days=7 * weeks_ago) + timedelta(days=cell // 24)
        minute = int(rng.choice((0, 15, 30, 45))) if rng.random() < 0.4 else int(rng.integers(60))
        if first <= day <= last:
            local = datetime(day.year, day.month, day.day, cell % 24, minute, int(rng.integers(60)), tzinfo=zone)
            moments.add(local.astimezone(UTC))
    return sorted(moments)


def _levels(
    demo: Demo, account: Account, moments: list[datetime], rng: np.random.Generator
) -> list[tuple[float, float]]:
    """Per post the logs of reach and of reaction rate, before format and campaign."""
    curve = centred(week(account.audience, days=account.audience_days), account.strength)
    zone = ZoneInfo(account.time_zone or demo.time_zone)
    local = [moment.astimezone(zone) for moment in moments]
    lift = np.array([curve[moment.weekday() * 24 + moment.hour] for moment in local])
    n = len(moments)
    growth = np.linspace(np.log(0.62), 0.0, n)
    luck = account.noise * rng.standard_t(5, n) * 0.62 + np.where(rng.random(n) < 0.006, 1.8, 0.0)
    reach = np.log(account.followers * account.reach) + growth + _drift(moments, rng) + 0.7 * lift + luck
    rate = np.log(account.rate) + 0.3 * lift + account.noise * 0.45 * rng.standard_normal(n)
    return list(zip(reach, rate, strict=True))


def _drift(moments: list[datetime], rng: np.random.Generator) -> np.ndarray:
    """A slow wander of the level from week to week."""
    weeks = np.array([(moment - moments[0]).days // 7 for moment in moments])
    steps = rng.normal(0.0, 0.06, int(weeks.max()) + 1 if len(weeks) else 1)
    level = 0.0
    path = [level := 0.9 * level + step for step in steps]
    return np.array(path)[weeks]


def _post(
    demo: Demo,
    account: Account,
    moment: datetime,
    kind: str,
    language: str,
    level: tuple[float, float],
    last: date,
    rng: np.random.Generator,
) -> DemoPost:
    is_reply = bool(rng.random() < account.replies)
    kind = "text" if is_reply else kind
    campaign = None if is_reply else _campaign(demo, account, moment, last, rng)
    boosted = bool(campaign and account.platform in ("instagram", "facebook") and rng.random() < 0.25)
    duration = (
        int(rng.integers(8, 75)) if kind == "short_video" else int(rng.integers(90, 900)) * (kind == "video")
    )
    number, permalink = _address(account, moment, kind, rng)
    final = _figures(account, kind, level, rng, is_reply=is_reply, boosted=boosted, duration=duration)
    text = _text(demo, account, moment, kind, language, campaign, rng, is_reply=is_reply)
    name = campaign.name if campaign else ""
    facts = (account, number, moment, kind, text, language, permalink, name)
    return DemoPost(*facts, boosted, is_reply, duration, final)


def _campaign(
    demo: Demo, account: Account, moment: datetime, last: date, rng: np.random.Generator
) -> Campaign | None:
    ago = (last - moment.date()).days
    running = [c for c in demo.campaigns if c.last <= ago <= c.first and account.platform in c.platforms]
    if not running or rng.random() > 0.22:
        return None
    return running[int(rng.integers(len(running)))]


def _figures(
    account: Account,
    kind: str,
    level: tuple[float, float],
    rng: np.random.Generator,
    *,
    is_reply: bool,
    boosted: bool,
    duration: int,
) -> Figures:
    log_reach = level[0] + REACH_OF.get(kind, 0.0) + (0.9 if boosted else 0.0) - (2.4 if is_reply else 0.0)
    log_rate = level[1] + RATE_OF.get(kind, 0.0) - (0.5 if boosted else 0.0)
    reach = max(int(np.exp(min(log_reach, np.log(account.followers) + 2.4))), 3)
    gathered = int(rng.poisson(reach * min(np.exp(log_rate), 0.6)))
    parts = [int(part) for part in rng.multinomial(gathered, SPLIT[account.platform])]
    impressions = int(reach * (1.1 + rng.gamma(2.0, 0.12)))
    clicks = int(rng.poisson(reach * 0.03))
    views = int(reach * (0.55 + 0.3 * rng.random())) if kind in VIDEO else 0
    link_clicks = int(rng.binomial(clicks, 0.7 if kind in ("link", "article") else 0.2))
    watched = round(views * duration * (0.2 + 0.25 * rng.random()), 3)
    small = rng.poisson((reach * 0.0012, reach * 0.004, reach * 0.0002))
    return Figures(reach, impressions, *parts, clicks, link_clicks, views, watched, *(int(n) for n in small))


def _address(account: Account, moment: datetime, kind: str, rng: np.random.Generator) -> tuple[str, str]:
    """The post's number and link as its platform writes them."""
    handle = account.handle
    match account.platform:
        case "facebook":
            page = handle.lower().replace(" ", "")
            return numbers.meta_id(moment, rng, lead="1"), (
                f"https://www.facebook.com/{page}/posts/pfbid0{numbers.letters(rng, 62, numbers.BASE62)}l"
            )
        case "instagram":
            folder = "reel" if kind == "short_video" else "p"
            code = numbers.instagram_shortcode(moment, rng)
            return numbers.meta_id(moment, rng, lead="18"), f"https://www.instagram.com/{folder}/{code}/"
        case "x":
            number = numbers.x_id(moment, rng)
            return number, f"https://x.com/{handle}/status/{number}"
        case "linkedin":
            number = numbers.linkedin_id(moment, rng)
            return number, f"https://www.linkedin.com/feed/update/urn:li:activity:{number}"
        case "tiktok":
            number = numbers.tiktok_id(moment, rng)
            return number, f"https://www.tiktok.com/@{handle}/video/{number}"
        case "youtube":
            number = numbers.letters(rng, 11)
            return number, f"https://www.youtube.com/watch?v={number}"
    number = numbers.letters(rng, 13, "234567abcdefghijklmnopqrstuvwxyz")
    return number, f"https://{account.platform}.example/{handle}/{number}"


def _text(
    demo: Demo,
    account: Account,
    moment: datetime,
    kind: str,
    language: str,
    campaign: Campaign | None,
    rng: np.random.Generator,
    *,
    is_reply: bool,
) -> str:
    topic = "reply" if is_reply else campaign.topic if campaign else "everyday"
    topic = "title" if account.platform == "youtube" else topic
    month = moment.astimezone(ZoneInfo(demo.time_zone)).month
    text = texts.write(demo.texts, rng, language=language, month=month, format=kind, topic=topic)
    if is_reply:
        return f"@{ASKED[int(rng.integers(len(ASKED)))]} {text}"
    if campaign and account.platform not in ("tiktok", "youtube"):
        query = f"utm_source={account.platform}&utm_medium=social&utm_campaign={campaign.name}"
        return f"{text}\n\n{demo.site}{campaign.path}?{query}"
    return text
