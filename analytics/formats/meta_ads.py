"""Meta Ads Manager: what each campaign, ad set or ad cost over the report's period or day by day.

The currency stands in the header. Some exports begin with a nameless total, which would double the spend.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from analytics.formats.ad_rows import Repeats
from analytics.formats.asking import ask_currency
from analytics.formats.base import Format, Notice, Plan, Source, SpendRow
from analytics.formats.columns import Aliases, Names, best_header, cell
from analytics.formats.currencies import is_code
from analytics.formats.dates import Clock
from analytics.formats.errors import CellError, FileError
from analytics.formats.located import Table
from analytics.formats.numbers import is_missing
from analytics.formats.tables import normal

ALIASES: Aliases = {
    "account": {
        "en": "Account name",
        "it": "Nome dell'account|Nome account|Nome dell'account pubblicitario",
        "de": "Kontoname",
        "es": "Nombre de la cuenta",
        "fr": "Nom du compte",
    },
    "currency": {
        "en": "Currency|Account currency",
        "it": "Valuta|Valuta dell'account",
        "de": "Währung",
        "es": "Moneda",
    },
    "span": {
        "en": "Week|Month",
        "it": "Settimana|Mese",
        "de": "Woche|Monat",
        "es": "Semana|Mes",
        "fr": "Semaine|Mois",
        "pt": "Semana |Mês",
    },
    "campaign": {
        "en": "Campaign name",
        "it": "Nome della campagna",
        "de": "Kampagnenname",
        "es": "Nombre de la campaña",
        "fr": "Nom de la campagne",
        "pt": "Nome da campanha",
    },
    "ad_group": {
        "en": "Ad set name|Adset name",
        "it": "Nome del gruppo di inserzioni|Nome gruppo di inserzioni",
        "de": "Name der Anzeigengruppe|Anzeigengruppenname",
        "es": "Nombre del conjunto de anuncios",
        "fr": "Nom de l'ensemble de publicités",
        "pt": "Nome do conjunto de anúncios",
    },
    "ad": {
        "en": "Ad name",
        "it": "Nome dell'inserzione|Nome inserzione",
        "de": "Anzeigenname|Name der Anzeige",
        "es": "Nombre del anuncio",
        "fr": "Nom de la publicité",
        "pt": "Nome do anúncio",
    },
    "ad_id": {
        "en": "Ad ID",
        "it": "ID dell'inserzione|ID inserzione",
        "de": "Anzeigen-ID",
        "es": "Identificador del anuncio",
    },
    "ad_group_id": {"en": "Ad set ID", "it": "ID del gruppo di inserzioni"},
    "campaign_id": {"en": "Campaign ID", "it": "ID della campagna|ID campagna"},
    "day": {
        "en": "Day|Date",
        "it": "Giorno|Data",
        "de": "Tag|Datum",
        "es": "Día|Fecha",
        "fr": "Jour|Date ",
        "pt": "Dia|Data ",
    },
    "start": {
        "en": "Reporting starts",
        "it": "Inizio dei report|Inizio report|Inizio del report",
        "de": "Beginn des Auswertungszeitraums|Berichtsbeginn",
        "es": "Inicio del informe",
        "fr": "Début des rapports",
        "pt": "Início dos relatórios",
    },
    "end": {
        "en": "Reporting ends",
        "it": "Fine dei report|Fine report|Fine del report",
        "de": "Ende des Auswertungszeitraums|Berichtsende",
        "es": "Fin del informe",
        "fr": "Fin des rapports",
        "pt": "Término dos relatórios|Encerramento dos relatórios",
    },
    "impressions": {
        "en": "Impressions",
        "it": "Impression|Impressioni",
        "de": "Impressionen",
        "es": "Impresiones",
        "fr": "Impressions ",
        "pt": "Impressões",
    },
    "reach": {
        "en": "Reach",
        "it": "Copertura",
        "de": "Reichweite",
        "es": "Alcance",
        "fr": "Portée|Couverture",
        "pt": "Alcance ",
    },
    "link_clicks": {
        "en": "Link clicks",
        "it": "Clic sul link",
        "de": "Link-Klicks",
        "es": "Clics en el enlace",
        "fr": "Clics sur le lien|Clics sur un lien",
        "pt": "Cliques no link",
    },
    "clicks": {
        "en": "Clicks (all)",
        "it": "Clic (tutti)",
        "de": "Klicks (alle)",
        "es": "Clics (todos)",
        "fr": "Clics (tous)",
        "pt": "Cliques (todos)",
    },
    "results": {
        "en": "Results",
        "it": "Risultati",
        "de": "Ergebnisse",
        "es": "Resultados",
        "fr": "Résultats",
        "pt": "Resultados ",
    },
    "result_kind": {
        "en": "Result indicator|Result type",
        "it": "Indicatore dei risultati|Indicatore di risultato|Tipo di risultato",
        "de": "Ergebnisindikator",
        "es": "Indicador de resultado",
        "fr": "Indicateur de résultat",
    },
    "conversions": {
        "en": "Purchases|Website purchases",
        "it": "Acquisti|Acquisti sul sito web",
        "de": "Käufe|Website-Käufe",
        "es": "Compras|Compras en el sitio web",
        "fr": "Achats|Achats sur le site web",
        "pt": "Compras |Compras no site",
    },
    "value": {
        "en": "Purchases conversion value|Website purchases conversion value|Conversion value",
        "it": "Valore di conversione degli acquisti|Valore di conversione degli acquisti sul sito web|Valore di conversione",
        "de": "Conversion-Wert von Käufen|Conversion-Wert",
        "es": "Valor de conversión de compras|Valor de conversión",
        "fr": "Valeur de conversion des achats|Valeur de conversion",
        "pt": "Valor de conversão da compra|Valor de conversão|Valor da conversão",
    },
    "roas": {
        "en": "Purchase ROAS (return on ad spend)|Website purchase ROAS (return on ad spend)|Purchase ROAS",
        "it": "ROAS degli acquisti|ROAS (ritorno sulla spesa pubblicitaria) degli acquisti|Ritorno sulla spesa pubblicitaria (ROAS) degli acquisti",
        "de": "ROAS (Käufe)",
        "es": "ROAS de las compras",
        "fr": "ROAS des achats",
        "pt": "ROAS das compras|ROAS de compras",
    },
}
BREAKDOWN_NAMES = frozenset(
    {
        *("age", "gender", "country", "region", "platform", "placement", "device platform", "impression device"),
        *("età", "genere", "paese", "regione", "piattaforma", "posizionamento", "piattaforma dispositivo"),
        *("alter", "geschlecht", "land", "plattform", "platzierung", "publisher platform", "dispositivo"),
    }
)
_SPEND = re.compile(
    r"(?:amount spent|importo speso|ausgegebener betrag|importe gastado|montant dépensé|valor gasto|valor usado)"
    r"(?: ([a-z]{3}))?$"
)
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\s*[-–]\s*(\d{4}-\d{2}-\d{2})$")
_LANGUAGE = {"am": "en", "im": "it", "au": "de", "mo": "fr", "va": "pt"}
NAMES = Names(ALIASES)
TOTALS = frozenset({"total", "totale", "totali", "gesamt", "totales"})
# LinkedIn's and Spotify's ads say "amount spent" too, in some languages.
OTHERS = frozenset({"campaign group name", "nome gruppo di campagne", "social actions", "id gruppo di annunci"})
PURCHASES = ("purchase", "acquist", "achat", "compra", "kauf", "käuf")
RESULTS_OF = ("results from ", "risultati di ", "résultats de ", "ergebnisse von ")


def _lookup(name: str) -> tuple[str, str] | None:
    if _SPEND.match(name):
        return "amount", "es" if name.startswith("importe") else _LANGUAGE[name[:2]]
    if name in BREAKDOWN_NAMES:
        return f"breakdown:{name}", "en"
    return NAMES.by_name.get(name)


def _table(source: Source) -> Table | None:
    for sheet in source.sheets:
        header = best_header(sheet, _lookup)
        if (
            header
            and "amount" in header.at
            and header.at.keys() & {"campaign", "ad_group", "ad", "day", "impressions"}
            and not OTHERS & {normal(title) for title in header.cells}
        ):
            return Table(sheet, header)
    return None


def _score(source: Source) -> int:
    table = _table(source)
    return 12 + len(table.header.at) if table else 0


def _missing(source: Source) -> list[str]:
    headers = [header for sheet in source.sheets if (header := best_header(sheet, _lookup))]
    at: dict[str, list[int]] = headers[0].at if headers else {}
    wanted = {"amount": "Amount spent (EUR)", "campaign": "Campaign name", "start": "Reporting starts"}
    return [title for column, title in wanted.items() if column not in at]


def _plan(source: Source, **_: Any) -> Plan:
    table = _table(source)
    assert table is not None  # score() found it
    return _Ads(table, source.delimiter).plan()


class _Ads:
    def __init__(self, table: Table, delimiter: str) -> None:
        self.table, self.delimiter, header = table, delimiter, table.header
        self.amount_title = header.title(header.at["amount"][0])
        told = _SPEND.match(" ".join(self.amount_title.casefold().replace("(", "").replace(")", "").split()))
        self.currency = (told[1] or "").upper() if told else ""
        if not self.currency and "currency" not in header.at:
            self.currency = ask_currency(table.sheet.source, self.amount_title)
        self.names = {name: table.text(name) for name in ("campaign", "ad_group", "ad")}
        self.account, self.kind = table.text("account"), table.text("result_kind")
        self.told_currency = table.text("currency")
        self.currencies = {text.upper() for text in map(self.told_currency, table.first_rows) if text}
        self.ids = [table.text(name) for name in ("ad_id", "ad_group_id", "campaign_id")]
        self.breakdowns = [
            index for name in header.at if name.startswith("breakdown:") for index in header.at[name]
        ]
        self.counts = {name: table.count(name) for name in ("impressions", "reach", "clicks", "link_clicks")}
        self.money = {name: table.amount(name) for name in ("amount", "results", "conversions", "value", "roas")}
        self.notices: list[Notice] = []
        self.start, self.end = self._period()
        self.repeats = Repeats()
        self.totals = 0
        self.derived = False

    def plan(self) -> Plan:
        return Plan(
            self.table.rows(),
            self.parse,
            precision="day",
            language=self.table.header.language,
            currency=self.currency or (min(self.currencies) if len(self.currencies) == 1 else ""),
            notices=self.notices,
            closing=self.closing,
            width=len(self.table.header.cells),
        )

    def _period(self) -> tuple[Any, Any]:
        header = self.table.header
        if "day" in header.at:
            read = self._day("day")
            return read, read
        if "span" in header.at and all(_SPAN.match(text) for text in self._stated_spans()):
            return (lambda cells: self._of_span(cells, 1)), (lambda cells: self._of_span(cells, 2))
        if "start" not in header.at or "end" not in header.at:
            raise FileError("period_missing", columns="Reporting starts, Reporting ends")
        return self._day("start"), self._day("end")

    def _stated_spans(self) -> list[str]:
        return self.table.sample(self.table.header.at["span"][0]) or [""]

    def _of_span(self, cells: list[str], end: int) -> date:
        """The first (1) or last (2) day of a cell such as "2026-03-01 - 2026-03-31"."""
        index = self.table.header.at["span"][0]
        text = cell(cells, index)
        try:
            return date.fromisoformat(_SPAN.match(text)[end])  # type: ignore[index]
        except (TypeError, ValueError):
            raise CellError(self.table.header.title(index), text, "not_a_date") from None

    def _day(self, column: str) -> Any:
        index = self.table.header.at[column][0]
        # The export writes ISO days. Where they stand otherwise a spreadsheet has rewritten them in its own order,
        # and one that separates columns by semicolons is set to a language that puts the day first.
        leads = self.delimiter != ";" and self.table.header.language == "en"
        moment = self.table.moments(column, Clock("UTC"), assume_month_first=leads)

        def read(cells: list[str]) -> date:
            found: datetime = moment(cell(cells, index))[0]
            return found.date()

        return read

    def parse(self, line: int, cells: list[str]) -> SpendRow | None:
        names = {column: read(cells) for column, read in self.names.items()}
        if self._is_total(cells, names):
            self.totals += 1
            return None
        if self.repeats.is_one(cells):
            return None
        currency = self.currency or self._currency(cells)
        start, end = self.start(cells), self.end(cells)
        money = {column: read(cells) for column, read in self.money.items()}
        counts = {column: read(cells) for column, read in self.counts.items()}
        return SpendRow(
            line=line,
            platform="meta",
            account=self.account(cells),
            external_id=self._id(cells, names, start, end),
            **names,
            start=start,
            end=end,
            amount=money["amount"] or Decimal(0),
            currency=currency,
            impressions=counts["impressions"],
            clicks=counts["clicks"] if counts["link_clicks"] is None else counts["link_clicks"],
            reach=counts["reach"],
            results=money["results"],
            result_kind=self.kind(cells),
            conversions=self._purchases(money, self.kind(cells)),
            conversion_value=self._value(money),
        )

    def _currency(self, cells: list[str]) -> str:
        told = self.told_currency(cells).upper()
        if not is_code(told):
            raise CellError(self.amount_title, told, "currency_missing")
        return told

    def _is_total(self, cells: list[str], names: dict[str, str]) -> bool:
        """A row without any of the names that this file's rows go by, or one that calls itself a total."""
        first = next((text for text in cells if text.strip()), "").strip().casefold()
        named = [column for column in self.names if column in self.table.header.at]
        told = named or [column for column in ("day", "start", "span") if column in self.table.header.at]
        nameless = all(is_missing(cell(cells, self.table.header.first(column))) for column in told)
        if not named and first.startswith(tuple(TOTALS)):
            return True
        return nameless or first in TOTALS or first.startswith(RESULTS_OF)

    def _id(self, cells: list[str], names: dict[str, str], start: date, end: date) -> str:
        number = next((text for read in self.ids if (text := read(cells))), "")
        breakdown = (cell(cells, index) for index in self.breakdowns)
        return self.repeats.external_id(number, breakdown, names.values(), start, end)

    def _purchases(self, money: dict[str, Decimal | None], kind: str) -> Decimal | None:
        """Purchases as stated; where no column states them, results that are purchases by their indicator."""
        if "conversions" in self.table.header.at or not any(word in kind.casefold() for word in PURCHASES):
            return money["conversions"]
        return money["results"]

    def _value(self, money: dict[str, Decimal | None]) -> Decimal | None:
        if money["value"] is not None or "value" in self.table.header.at:
            return money["value"]
        if money["roas"] is None or money["amount"] is None:
            return None
        self.derived = True
        return (money["roas"] * money["amount"]).quantize(Decimal("0.0001"))

    def closing(self) -> list[Notice]:
        notices = []
        if self.totals:
            notices.append(Notice("totals_dropped", {"count": self.totals}))
        if self.repeats.count:
            notices.append(Notice("rows_repeated", {"count": self.repeats.count}))
        if self.derived:
            notices.append(Notice("roas_derived", {}))
        return notices


FORMATS = [Format("meta_ads", "meta", "spend", "Meta Ads Manager", _score, _missing, _plan)]
