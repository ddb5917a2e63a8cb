"""Column names of content calendars: of the schedulers' templates for bulk upload, and plain ones in six languages.

Metricool, Buffer, Later, Sprout Social, Hootsuite, Publer, Vista Social, SocialBee and HighLevel document theirs.
"""

from __future__ import annotations

from analytics.formats.columns import Aliases

ALIASES: Aliases = {
    "at": {
        "en": (
            "Posting Time|Scheduled Time|Scheduled at|scheduled_at|scheduled_time|scheduledFor|scheduleDate|Schedule|"
            "postAtSpecificTime|postAtSpecificTime (yyyy-MM-dd HH:mm:ss)|Publish at|Publish date|Publishing date|"
            "Date and time|Date & time|Date/time|Datetime|date_time|When"
        ),
        "it": "Data e ora|Data e ora di pubblicazione|Pubblicazione",
        "de": "Datum und Uhrzeit|Veröffentlichung|Veröffentlichungszeit",
        "es": "Fecha y hora|Fecha de publicación",
        "fr": "Date et heure|Date de publication",
        "pt": "Data e hora|Data de publicação",
    },
    "date": {
        "en": "Date|Day|scheduled_date",
        "it": "Data|Giorno",
        "de": "Datum|Tag",
        "es": "Fecha|Día",
        "fr": "Date |Jour",
        "pt": "Data |Dia",
    },
    "time": {
        "en": "Time|time_24hr|Hour",
        "it": "Ora|Orario",
        "de": "Uhrzeit|Zeit",
        "es": "Hora",
        "fr": "Heure",
        "pt": "Hora |Horário",
    },
    "text": {
        "en": "Text|Caption|Message|message_text|Content|Post|Post text|Copy|Post copy|Post content",
        "it": "Testo|Didascalia|Testo del post",
        "de": "Text |Beitrag|Beitragstext",
        "es": "Texto|Publicación|Texto de la publicación",
        "fr": "Texte|Légende|Publication",
        "pt": "Texto |Legenda|Texto da publicação",
    },
    "title": {
        "en": "Title|Headline|Topic|Document title|Youtube Video Title|Facebook Title|TikTok Title|Pinterest Pin Title",
        "it": "Titolo|Argomento",
        "de": "Titel|Thema",
        "es": "Título|Tema",
        "fr": "Titre|Sujet",
        "pt": "Título |Assunto",
    },
    "platform": {
        "en": "Platform|Platforms|Network|Networks|Social network|Social",
        "it": "Piattaforma|Piattaforme|Social |Rete",
        "de": "Plattform|Plattformen|Netzwerk",
        "es": "Plataforma|Plataformas|Red social|Red",
        "fr": "Plateforme|Plateformes|Réseau|Réseau social",
        "pt": "Plataforma |Rede social|Rede",
    },
    "account": {
        "en": "Profile|Account|Account name|Channel",
        "it": "Profilo|Account |Canale|Pagina",
        "de": "Konto|Profil|Kanal",
        "es": "Cuenta|Perfil|Canal",
        "fr": "Compte|Profil |Canal ",
        "pt": "Conta|Perfil |Canal ",
    },
    "link": {
        "en": "Link|URL|Links|Link(s)|Link URL|OGmetaUrl|OGmetaUrl (url)|Pinterest Pin Link|Destination URL",
        "it": "Collegamento|Link ",
        "de": "Link |Verlinkung",
        "es": "Enlace",
        "fr": "Lien",
        "pt": "Ligação|Link ",
    },
    "media": {
        "en": (
            "Image URL|Image URLs|Media URL|Media URLs|Media URL(s)|Media|Image|Images|imageUrls|"
            "imageUrls (comma-separated)|gifUrl|gifUrls|videoUrl|videoUrls|videoUrls (comma-separated)|Video URL|"
            "media_url|media_urls|Picture|Video|Video Thumbnail Url|"
            + "|".join(f"Picture Url {number}" for number in range(1, 11))
        ),
        "it": "Immagine|Immagini|Foto|Grafica",
        "de": "Bild|Bilder|Medien",
        "es": "Imagen|Imágenes|Foto ",
        "fr": "Image |Visuel|Média",
        "pt": "Imagem|Imagens|Foto ",
    },
    "labels": {
        "en": "Tags|Tag|Label|Labels|Label(s)|Category|Categories|Campaign|Pillar|Content pillar",
        "it": "Etichetta|Etichette|Categoria|Campagna|Pilastro|Rubrica",
        "de": "Schlagwörter|Kategorie|Kampagne",
        "es": "Etiqueta|Etiquetas|Categoría|Campaña",
        "fr": "Étiquette|Étiquettes|Catégorie|Campagne",
        "pt": "Etiquetas |Campanha",
    },
    "format": {
        "en": "Format|Type|Post type|Content type|Instagram Post Type|Facebook Post Type|GBP Post Type",
        "it": "Formato|Tipo|Tipo di post",
        "de": "Format |Typ|Beitragstyp",
        "es": "Formato |Tipo ",
        "fr": "Format |Type ",
        "pt": "Formato |Tipo ",
    },
    "id": {"en": "ID"},
    "draft": {
        "en": "Draft",
        "it": "Bozza",
        "de": "Entwurf",
        "es": "Borrador",
        "fr": "Brouillon",
        "pt": "Rascunho",
    },
}
# Metricool has a column of TRUE and FALSE for each network.
NETWORKS = {
    "facebook": "facebook",
    "twitter/x": "x",
    "twitter": "x",
    "x": "x",
    "linkedin": "linkedin",
    "gbp": "google",
    "instagram": "instagram",
    "pinterest": "pinterest",
    "tiktok": "tiktok",
    "youtube": "youtube",
    "threads": "threads",
    "bluesky": "bluesky",
}
# A table with one of these tells how posts did, what ads cost or what was sold: it is no plan.
FIGURES = frozenset(
    {
        *("impressions", "impr.", "reach", "likes", "reactions", "shares", "views", "video views", "engagements"),
        *("engagement", "engagement rate", "clicks", "link clicks", "saves", "retweets", "sessions", "cost"),
        *("total views", "total likes", "post_id", "published_at", "financial status", "followers", "revenue"),
        *("copertura", "impression", "impressioni", "mi piace", "visualizzazioni", "reazioni", "clic", "costo"),
        *("reichweite", "impressionen", "aufrufe", "klicks", "alcance", "impresiones", "clics", "portée", "vues"),
        *("impressões", "cliques", "visualizações", "j'aime", "me gusta", "curtidas"),
    }
)
