"""X, day by day: the account overview of today, and the one of before 2024.

Sources of the names: real files of the older one; the columns that public programs read of the newer one.
"""

from __future__ import annotations

from analytics.formats.base import Source
from analytics.formats.columns import Names
from analytics.formats.daily import Daily, day_format
from analytics.formats.located import Table
from analytics.formats.x_posts import ACTIVITY

# Columns that only the account's overview has: a table of posts has none of them.
TELLING = frozenset({"posts", "unfollows"})
NAMES = Names(
    {
        "date": {"en": "Date", "it": "Data", "de": "Datum", "es": "Fecha", "fr": "Date ", "pt": "Data "},
        "posts": {
            "en": "Tweets published|Create Post|Posts published",
            "it": "Tweet pubblicati|Crea post|Post creati",
            "de": "Veröffentlichte Tweets|Post erstellen",
            "es": "Tweets publicados|Crear post",
        },
        "impressions": {
            "en": "Impressions",
            "it": "Impressioni|Visualizzazioni",
            "de": "Impressionen|Impressions ",
            "es": "Impresiones",
            "fr": "Impressions  ",
            "pt": "Impressões",
        },
        "engagements": {
            "en": "Engagements",
            "it": "Interazioni|Coinvolgimenti",
            "de": "Interaktionen",
            "es": "Interacciones",
            "fr": "Engagements ",
            "pt": "Engajamentos",
        },
        "reactions": {
            "en": "Likes",
            "it": "Mi piace",
            "de": "Gefällt mir",
            "es": "Me gusta",
            "fr": "J'aime",
            "pt": "Curtidas",
        },
        "comments": {
            "en": "Replies",
            "it": "Risposte",
            "de": "Antworten",
            "es": "Respuestas",
            "fr": "Réponses",
            "pt": "Respostas",
        },
        "reposts": {"en": "Retweets|Reposts", "it": "Retweet|Repost|Ripubblicazioni"},
        "sent": {
            "en": "Shares",
            "it": "Condivisioni",
            "de": "Geteilt",
            "es": "Veces compartido",
            "fr": "Partages",
            "pt": "Compartilhamentos",
        },
        "saves": {
            "en": "Bookmarks",
            "it": "Segnalibri|Aggiunte ai segnalibri",
            "de": "Lesezeichen",
            "es": "Elementos guardados",
            "fr": "Signets",
            "pt": "Itens salvos",
        },
        "follows": {
            "en": "New follows|Follows",
            "it": "Nuovi follow|Nuovi follower",
            "de": "Neue Follower",
            "es": "Nuevos seguidores",
            "fr": "Nouveaux abonnements",
            "pt": "Novos seguidores",
        },
        "unfollows": {
            "en": "Unfollows",
            "it": "Smesso di seguire|Unfollow",
            "de": "Entfolgt",
            "es": "Dejar de seguir",
            "fr": "Désabonnements",
            "pt": "Deixou de seguir",
        },
        "profile_visits": {
            "en": "Profile visits|User profile clicks",
            "it": "Visite al profilo|Visite del profilo|clic sul profilo utente",
            "de": "Profilbesuche",
            "es": "Visitas al perfil",
            "fr": "Visites du profil",
            "pt": "Visitas ao perfil",
        },
        "link_clicks": {"en": "URL clicks", "it": "Clic sull'URL|Clic sugli URL"},
        "hashtag_clicks": {"en": "Hashtag clicks"},
        "detail_expands": {"en": "Detail expands"},
        "permalink_clicks": {"en": "Permalink clicks"},
        "video_views": {"en": "Video views", "it": "Visualizzazioni video|Visualizzazioni del video"},
        "media_views": {"en": "Media views", "it": "Visualizzazioni dei contenuti multimediali"},
        "media_engagements": {"en": "Media engagements"},
        "rate": {"en": "engagement rate"},
    }
    | {name: names for name, names in ACTIVITY.aliases.items() if name.startswith("other_") or name == "promoted"}
)
DAILY = Daily(
    platform="x",
    names=NAMES,
    figures={
        **{name: name for name in ("posts", "impressions", "engagements", "reactions", "comments", "saves")},
        **{name: name for name in ("follows", "unfollows", "profile_visits", "link_clicks", "video_views")},
        "reposts": "shares",
        "sent": "shares",
    },
)


def _table(source: Source) -> Table | None:
    table = DAILY.table(source, least=2)
    return table if table and table.header.at.keys() & TELLING else None


FORMATS = [day_format("x_daily", DAILY, "X account overview", _table, ["posts", "impressions"])]
