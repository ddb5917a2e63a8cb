"""Column names of Google Ads reports in six languages, as downloaded reports and published parsers of them show."""

from __future__ import annotations

from analytics.formats.columns import Aliases

ALIASES: Aliases = {
    "account": {
        "en": "Account|Account name",
        "it": "Account |Nome account",
        "de": "Konto|Kontoname",
        "es": "Cuenta|Nombre de la cuenta",
        "fr": "Compte|Nom du compte",
        "pt": "Conta|Nome da conta",
    },
    "currency": {
        "en": "Currency code|Currency",
        "it": "Codice valuta|Valuta",
        "de": "Währungscode|Währung",
        "es": "Código de moneda|Código de divisa|Moneda",
        "fr": "Code de la devise|Code de devise|Devise",
        "pt": "Código da moeda|Código de moeda|Moeda",
    },
    "campaign": {
        "en": "Campaign|Campaign name",
        "it": "Campagna",
        "de": "Kampagne",
        "es": "Campaña",
        "fr": "Campagne",
        "pt": "Campanha",
    },
    "campaign_id": {
        "en": "Campaign ID",
        "it": "ID campagna",
        "de": "Kampagnen-ID",
        "es": "ID de la campaña|ID de campaña",
        "fr": "ID de la campagne|ID de campagne",
        "pt": "ID da campanha|Código da campanha",
    },
    "ad_group": {
        "en": "Ad group",
        "it": "Gruppo di annunci|Gruppo annunci",
        "de": "Anzeigengruppe",
        "es": "Grupo de anuncios",
        "fr": "Groupe d'annonces",
        "pt": "Grupo de anúncios",
    },
    "ad_group_id": {
        "en": "Ad group ID",
        "it": "ID gruppo di annunci",
        "de": "Anzeigengruppen-ID",
        "es": "ID del grupo de anuncios",
        "fr": "ID du groupe d'annonces",
        "pt": "ID do grupo de anúncios",
    },
    "ad": {"en": "Ad name", "it": "Nome annuncio", "de": "Anzeigenname", "es": "Nombre del anuncio"},
    "ad_id": {
        "en": "Ad ID",
        "it": "ID annuncio",
        "de": "Anzeigen-ID",
        "es": "ID del anuncio",
        "fr": "ID de l'annonce",
        "pt": "ID do anúncio",
    },
    "day": {
        "en": "Day|Date",
        "it": "Giorno|Data",
        "de": "Tag|Datum",
        "es": "Día|Fecha",
        "fr": "Jour|Date ",
        "pt": "Dia|Data ",
    },
    "week": {"en": "Week", "it": "Settimana", "de": "Woche", "es": "Semana", "fr": "Semaine", "pt": "Semana "},
    "month": {"en": "Month", "it": "Mese", "de": "Monat", "es": "Mes", "fr": "Mois", "pt": "Mês"},
    "quarter": {
        "en": "Quarter",
        "it": "Trimestre",
        "de": "Quartal",
        "es": "Trimestre ",
        "fr": "Trimestre ",
        "pt": "Trimestre ",
    },
    "year": {"en": "Year", "it": "Anno", "de": "Jahr", "es": "Año", "fr": "Année", "pt": "Ano"},
    "cost": {"en": "Cost", "it": "Costo", "de": "Kosten", "es": "Coste|Costo ", "fr": "Coût", "pt": "Custo"},
    "clicks": {"en": "Clicks", "it": "Clic", "de": "Klicks", "es": "Clics", "fr": "Clics ", "pt": "Cliques"},
    "impressions": {
        "en": "Impr.|Impressions|Impr",
        "it": "Impressioni|Impression",
        "de": "Impressionen",
        "es": "Impresiones",
        "fr": "Impressions ",
        "pt": "Impressões",
    },
    "conversions": {
        "en": "Conversions|Conv.",
        "it": "Conversioni",
        "de": "Conversions ",
        "es": "Conversiones",
        "fr": "Conversions ",
        "pt": "Conversões",
    },
    "value": {
        "en": "Conv. value|Conversion value|Total conv. value",
        "it": "Valore conv.|Valore di conv.|Valore di conversione",
        "de": "Conv.-Wert|Conversion-Wert",
        "es": "Valor de conv.|Valor conv.|Valor de conversión",
        "fr": "Valeur de conv.|Valeur conv.|Valeur de conversion",
        "pt": "Valor conv.|Valor de conv. |Valor da conversão",
    },
    # Columns that are Google's alone: with one of them a table of costs is a report of Google Ads.
    "mark": {
        "en": (
            "Avg. CPC|Avg. CPM|Avg. cost|Campaign status|Campaign state|Ad group status|Cost / conv.|Conv. rate|"
            "Interactions|Interaction rate|Optimization score|Optimisation score|Bid strategy type|Campaign type|"
            "Budget name|Budget type|Impr. (Top) %|Impr. (Abs. Top) %|Search impr. share|View-through conv."
        ),
        "it": (
            "CPC medio|CPM medio|Costo medio|Stato campagna|Stato della campagna|Costo/conv.|Costo / conv.|"
            "Tasso conv.|Tasso di conv.|Interazioni|Tipo di campagna|Tipo di strategia di offerta|Motivi dello stato"
        ),
        "de": (
            "Durchschn. CPC|Durchschn. CPM|Durchschn. Kosten|Kampagnenstatus|Kosten/Conv.|Kosten / Conv.|Conv.-Rate|"
            "Interaktionen|Kampagnentyp|Gebotsstrategietyp|Optimierungsfaktor"
        ),
        "es": (
            "CPC medio |Prom. CPC|CPC prom.|CPM medio |Estado de la campaña|Coste/conv.|Costo/conv.|Tasa de conv.|"
            "Interacciones|Tipo de campaña|Tipo de estrategia de puja|Tipo de estrategia de oferta"
        ),
        "fr": (
            "CPC moy.|CPM moy.|Coût moy.|État de la campagne|Coût/conv.|Coût / conv.|Taux de conv.|Interactions |"
            "Type de campagne|Taux d'optimisation|Type de stratégie d'enchères"
        ),
        "pt": (
            "CPC méd.|CPC médio|CPM médio|Custo médio|Status da campanha|Estado da campanha|Custo / conv.|Custo/conv.|"
            "Taxa de conv.|Interações|Tipo de campanha|Tipo de estratégia de lances|Motivos do status"
        ),
    },
}
# What else can tell apart rows of one campaign and day.
BREAKDOWNS = frozenset(
    {
        *("device", "network", "network with search partners", "hour of the day", "hour", "day of the week"),
        *("keyword", "search keyword", "search term", "asset group", "conversion action", "conversion category"),
        *("age", "gender", "country/territory", "location", "matched location", "region", "top of page"),
        *("dispositivo", "rete", "ora del giorno", "parola chiave", "termine di ricerca", "azione di conversione"),
        *("gerät", "werbenetzwerk", "tageszeit", "suchbegriff", "conversion-aktion", "asset-gruppe"),
        *("red", "hora del día", "palabra clave", "término de búsqueda", "acción de conversión"),
        *("appareil", "réseau", "heure de la journée", "mot clé", "terme de recherche", "action de conversion"),
        *("rede", "hora do dia", "palavra-chave", "termo de pesquisa", "ação de conversão"),
    }
)
