"""What the pages of importing show of a file: facts in words, rows as they will be stored."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.day_words import FIGURES as DAY_FIGURES
from analytics.export_steps import guide_for
from analytics.formats import FORMATS
from analytics.import_readings import question
from analytics.import_words import reason, sentence
from analytics.models import ImportBatch, ImportFile
from analytics.post_words import FIGURES
from analytics.post_words import FORMATS as POST_FORMATS
from analytics.services.ages import EVERYWHERE

TEMPLATE_EXAMPLE = (
    *("instagram", "acme_official", "17900000000000001", "2026-03-02 18:30", "photo", "Our new menu is out"),
    *("https://www.instagram.com/p/example/", "no", "5120", "4301", "212", "18", "9", "31", "44", ""),
)
FIGURES_SHOWN = 6
STEPS = [gettext_lazy("Upload"), gettext_lazy("Check"), gettext_lazy("Result")]
TITLES: dict[str, Promise] = {
    "meta_facebook": gettext_lazy("Meta Business Suite: Facebook posts"),
    "meta_instagram": gettext_lazy("Meta Business Suite: Instagram posts"),
    "x_activity": gettext_lazy("X: post activity"),
    "x_content": gettext_lazy("X: content analytics"),
    "linkedin_content": gettext_lazy("LinkedIn: content of a page"),
    "tiktok_content": gettext_lazy("TikTok Studio: content"),
    "youtube_table": gettext_lazy("YouTube Studio: table data"),
    "meta_ads": gettext_lazy("Meta Ads Manager"),
    "ga4_traffic": gettext_lazy("Google Analytics 4: traffic acquisition"),
    "google_ads": gettext_lazy("Google Ads"),
    "shopify_orders": gettext_lazy("Shopify: orders"),
    "planned_metricool": gettext_lazy("Metricool: calendar"),
    "planned_buffer": gettext_lazy("Buffer: bulk upload"),
    "planned_later": gettext_lazy("Later: bulk schedule"),
    "sprout_posts": gettext_lazy("Sprout Social: post performance"),
    "hootsuite_posts": gettext_lazy("Hootsuite: post performance"),
    "buffer_posts": gettext_lazy("Buffer: posts report"),
    "metricool_posts": gettext_lazy("Metricool: list of posts"),
    "pinterest_pins": gettext_lazy("Pinterest: Pins"),
    "planned_sprout": gettext_lazy("Sprout Social: bulk scheduling"),
    "planned_hootsuite": gettext_lazy("Hootsuite: bulk composer"),
    "planned_calendar": gettext_lazy("Content calendar: date, time, platform, text, link"),
    "meta_series": gettext_lazy("Meta Business Suite: a figure by day"),
    "x_daily": gettext_lazy("X: account overview"),
    "linkedin_daily": gettext_lazy("LinkedIn: a page by day"),
    "tiktok_daily": gettext_lazy("TikTok Studio: by day"),
    "youtube_totals": gettext_lazy("YouTube Studio: totals"),
    "youtube_chart": gettext_lazy("YouTube Studio: chart data"),
    "facebook_insights": gettext_lazy("Facebook Insights: posts"),
    "facebook_page": gettext_lazy("Facebook Insights: a page by day"),
    "generic": gettext_lazy("Timone's template, or columns named by you"),
}
KINDS: dict[str, Promise] = {
    "posts": gettext_lazy("posts with their figures"),
    "spend": gettext_lazy("advertising costs"),
    "traffic": gettext_lazy("visits and what they led to"),
    "days": gettext_lazy("figures by day"),
    "orders": gettext_lazy("orders of the shop"),
    "planned": gettext_lazy("planned posts"),
}
ENCODINGS = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "cp1252": "Windows-1252", "xlsx": "Excel", "xls": "Excel 97"}
LANGUAGES: dict[str, Promise] = {
    "en": gettext_lazy("English"),
    "it": gettext_lazy("Italian"),
    "de": gettext_lazy("German"),
    "es": gettext_lazy("Spanish"),
    "fr": gettext_lazy("French"),
    "pt": gettext_lazy("Portuguese"),
}
AGES: dict[str, Promise] = {
    "user": gettext_lazy("as you stated"),
    "content": gettext_lazy("as the file says"),
    "name": gettext_lazy("by the file's name"),
    "modified": gettext_lazy("when the file was last changed"),
    "now": gettext_lazy("now, for nothing tells it"),
}
# What the page asks beside the rows, so that it need not be said as well.
OWNERLESS = frozenset({"account_not_in_file"})
ASKED = OWNERLESS | frozenset({"dates_assumed", "decimals_assumed", "currency_assumed", "settled_before"})
LEVELS = {"done": "good", "failed": "bad", "uploaded": "warning", "confirmed": "accent", "undone": "warning"}
MONEY_COLUMNS = {
    "spend": ("days", "campaign", "ad_group", "ad", "amount", "impressions", "clicks", "results"),
    "traffic": ("days", "channel_group", "source", "medium", "campaign", "sessions", "key_events", "revenue"),
}
COLUMN_NAMES: dict[str, Promise] = {
    "days": gettext_lazy("days"),
    "campaign": gettext_lazy("campaign"),
    "ad_group": gettext_lazy("ad set"),
    "ad": gettext_lazy("ad"),
    "amount": gettext_lazy("amount"),
    "impressions": gettext_lazy("impressions"),
    "clicks": gettext_lazy("clicks"),
    "results": gettext_lazy("results"),
    "channel_group": gettext_lazy("channel group"),
    "source": gettext_lazy("source"),
    "medium": gettext_lazy("medium"),
    "sessions": gettext_lazy("sessions"),
    "key_events": gettext_lazy("key events"),
    "revenue": gettext_lazy("revenue"),
    "at": gettext_lazy("ordered"),
    "order_id": gettext_lazy("order"),
}
PLANNED_NAMES: dict[str, Promise] = {
    "at": gettext_lazy("planned for"),
    "platform": gettext_lazy("platform"),
    "account": gettext_lazy("account"),
    "format": gettext_lazy("format"),
    "text": gettext_lazy("text"),
    "link": gettext_lazy("link"),
    "labels": gettext_lazy("labels"),
}
ORDER_COLUMNS = ("at", "order_id", "amount", "source", "medium", "campaign")
PLANNED_COLUMNS = ("at", "platform", "account", "format", "text", "link", "labels")
DAY_WORDS: dict[str, Promise] = {"account": gettext_lazy("account"), "external_id": gettext_lazy("post")}
WORDS = frozenset({"days", "campaign", "ad_group", "ad", "channel_group", "source", "medium"})


def known_formats() -> list[str]:
    """The exports that are read, as their platforms call them."""
    return sorted(str(TITLES.get(slug, format.title)) for slug, format in FORMATS.items())


def batch_line(batch: ImportBatch) -> dict[str, Any]:
    files = list(batch.files.all())
    return {
        "batch": batch,
        "names": [file.name for file in files[:3]],
        "more": max(len(files) - 3, 0),
        "level": LEVELS.get(batch.state, ""),
        "is_over": batch.state in (ImportBatch.State.DONE, ImportBatch.State.UNDONE),
    }


def review(form: Any) -> dict[str, Any]:
    """A file before it is confirmed."""
    file: ImportFile = form.file
    if file.problem_code or not file.format:
        return {
            "file": file,
            "form": None,
            "problem": sentence(file.problem_code or "unknown", file.problem_facts),
            "can_map": file.preview.get("can_map", False),
            "guide": guide_for(file.preview.get("nearest", "")),
        }
    columns, rows = _table(file)
    return {
        "file": file,
        "form": form,
        "format": title(file),
        "facts": _facts(file),
        "columns": columns,
        "rows": rows,
        "notices": _notices(file.preview["warnings"], asked=ASKED),
        "is_hopeless": form.is_hopeless,
        "is_overruled": bool(form.overruled or any(field.errors for field in form.overrules)),
        "questions": [question(asked, form[name]) for name, asked in form.asked.items()],
        "rejected": _rejected(file),
        "rejected_count": file.preview["rejected"],
        "complete": file.preview["complete"],
        "age": _age(file),
    }


def tried(file: ImportFile) -> dict[str, Any]:
    """What a file gives with the columns that are chosen at the moment, before anything is decided."""
    if file.problem_code:
        return {"problem": sentence(file.problem_code, file.problem_facts)}
    columns, rows = _table(file)
    return {
        "file": file,
        "columns": columns,
        "rows": rows,
        "notices": _notices(file.preview["warnings"], asked=OWNERLESS),
        "rejected": _rejected(file),
        "rejected_count": file.preview["rejected"],
    }


def _rejected(file: ImportFile) -> list[tuple[int, str]]:
    return [
        (line, reason(column, value, code, facts))
        for line, column, value, code, facts in file.preview["rejected_rows"]
    ]


def _notices(warnings: list[list[Any]], *, asked: frozenset[str] = OWNERLESS) -> list[str]:
    """What is worth knowing; the page itself asks whose posts they are, and says whose they became."""
    return [sentence(code, facts) for code, facts in warnings if code not in asked]


def title(file: ImportFile) -> str:
    """The format's name, as its platform calls the export."""
    return str(TITLES.get(file.format, file.format))


def _facts(file: ImportFile) -> list[tuple[str, str]]:
    """What was recognised, in words."""
    expected = file.preview.get("rows_expected")
    about = "" if file.preview["complete"] else _("about") + " "
    facts = [(_("Holds"), str(KINDS[file.kind]))]
    if expected:
        facts.append((_("Rows"), f"{about}{expected:,}".replace(",", "\u202f")))
    facts.append((_("Language"), str(LANGUAGES.get(file.language, file.language))))
    facts.append((_("Written as"), ENCODINGS.get(file.encoding, file.encoding.upper())))
    if file.kind == "posts":
        exact = file.precision == "exact"
        facts.append((_("Time of publishing"), _("to the minute") if exact else _("the day only")))
    return facts


def _age(file: ImportFile) -> dict[str, Any]:
    source = file.preview["as_of_source"]
    # A name tells a day without a zone: it is over everywhere at the moment that counts.
    zone = EVERYWHERE if source == "name" else ZoneInfo(file.brand.time_zone)
    moment = datetime.fromisoformat(file.preview["as_of"]).astimezone(zone)
    return {"day": moment.date(), "source": AGES[source]}


def _table(file: ImportFile) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    """Columns and cells of the first rows."""
    return TABLES.get(file.kind, _money_table)(file)


def _posts_table(file: ImportFile) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    names = file.preview["figures"][:FIGURES_SHOWN]
    words = [_("published"), _("account"), _("format"), _("text")]
    columns = [{"name": name, "num": False} for name in words]
    columns += [{"name": FIGURES[name], "num": True} for name in names]
    left_out = set(file.options.get("left_out", ()))
    kept = [row for row in file.preview["rows"] if row.get("account") not in left_out]
    return columns, [_post_cells(file, row, names) for row in kept]


def _post_cells(file: ImportFile, row: dict[str, Any], names: list[str]) -> list[dict[str, Any]]:
    exact = row["precision"] == "exact"
    zone = file.brand.time_zone if exact else file.options.get("time_zone") or file.brand.time_zone
    moment = datetime.fromisoformat(row["published_at"]).astimezone(ZoneInfo(zone))
    texts = [
        {"moment": moment, "exact": exact},
        {"text": _owner(file, row)},
        {"text": POST_FORMATS.get(row.get("format", ""), row.get("format", ""))},
        {"text": row.get("text", "")[:48] or row.get("external_id", "")},
    ]
    return texts + [{"figure": row.get(name)} for name in names]


def _owner(file: ImportFile, row: dict[str, Any]) -> str:
    """Whose channel a row goes to: the one that was chosen, else the account that the file names."""
    chosen = file.options.get("channel")
    return chosen[1] if chosen else row.get("account") or _("not told")


def _days_table(file: ImportFile) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    rows, names = file.preview["rows"], file.preview["figures"][:FIGURES_SHOWN]
    words = [name for name in ("account", "external_id") if any(name in row for row in rows)]
    columns = [{"name": _("day"), "num": False}]
    columns += [{"name": DAY_WORDS[name], "num": False} for name in words]
    columns += [{"name": DAY_FIGURES[name], "num": True} for name in names]
    return columns, [_day_cells(row, words, names) for row in rows]


def _day_cells(row: dict[str, Any], words: list[str], names: list[str]) -> list[dict[str, Any]]:
    day = date.fromisoformat(row["day"])
    texts = [{"text": row.get(name, "")} for name in words]
    return [{"days": (day, day)}, *texts, *({"figure": row["figures"].get(name)} for name in names)]


def _money_table(file: ImportFile) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    rows = file.preview["rows"]
    names = [name for name in MONEY_COLUMNS[file.kind] if name == "days" or any(name in row for row in rows)]
    columns = [{"name": COLUMN_NAMES[name], "num": name not in WORDS} for name in names]
    return columns, [[_money_cell(row, name) for name in names] for row in rows]


def _money_cell(row: dict[str, Any], name: str) -> dict[str, Any]:
    if name == "days":
        return {"days": (date.fromisoformat(row["start"]), date.fromisoformat(row["end"]))}
    if name in WORDS:
        return {"text": row.get(name, "")}
    if name in ("amount", "revenue") and name in row:
        return {"text": f"{row[name]} {row.get('currency', '')}".strip(), "num": True}
    return {"figure": row.get(name)}


def _orders_table(file: ImportFile) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    rows, zone = file.preview["rows"], ZoneInfo(file.brand.time_zone)
    names = [name for name in ORDER_COLUMNS if any(name in row for row in rows)]
    columns = [{"name": COLUMN_NAMES[name], "num": name == "amount"} for name in names]
    return columns, [[_order_cell(row, name, zone) for name in names] for row in rows]


def _order_cell(row: dict[str, Any], name: str, zone: ZoneInfo) -> dict[str, Any]:
    if name == "at":
        return {"moment": datetime.fromisoformat(row["at"]).astimezone(zone), "exact": True}
    if name == "amount":
        return {"text": f"{row['amount']} {row['currency']}", "num": True}
    return {"text": row.get(name, "")}


def _planned_table(file: ImportFile) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    rows, zone = file.preview["rows"], ZoneInfo(file.brand.time_zone)
    names = [name for name in PLANNED_COLUMNS if any(name in row for row in rows)]
    columns = [{"name": PLANNED_NAMES[name], "num": False} for name in names]
    return columns, [[_planned_cell(row, name, zone) for name in names] for row in rows]


def _planned_cell(row: dict[str, Any], name: str, zone: ZoneInfo) -> dict[str, Any]:
    if name == "at" and row.get("at"):
        return {"moment": datetime.fromisoformat(row["at"]).astimezone(zone), "exact": row["precision"] == "exact"}
    if name == "format":
        return {"text": POST_FORMATS.get(row.get("format", ""), row.get("format", ""))}
    return {"text": row.get(name, "")[:48]}


TABLES = {"posts": _posts_table, "days": _days_table, "orders": _orders_table, "planned": _planned_table}


def result(file: ImportFile) -> dict[str, Any]:
    """A file after the import."""
    return {
        "file": file,
        "format": title(file),
        "kind": KINDS.get(file.kind, ""),
        "problem": sentence(file.problem_code, file.problem_facts) if file.problem_code else "",
        "not_chosen": file.problem_code == "not_chosen",
        "notices": _notices(file.warnings),
        "counts": [
            (_("added"), file.created),
            (_("updated"), file.updated),
            (_("unchanged"), file.unchanged),
            (_("left out"), file.ignored),
            (_("rejected"), file.rejected),
        ],
    }
