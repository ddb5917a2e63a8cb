"""The columns of Meta Business Suite's content exports, and the words for the kinds of posts."""

from __future__ import annotations

from analytics.formats.columns import Aliases, Names

COMMON: Aliases = {
    "post_id": {
        "en": "Post ID",
        "it": "ID del post|ID post|ID contenuto|Identificativo del post",
        "de": "Beitrags-ID",
        "es": "Identificador de la publicación",
        "fr": "Identifiant de publication|ID de la publication",
        "pt": "Identificação do post|Identificação da publicação",
    },
    "description": {
        "en": "Description|Caption",
        "it": "Descrizione|Didascalia",
        "de": "Beschreibung",
        "es": "Descripción",
        "fr": "Description ",
        "pt": "Descrição",
    },
    "duration": {
        "en": "Duration (sec)|Duration (secs)",
        "it": "Durata (s)|Durata (sec)|Durata (secondi)",
        "de": "Dauer (Sek.)",
        "es": "Duración (segundos)",
        "fr": "Durée (s)",
        "pt": "Duração (s)",
    },
    "published": {
        "en": "Publish time|Published time|Date published",
        "it": "Orario di pubblicazione|Ora di pubblicazione|Data di pubblicazione|Data e ora di pubblicazione",
        "de": "Veröffentlichungszeit|Zeitpunkt der Veröffentlichung",
        "es": "Hora de publicación",
        "fr": "Heure de publication",
        "pt": "Horário de publicação|Hora da publicação",
    },
    "permalink": {
        "en": "Permalink",
        "it": "Permalink |Link permanente",
        "de": "Dauerhafter Link",
        "es": "Enlace permanente",
        "fr": "Permalien|Lien permanent",
        "pt": "Link permanente ",
    },
    "type": {
        "en": "Post type",
        "it": "Tipo di post|Tipo di contenuto",
        "de": "Beitragstyp|Beitragsart",
        "es": "Tipo de publicación",
        "fr": "Type de publication",
        "pt": "Tipo de post|Tipo de publicação",
    },
    "data_comment": {"en": "Data comment", "it": "Commento ai dati|Commento sui dati"},
    "date": {"en": "Date", "it": "Data", "de": "Datum", "es": "Fecha", "fr": "Date ", "pt": "Data "},
    "views": {
        "en": "Views",
        "it": "Visualizzazioni",
        "de": "Aufrufe",
        "es": "Visualizaciones",
        "fr": "Vues",
        "pt": "Visualizações",
    },
    "impressions": {
        "en": "Impressions",
        "it": "Impression|Impressioni",
        "de": "Impressionen",
        "es": "Impresiones",
        "fr": "Impressions ",
        "pt": "Impressões",
    },
    # "Viewers" are what newer exports call the accounts reached.
    "viewers": {
        "en": "Viewers|IMPRESSION:UNIQUE_USERS",
        "it": "Visualizzatori|Spettatori",
        "de": "Betrachter",
        "es": "Espectadores",
        "fr": "Spectateurs",
        "pt": "Visualizadores|Espectadores ",
    },
    "interactions": {
        "en": "Interactions|Engagements|Content interactions",
        "it": "Interazioni|Interazioni con i contenuti",
        "de": "Interaktionen",
        "es": "Interacciones",
        "fr": "Interactions ",
        "pt": "Interações",
    },
    "saves": {
        "en": "Saves",
        "it": "Salvataggi",
        "de": "Gespeichert|Speicherungen",
        "es": "Veces que se guardó|Guardados",
        "fr": "Enregistrements",
        "pt": "Salvamentos|Guardados ",
    },
    "follows": {"en": "Follows", "it": "Follow|Nuovi follower|Follower", "de": "Follows "},
    "reach": {
        "en": "Reach|People reached",
        "it": "Copertura",
        "de": "Reichweite",
        "es": "Alcance",
        "fr": "Couverture|Portée",
        "pt": "Alcance ",
    },
    "comments": {
        "en": "Comments",
        "it": "Commenti",
        "de": "Kommentare",
        "es": "Comentarios",
        "fr": "Commentaires",
        "pt": "Comentários",
    },
    "shares": {
        "en": "Shares",
        "it": "Condivisioni",
        "de": "Geteilte Inhalte|Shares ",
        "es": "Veces que se compartió|Veces compartido|Compartidos",
        "fr": "Partages",
        "pt": "Compartilhamentos|Partilhas",
    },
    "link_clicks": {"en": "Link clicks", "it": "Clic sul link|Clic sui link", "de": "Link-Klicks"},
}
# Known columns that tell nothing a post's row holds.
LEFT_ASIDE = (
    *(
        "Reach from Organic posts",
        "Views from Organic posts",
        "Average Seconds viewed",
        "Estimated earnings (USD)",
    ),
    *("Approximate earnings (USD)", "Stars (USD)", "Ad CPM (USD)", "Ad impressions", "Distribution"),
    *("1-minute video views", "3-second viewers", "1-minute viewers", "3-second video views from Boosted posts"),
    *("3-second video views from Organic posts", "Impressions from Organic posts", "Engaged users"),
)
FACEBOOK = Names(
    COMMON
    | {
        "account_id": {"en": "Page ID", "it": "ID della Pagina|ID Pagina", "de": "Seiten-ID"},
        "account": {
            "en": "Page name",
            "it": "Nome della Pagina|Nome Pagina",
            "de": "Name der Seite|Seitenname",
            "es": "Nombre de la página",
            "fr": "Nom de la Page",
            "pt": "Nome da Página",
        },
        "title": {"en": "Title", "it": "Titolo", "de": "Titel", "es": "Título", "fr": "Titre", "pt": "Título "},
        "total": {
            "en": "Reactions, Comments and Shares|Reactions, comments, and shares",
            "it": "Reazioni, commenti e condivisioni|Reazioni, i commenti e le condivisioni",
            "de": "Reaktionen, Kommentare und geteilte Inhalte",
            "es": "Reacciones, comentarios y veces que se compartió",
            "fr": "Réactions, commentaires et partages",
            "pt": "Reações, comentários e compartilhamentos",
        },
        "reactions": {
            "en": "Reactions",
            "it": "Reazioni",
            "de": "Reaktionen",
            "es": "Reacciones",
            "fr": "Réactions",
            "pt": "Reações",
        },
        "clicks": {
            "en": "Total clicks",
            "it": "Clic totali|Totale clic|Numero totale di clic",
            "de": "Klicks insgesamt",
        },
        "other_clicks": {"en": "Other clicks", "it": "Altri clic"},
        "photo_clicks": {
            "en": "Matched Audience Targeting Consumption (Photo Click)",
            "it": "Clic sulla foto",
        },
        "video_views": {
            "en": "3-second video views",
            "it": "Visualizzazioni di 3 secondi del video|Visualizzazioni del video di 3 secondi"
            "|Visualizzazioni video di almeno 3 secondi",
        },
        "seconds": {"en": "Seconds viewed", "it": "Secondi visualizzati|Secondi di visualizzazione"},
        "likes": {
            "en": "Likes",
            "it": "Mi piace",
            "de": "Gefällt mir",
            "es": "Me gusta",
            "fr": "J'aime",
            "pt": "Curtidas",
        },
        "boosted_views": {
            "en": "Views from Boosted posts|Impressions from Boosted posts",
            "it": "Visualizzazioni dei post in evidenza|Visualizzazioni dai post in evidenza",
        },
        "boosted_reach": {
            "en": "Reach from Boosted posts",
            "it": "Copertura dei post in evidenza|Copertura dai post in evidenza",
        },
        "hide": {
            "en": "Negative feedback from users: Hide",
            "it": "Feedback negativi degli utenti: Nascondi|Feedback negativo degli utenti: Nascondi",
        },
        "hide_all": {
            "en": "Negative feedback from users: Hide all",
            "it": "Feedback negativi degli utenti: Nascondi tutto|Feedback negativo degli utenti: Nascondi tutto",
        },
        "languages": {"en": "Languages", "it": "Lingue"},
        "crosspost": {"en": "Is crosspost", "it": "È un crosspost|Crosspost"},
        "share": {"en": "Is share", "it": "È una condivisione"},
        "caption_type": {"en": "Caption type", "it": "Tipo di didascalia|Tipo di sottotitoli"},
        "labels": {"en": "Custom labels", "it": "Etichette personalizzate"},
        "funded": {
            "en": "Funded content status",
            "it": "Stato dei contenuti finanziati|Stato contenuto finanziato",
        },
    }
    | {f"other_{n}": {"en": name} for n, name in enumerate(LEFT_ASIDE)}
)
INSTAGRAM = Names(
    COMMON
    | {
        "account_id": {"en": "Account ID", "it": "ID account|ID dell'account", "de": "Konto-ID"},
        "account": {
            "en": "Account username",
            "it": "Nome utente dell'account|Nome utente account",
            "de": "Benutzername des Kontos|Nutzername des Kontos",
            "es": "Nombre de usuario de la cuenta",
            "fr": "Nom d'utilisateur du compte|Identifiant du compte",
            "pt": "Nome de usuário da conta",
        },
        "account_name": {"en": "Account name", "it": "Nome dell'account|Nome account", "de": "Name des Kontos"},
        "reactions": {
            "en": "Likes",
            "it": 'Mi piace|"Mi piace"',
            "de": "Gefällt mir|„Gefällt mir“-Angaben|Gefällt-mir-Angaben",
            "es": "Me gusta",
            "fr": "J'aime|Mentions J'aime",
            "pt": "Curtidas|Gostos",
        },
        "profile_visits": {"en": "Profile visits", "it": "Visite al profilo"},
        "replies": {"en": "Replies", "it": "Risposte"},
        "navigation": {"en": "Navigation", "it": "Navigazione"},
        "stickers": {"en": "Sticker taps", "it": "Tocchi sugli adesivi|Tocchi sugli sticker"},
    }
)
KINDS = (
    ("reel", "short_video"),
    ("carous", "carousel"),
    ("carosell", "carousel"),
    ("karussell", "carousel"),
    ("album", "carousel"),
    ("stor", "story"),
    ("live", "live"),
    ("dirett", "live"),
    ("video", "video"),
    ("vidéo", "video"),
    ("vídeo", "video"),
    ("image", "photo"),
    ("immagin", "photo"),
    ("imagen", "photo"),
    ("imagem", "photo"),
    ("bild", "photo"),
    ("photo", "photo"),
    ("foto", "photo"),
    ("link", "link"),
    ("event", "event"),
    ("text", "text"),
    ("test", "text"),
    ("status", "text"),
)
LIFETIME = frozenset(
    {"", "lifetime", "totale", "dall'inizio", "intera durata", "gesamt", "total", "gesamtlaufzeit"}
)
