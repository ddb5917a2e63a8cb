"""Column names of Google Analytics 4 in six languages, as its reports and its help show them."""

from __future__ import annotations

import re

from analytics.formats.columns import Aliases, Header, Names

_GROUP = re.compile(
    r"default channel group|channel group|gruppo di canali|channelgruppe|grupo de canales|groupe de canaux|"
    r"groupes de canaux|grupo de canais|grupo principal de canais"
)
_GROUP_LANGUAGES = {
    "gruppo": "it",
    "channelgruppe": "de",
    "grupo de canales": "es",
    "groupe": "fr",
    "canais": "pt",
}
_FIRST = re.compile(
    r"first user|new users|primo utente|nuovi utenti|erste nutzer|neue nutzer|primer usuario|usuarios nuevos|"
    r"premier utilisateur|nouveaux utilisateurs|primeiro usuário|novos usuários"
)
_FIRST_USER = re.compile(r"^first user ")
ALIASES: Aliases = {
    "source": {
        "en": "Session source|Source|Session manual source",
        "it": "Sorgente sessione|Sorgente della sessione|Sorgente",
        "de": "Sitzung – Quelle|Quelle",
        "es": "Fuente de la sesión|Fuente",
        "fr": "Source de la session",
        "pt": "Origem da sessão|Origem",
    },
    "medium": {
        "en": "Session medium|Medium|Session manual medium",
        "it": "Mezzo sessione|Mezzo della sessione|Mezzo",
        "de": "Sitzung – Medium",
        "es": "Medio de la sesión|Medio",
        "fr": "Support de la session|Support",
        "pt": "Mídia da sessão|Meio da sessão|Mídia",
    },
    "source_medium": {
        "en": "Session source / medium|Source / medium|Session source/medium",
        "it": "Sorgente / mezzo sessione|Sorgente / Mezzo della sessione|Sorgente/mezzo sessione",
        "de": "Sitzung – Quelle/Medium|Quelle/Medium",
        "es": "Fuente/medio de la sesión|Fuente / medio de la sesión|Fuente/medio",
        "fr": "Source/support de la session|Source / support de la session|Source/Support",
        "pt": "Origem / mídia da sessão|Origem/mídia da sessão|Origem / mídia",
    },
    "campaign": {
        "en": "Session campaign|Campaign|Session manual campaign name|Session campaign name",
        "it": "Campagna sessione|Campagna della sessione|Campagna",
        "de": "Sitzung – Kampagne|Kampagne",
        "es": "Campaña de la sesión|Campaña",
        "fr": "Campagne de la session|Campagne de session|Campagne",
        "pt": "Campanha da sessão|Campanha",
    },
    "platform": {"en": "Session source platform", "it": "Piattaforma sorgente della sessione"},
    "date": {"en": "Date", "it": "Data", "de": "Datum", "es": "Fecha", "fr": "Date ", "pt": "Data "},
    "date_hour": {
        "en": "Date + hour (YYYYMMDDHH)|Date and hour (YYYYMMDDHH)|Date hour",
        "es": "Fecha y hora (AAAAMMDDHH)",
        "it": "Data e ora (AAAAMMGGHH)",
    },
    "week": {"en": "Week", "it": "Settimana", "de": "Woche", "es": "Semana", "fr": "Semaine", "pt": "Semana "},
    "month": {"en": "Month", "it": "Mese", "de": "Monat", "es": "Mes", "fr": "Mois", "pt": "Mês"},
    "year": {"en": "Year|ISO year", "it": "Anno|Anno ISO", "de": "Jahr", "es": "Año", "fr": "Année", "pt": "Ano"},
    "iso_week": {"en": "ISO week", "it": "Settimana ISO"},
    "year_week": {"en": "ISO week of ISO year", "it": "Settimana ISO dell'anno ISO"},
    "year_month": {"en": "Year month", "it": "Anno mese|Mese dell'anno"},
    "nth_day": {"en": "Nth day", "it": "N-esimo giorno|Ennesimo giorno|N° giorno"},
    "nth_week": {"en": "Nth week", "it": "N-esima settimana|Ennesima settimana|N° settimana"},
    "nth_month": {"en": "Nth month", "it": "N-esimo mese|Ennesimo mese|N° mese"},
    "sessions": {
        "en": "Sessions",
        "it": "Sessioni",
        "de": "Sitzungen",
        "es": "Sesiones",
        "fr": "Sessions ",
        "pt": "Sessões",
    },
    "engaged": {
        "en": "Engaged sessions",
        "it": "Sessioni con coinvolgimento|Sessioni con interazione|Sessioni con interazioni",
        "de": "Sitzungen mit Interaktionen",
        "es": "Sesiones con interacción",
        "fr": "Sessions avec engagement",
        "pt": "Sessões engajadas",
    },
    "events": {
        "en": "Key events|Conversions",
        "it": "Eventi chiave|Conversioni",
        "de": "Schlüsselereignisse|Conversions ",
        "es": "Eventos clave|Conversiones",
        "fr": "Événements clés|Conversions ",
        "pt": "Eventos principais|Eventos-chave|Conversões",
    },
    "revenue": {
        "en": "Total revenue|Purchase revenue",
        "it": "Entrate totali|Entrate da acquisti",
        "de": "Gesamtumsatz|Umsatz insgesamt|Kaufumsatz",
        "es": "Ingresos totales|Ingresos derivados de las compras",
        "fr": "Revenu total|Revenus totaux|Revenu des achats",
        "pt": "Receita total|Receita de compra",
    },
}
NAMES = Names(ALIASES)
ORIGINS = ("channel_group", "source", "medium", "source_medium", "campaign")
FIGURES = ("sessions", "engaged", "events", "revenue")
PERIODS = (
    *("date", "date_hour", "year_week", "iso_week", "week", "month", "year_month"),
    *("nth_day", "nth_week", "nth_month"),
)
GRAND_TOTAL = ("grand total", "totale", "total", "gesamt", "totaux", "totals")


def lookup(name: str) -> tuple[str, str] | None:
    if _GROUP.search(name):
        return "channel_group", next((told for part, told in _GROUP_LANGUAGES.items() if part in name), "en")
    return NAMES.by_name.get(_FIRST_USER.sub("session ", name))


def is_header(header: Header, *, is_told: bool) -> bool:
    """Whether this is the header of a table of visits by origin.

    A report has sessions beside another figure. What stands below `#` lines (`is_told`) is certainly Google's, so
    any one figure is enough: an exploration holds what somebody chose. What tells of people's first visit is another
    way to ascribe sales, and is taken only where it counts sessions.
    """
    is_first = any(_FIRST.search(title.casefold()) for title in header.cells)
    figures = [name for name in FIGURES if name in header.at]
    if not any(origin in header.at for origin in ORIGINS):
        return False
    return bool(figures) if is_told and not is_first else "sessions" in figures and len(figures) > 1
