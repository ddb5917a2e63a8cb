"""LinkedIn pages, day by day: the sheet of metrics, the new followers, the visitors.

Sources of the names: a real English file of the metrics; for the rest the columns that public programs read.
"""

from __future__ import annotations

from analytics.formats.base import Source
from analytics.formats.columns import Aliases, Names
from analytics.formats.daily import Daily, day_format
from analytics.formats.located import Table

_TOTAL = {"en": "total", "it": "totale|totali", "es": "total|totales", "pt": "total|totais", "fr": "total|totaux"}
_ORGANIC = {
    "en": "organic",
    "it": "organiche|organici|organico",
    "es": "orgánicas|orgánicos",
    "pt": "orgânicas|orgânicos",
    "fr": "organiques",
}
_PAID = {
    "en": "sponsored",
    "it": "sponsorizzate|sponsorizzati|sponsorizzato",
    "es": "patrocinadas|patrocinados",
    "pt": "patrocinadas|patrocinados",
    "fr": "sponsorisées|sponsorisés",
}
_COUNTED = {
    "impressions": {
        "en": "Impressions",
        "it": "Impressioni",
        "es": "Impresiones",
        "pt": "Impressões",
        "fr": "Impressions",
    },
    "reach": {
        "en": "Unique impressions",
        "it": "Impressioni uniche",
        "es": "Impresiones únicas",
        "pt": "Impressões únicas",
        "fr": "Impressions uniques",
    },
    "clicks": {"en": "Clicks", "it": "Clic", "es": "Clics", "pt": "Cliques", "fr": "Clics"},
    "reactions": {
        "en": "Reactions",
        "it": "Reazioni",
        "es": "Reacciones",
        "pt": "Reações",
        "fr": "Réactions",
    },
    "comments": {
        "en": "Comments",
        "it": "Commenti",
        "es": "Comentarios",
        "pt": "Comentários",
        "fr": "Commentaires",
    },
    "shares": {
        "en": "Reposts|Shares",
        "it": "Diffusioni post|Diffusioni|Condivisioni",
        "es": "Veces compartido",
        "pt": "Compartilhamentos",
        "fr": "Republications",
    },
    "rate": {
        "en": "Engagement rate",
        "it": "Percentuale di interesse|Tasso di interesse",
        "es": "Tasa de interacción",
        "pt": "Taxa de engajamento",
        "fr": "Taux d'engagement",
    },
}


def _with_kind(names: dict[str, str], kinds: dict[str, str]) -> dict[str, str]:
    """ "Clicks" and "total" in a language become "Clicks (total)"."""
    return {
        language: "|".join(
            f"{name} ({kind})" for name in names[language].split("|") for kind in kind_names.split("|")
        )
        for language, kind_names in kinds.items()
    }


def _page_visits() -> Aliases:
    """The columns of the visitors' sheet: of each part of the page, by device."""
    parts = {"total": "Total", "overview": "Overview", "life": "Life", "jobs": "Jobs", "products": "Products"}
    found: Aliases = {
        f"{part}_{what.split()[0]}_{device}": {"en": f"{name} {what} ({device})"}
        for part, name in parts.items()
        for what in ("page views", "unique visitors")
        for device in ("desktop", "mobile", "total")
    }
    found["total_page_total"] |= {
        "it": "Totale visualizzazioni della pagina (totale)",
        "es": "Visualizaciones de la página en total (total)",
    }
    found["total_unique_total"] |= {
        "it": "Totale visitatori unici (totale)",
        "es": "Visitantes únicos en total (total)",
    }
    return found


NAMES = Names(
    {
        "date": {"en": "Date", "it": "Data", "de": "Datum", "es": "Fecha", "fr": "Date ", "pt": "Data "},
        **{f"{name}_total": _with_kind(names, _TOTAL) for name, names in _COUNTED.items()},
        **{f"{name}_organic": _with_kind(names, _ORGANIC) for name, names in _COUNTED.items()},
        **{f"{name}_paid": _with_kind(names, _PAID) for name, names in _COUNTED.items()},
        "new_followers": {
            "en": "Total followers",
            "it": "Follower totali",
            "es": "Total de seguidores",
            "pt": "Total de seguidores ",
        },
        "paid_followers": {"en": "Sponsored followers", "it": "Follower sponsorizzati"},
        "own_followers": {"en": "Organic followers", "it": "Follower organici"},
        "invited_followers": {"en": "Auto-invited followers", "it": "Follower invitati automaticamente"},
    }
    | _page_visits()
)
COUNTED = ("impressions", "clicks", "reactions", "comments", "shares")
DAILY = Daily(
    platform="linkedin",
    names=NAMES,
    # The column “Total followers” counts those who began to follow on that day.
    figures={
        **{f"{name}_total": name for name in COUNTED},
        "new_followers": "follows",
        "total_page_total": "profile_visits",
    },
    # LinkedIn counts different people for unpaid posts alone.
    instead={
        **{name: ((f"{name}_organic", f"{name}_paid"),) for name in COUNTED},
        "reach": (("reach_total",), ("reach_organic",)),
        "follows": (("own_followers", "paid_followers", "invited_followers"),),
    },
)


def _table(source: Source) -> Table | None:
    return DAILY.table(source)


REQUIRED = ["impressions_total", "clicks_total"]
# The workbook of the content holds the metrics by day too; there the posts are what the file is.
FORMATS = [day_format("linkedin_daily", DAILY, "LinkedIn page by day", _table, REQUIRED, rank=2)]
