"""Meta Business Suite, Facebook and Instagram: Pacific time, columns that come and go, in English or Italian."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from smm.demo.files.base import DemoFile, Period, csv_bytes, periods, within
from smm.demo.plan import Account, Demo
from smm.demo.simulate import DemoPost, Figures

# Business Suite writes this clock whatever the country of the account.
PACIFIC = ZoneInfo("America/Los_Angeles")
QUARTER, OVERLAP = 92, 9
FACEBOOK_HEAD = (
    "Post ID",
    "Page ID",
    "Page name",
    "Title",
    "Description",
    "Duration (sec)",
    "Publish time",
    "Caption type",
    "Permalink",
    "Is crosspost",
    "Is share",
    "Post type",
    "Languages",
    "Custom labels",
    "Funded content status",
    "Data comment",
    "Date",
)
# The figures Business Suite offered, oldest files first; the third has "Views" twice, both not filled in yet.
FACEBOOK_FIGURES = (
    (
        "Reach",
        "Reactions, Comments and Shares",
        "Reactions",
        "Comments",
        "Shares",
        "Total clicks",
        "Matched Audience Targeting Consumption (Photo Click)",
        "Other Clicks",
        "Link Clicks",
        "Reach from Organic posts",
        "Reach from Boosted posts",
        "3-second video views",
        "Seconds viewed",
        "Average Seconds viewed",
        "Negative feedback from users: Hide all",
    ),
    (
        "Reach",
        "Reactions, Comments and Shares",
        "Reactions",
        "Comments",
        "Shares",
        "Negative feedback from users: Hide all",
        "Total clicks",
        "Other Clicks",
        "Link Clicks",
        "Reach from Organic posts",
        "Reach from Boosted posts",
        "3-second video views",
        "Average Seconds viewed",
        "Seconds viewed",
    ),
    (
        "Views",
        "Reach",
        "Reactions, Comments and Shares",
        "Reactions",
        "Comments",
        "Shares",
        "Total clicks",
        "Other Clicks",
        "Link Clicks",
        "Views",
        "Reach from Organic posts",
        "Reach from Boosted posts",
        "3-second video views",
        "Negative feedback from users: Hide all",
        "Seconds viewed",
        "Average Seconds viewed",
    ),
    (
        "Views",
        "Reach",
        "Reactions, Comments and Shares",
        "Reactions",
        "Comments",
        "Shares",
        "Total clicks",
        "Other Clicks",
        "Matched Audience Targeting Consumption (Photo Click)",
        "Link Clicks",
        "Seconds viewed",
        "Average Seconds viewed",
        "Estimated earnings (USD)",
    ),
)
INSTAGRAM_HEAD = (
    "Post ID",
    "Account ID",
    "Account username",
    "Account name",
    "Description",
    "Duration (sec)",
    "Publish time",
    "Permalink",
    "Post type",
    "Data comment",
    "Date",
)
INSTAGRAM_FIGURES = (
    ("Views", "Likes", "Shares", "Comments", "Saves", "Reach", "Follows"),
    ("Views", "Reach", "Likes", "Shares", "Follows", "Comments", "Saves"),
)
ITALIAN = {
    "Post ID": "ID del post",
    "Page ID": "ID della Pagina",
    "Page name": "Nome della Pagina",
    "Account ID": "ID dell'account",
    "Account username": "Nome utente dell'account",
    "Account name": "Nome dell'account",
    "Title": "Titolo",
    "Description": "Descrizione",
    "Duration (sec)": "Durata (s)",
    "Publish time": "Orario di pubblicazione",
    "Caption type": "Tipo di didascalia",
    "Permalink": "Permalink",
    "Is crosspost": "Crosspost",
    "Is share": "È una condivisione",
    "Post type": "Tipo di post",
    "Languages": "Lingue",
    "Custom labels": "Etichette personalizzate",
    "Funded content status": "Stato dei contenuti finanziati",
    "Data comment": "Commento sui dati",
    "Date": "Data",
    "Views": "Visualizzazioni",
    "Reach": "Copertura",
    "Likes": "Mi piace",
    "Reactions, Comments and Shares": "Reazioni, commenti e condivisioni",
    "Reactions": "Reazioni",
    "Comments": "Commenti",
    "Shares": "Condivisioni",
    "Saves": "Salvataggi",
    "Follows": "Follower",
    "Total clicks": "Clic totali",
    "Other Clicks": "Altri clic",
    "Link Clicks": "Clic sul link",
    "Matched Audience Targeting Consumption (Photo Click)": "Clic sulla foto",
    "Seconds viewed": "Secondi visualizzati",
    "Average Seconds viewed": "Secondi medi visualizzati",
    "Estimated earnings (USD)": "Guadagni stimati (USD)",
}
FACEBOOK_TYPES = {"photo": "Photos", "video": "Videos", "short_video": "Reels", "link": "Links", "text": "Text"}
FACEBOOK_TYPES_IT = {"photo": "Foto", "video": "Video", "short_video": "Reel", "link": "Link", "text": "Testo"}
INSTAGRAM_TYPES = {"photo": "IG image", "carousel": "IG carousel", "short_video": "IG reel"}
INSTAGRAM_TYPES_IT = {"photo": "Immagine IG", "carousel": "Carosello IG", "short_video": "Reel IG"}
# A partner that shares a post: its own rows come along in the file, without the figures that only it may see.
PARTNERS = {
    "ombralunga": ("17841460072219385", "forno.di.belmonte", "Forno di Belmonte"),
    "vechtrijder": ("17841460815530277", "kanaal.koffie", "Kanaal Koffie"),
}


def facebook(demo: Demo, account: Account, posts: list[DemoPost], *, today: date) -> list[DemoFile]:
    """One file a quarter; the Italian brand's newest three come from an account set to Italian."""
    files, quarters = [], periods(today, days=account.days, length=QUARTER, overlap=OVERLAP)
    for position, period in enumerate(quarters):
        left = len(quarters) - position
        italian = demo.slug == "ombralunga" and left <= 3
        figures = FACEBOOK_FIGURES[3 if left <= 3 else 2 if left == 4 else position % 2]
        files.append(
            _file(demo, "Facebook", period, FACEBOOK_HEAD + figures, within(posts, period), italian=italian)
        )
    return files


def instagram(demo: Demo, account: Account, posts: list[DemoPost], *, today: date) -> list[DemoFile]:
    """One file a quarter; in Italian for the Italian brand."""
    files = []
    for position, period in enumerate(periods(today, days=account.days, length=QUARTER, overlap=OVERLAP)):
        columns = INSTAGRAM_HEAD + INSTAGRAM_FIGURES[position % 2]
        files.append(
            _file(demo, "Instagram", period, columns, within(posts, period), italian=demo.slug == "ombralunga")
        )
    return files


def _file(
    demo: Demo, platform: str, period: Period, columns: Sequence[str], posts: list[DemoPost], *, italian: bool
) -> DemoFile:
    header = [ITALIAN[name] if italian else name for name in columns]
    rows = [
        [_cell(column, post, figures, columns, italian=italian) for column in columns]
        for post, figures in ((post, post.at(period.exported_at)) for post in posts)
    ]
    first_figure = len(FACEBOOK_HEAD if platform == "Facebook" else INSTAGRAM_HEAD)
    _blank(rows, first_figure)
    channel = ""
    if platform == "Instagram" and rows:
        _collaborate(demo, columns, rows)
        channel = posts[0].account.key
    # Downloads are named by their days and a number.
    name = f"{demo.slug}_{platform}_{period.start:%b-%d-%Y}_{period.end:%b-%d-%Y}.csv"
    return DemoFile(demo.slug, name, csv_bytes(header, rows, bom=True), period.exported_at, channel)


def _blank(rows: list[list[Any]], first_figure: int) -> None:
    """Of one post in the file Business Suite tells no figure at all."""
    if len(rows) > 20:
        row = rows[len(rows) // 2]
        row[first_figure:] = [""] * (len(row) - first_figure)


def _collaborate(demo: Demo, columns: Sequence[str], rows: list[list[Any]]) -> None:
    """Add the partner's copy of a shared post: another account, and blanks where only the owner may look."""
    own = rows[len(rows) // 3]
    copy = list(own)
    number, username, name = PARTNERS[demo.slug]
    for column, value in (("Account ID", number), ("Account username", username), ("Account name", name)):
        copy[columns.index(column)] = value
    copy[columns.index("Post ID")] = str(int(own[columns.index("Post ID")]) + 41)
    link = own[columns.index("Permalink")]
    copy[columns.index("Permalink")] = link[:-3] + ("QA/" if link[-3:] != "QA/" else "QB/")
    for column in ("Views", "Reach", "Follows"):
        copy[columns.index(column)] = ""
    rows.insert(len(rows) // 3 + 1, copy)


def _cell(column: str, post: DemoPost, figures: Figures, columns: Sequence[str], *, italian: bool) -> Any:
    if column == "Views" and columns.count("Views") == 2:
        return 0
    if column in _FIGURES:
        return _FIGURES[column](figures, post)
    return _FACTS[column](post, italian) if column in _FACTS else ""


def _publish_time(post: DemoPost) -> str:
    return f"{post.published.astimezone(PACIFIC):%m/%d/%Y %H:%M}"


def _type(post: DemoPost, *, italian: bool) -> str:
    if post.account.platform == "facebook":
        return (FACEBOOK_TYPES_IT if italian else FACEBOOK_TYPES)[post.format]
    return (INSTAGRAM_TYPES_IT if italian else INSTAGRAM_TYPES)[post.format]


def _title(post: DemoPost) -> str:
    return post.text if post.format != "video" else post.text.split("\n")[0]


_FACTS: dict[str, Any] = {
    "Post ID": lambda post, _: post.number,
    "Page ID": lambda post, _: post.account.number,
    "Page name": lambda post, _: post.account.name,
    "Account ID": lambda post, _: post.account.number,
    "Account username": lambda post, _: post.account.handle,
    "Account name": lambda post, _: post.account.name,
    "Title": lambda post, _: _title(post),
    "Description": lambda post, _: (
        post.text if post.account.platform == "instagram" or post.format in ("video", "short_video") else ""
    ),
    "Duration (sec)": lambda post, _: post.duration,
    "Publish time": lambda post, _: _publish_time(post),
    "Caption type": lambda post, _: "N/A",
    "Permalink": lambda post, _: post.permalink,
    "Is crosspost": lambda post, _: 0,
    "Is share": lambda post, _: 0,
    "Post type": lambda post, italian: _type(post, italian=italian),
    "Date": lambda post, _: "Lifetime",
}
_FIGURES: dict[str, Any] = {
    "Views": lambda f, p: f.impressions + f.video_views,
    "Reach": lambda f, p: f.reach,
    "Likes": lambda f, p: f.reactions,
    "Reactions, Comments and Shares": lambda f, p: f.reactions + f.comments + f.shares,
    "Reactions": lambda f, p: f.reactions,
    "Comments": lambda f, p: f.comments,
    "Shares": lambda f, p: f.shares,
    "Saves": lambda f, p: f.saves,
    "Follows": lambda f, p: f.follows,
    "Total clicks": lambda f, p: f.clicks,
    "Other Clicks": lambda f, p: f.clicks - f.link_clicks,
    "Link Clicks": lambda f, p: f.link_clicks or "",
    "Matched Audience Targeting Consumption (Photo Click)": lambda f, p: "",
    "Reach from Organic posts": lambda f, p: f.reach if not p.boosted else int(f.reach * 0.41),
    "Reach from Boosted posts": lambda f, p: 0 if not p.boosted else f.reach - int(f.reach * 0.41),
    "3-second video views": lambda f, p: f.video_views,
    "Seconds viewed": lambda f, p: round(f.watch_seconds, 3) if p.duration else "",
    "Average Seconds viewed": lambda f, p: round(f.watch_seconds / f.video_views, 3) if f.video_views else "",
    "Negative feedback from users: Hide all": lambda f, p: f.hidden or "",
    "Estimated earnings (USD)": lambda f, p: "",
}
