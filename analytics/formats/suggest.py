"""Proposes which column of an unknown table holds what, by its name and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analytics.formats.columns import Aliases
from analytics.formats.dates import parse
from analytics.formats.generic import COLUMNS, COUNTS, KIND_SYNONYMS, KINDS, NO, PLATFORMS, SYNONYMS, YES
from analytics.formats.meta_columns import FACEBOOK, INSTAGRAM
from analytics.formats.numbers import is_missing, number_reader, possible_signs
from analytics.formats.tables import normal

# What the field goes by elsewhere; the names in the platforms' own exports are known besides.
WORDS: dict[str, str] = {
    "platform": "platform|network|social network|channel|social|service|piattaforma|canale|rete|plattform|netzwerk|kanal"
    "|plataforma|red social|red|canal|plateforme|réseau|réseau social|rede|rede social",
    "account": "account|profile|page|account name|profile name|page name|handle|username|profilo|pagina|nome account"
    "|konto|profil|seite|cuenta|perfil|página|compte|page |conta|usuario|utilisateur|nutzer",
    "post_id": "id|post id|content id|media id|tweet id|video id|pin id|number|key|id post|id contenuto|codice|beitrags-id"
    "|kennung|identificador|id publicación|identifiant|id publication|identificação|id da publicação",
    "published_at": "published at|published|date|time|publish time|publish date|posted|posted at|created|created at"
    "|date posted|timestamp|sent at|scheduled|when|day|data|data e ora|ora|pubblicato|pubblicato il|data pubblicazione"
    "|data di pubblicazione|giorno|quando|datum|veröffentlicht|veröffentlicht am|zeitpunkt|zeit|erstellt|uhrzeit|tag"
    "|fecha|fecha de publicación|publicado|hora|fecha y hora|día|date de publication|publié le|heure|jour"
    "|data de publicação|publicado em|data e hora|dia",
    "format": "format|type|post type|content type|media type|kind|formato|tipo|tipo di post|tipo di contenuto"
    "|beitragstyp|typ|art|tipo de publicación|type de publication|type de contenu|tipo de post|tipo de publicação",
    "text": "text|caption|message|content|copy|title|description|post|body|words|post text|post message|update|pin description"
    "|pin title|testo|didascalia|messaggio"
    "|contenuto|titolo|descrizione|parole|beschreibung|nachricht|inhalt|titel|bildunterschrift|texto|mensaje|contenido"
    "|título|descripción|texte|légende|contenu|titre|legenda|mensagem|conteúdo|descrição",
    "permalink": "permalink|link|url|post link|post url|posturl|post permalink|service link|pin link|indirizzo|collegamento|beitragslink|adresse|enlace"
    "|lien|lien permanent|endereço|link del post|link da publicação",
    "paid": "paid|is paid|sponsored|promoted|boosted|ad|organic or paid|a pagamento|sponsorizzato|promosso|bezahlt"
    "|gesponsert|beworben|pagado|patrocinado|promocionado|payé|sponsorisé|pago|impulsionado",
    "impressions": "impressions|imps|impression|views|visualizzazioni|visualizations|impressionen|aufrufe"
    "|impresiones|visualizaciones|affichages|vues|impressões|visualizações|times seen",
    "reach": "reach|unique reach|people reached|users reached|viewers|copertura|utenti raggiunti|persone raggiunte"
    "|reichweite|erreichte personen|alcance|personas alcanzadas|portée|couverture|personnes touchées"
    "|pessoas alcançadas",
    "reactions": "reactions|likes|like|favorites|favourites|favs|hearts|mi piace|reazioni|gefällt mir|reaktionen"
    "|me gusta|reacciones|j'aime|mentions j'aime|réactions|curtidas|gostos|reações",
    "comments": "comments|comment|replies|answers|commenti|risposte|kommentare|antworten|comentarios|respuestas"
    "|commentaires|réponses|comentários|respostas",
    "shares": "shares|share|retweets|reposts|reshares|forwards|condivisioni|ricondivisioni|geteilt|geteilte inhalte"
    "|compartidos|veces compartido|partages|republications|compartilhamentos|partilhas",
    "saves": "saves|saved|bookmarks|salvataggi|salvati|segnalibri|gespeichert|lesezeichen|guardados|enregistrements"
    "|signets|salvamentos|salvos|guardados ",
    "clicks": "clicks|click|link clicks|url clicks|total clicks|pin clicks|post link clicks|outbound clicks|clic|clic sul link|clic totali|klicks|link-klicks"
    "|clics|clics en el enlace|clics sur le lien|cliques|cliques no link",
    "video_views": "video views|plays|views of videos|video plays|visualizzazioni video|riproduzioni|videoaufrufe"
    "|wiedergaben|reproducciones|visualizaciones de video|lectures|vues de la vidéo|reproduções",
}
# The same fields in the exports of Meta, whose names are known in six languages.
_META = {
    "post_id": "post_id",
    "account": "account",
    "published": "published_at",
    "type": "format",
    "description": "text",
    "permalink": "permalink",
    **{name: name for name in COUNTS},
}
LINK = re.compile(r"(?:https?://|www\.)\S+$")
NUMBER_OF_A_POST = re.compile(r"[\w:-]{8,}$", re.A)
SAMPLE = 200
LONG = 25  # letters on average, from which on words are a text


@dataclass(frozen=True)
class Suggestion:
    """field of the template → the column's name, and the fields that only what stands in the column suggests."""

    columns: dict[str, str]
    by_content: frozenset[str]


def _known_names() -> dict[str, tuple[str, float]]:
    """normal name → (field, how surely): a field's own name first, then its synonyms, then Meta's names."""
    table: dict[str, tuple[str, float]] = {}
    for field in COLUMNS:
        table[normal(field)] = table[normal(field.replace("_", " "))] = (field, 3.0)
    for field, words in WORDS.items():
        for place, word in enumerate(words.split("|")):
            table.setdefault(normal(word), (field, 2.5 - place / 1_000))
    for names in (FACEBOOK, INSTAGRAM):
        _add_aliases(table, names.aliases)
    return table


def _add_aliases(table: dict[str, tuple[str, float]], aliases: Aliases) -> None:
    for column, languages in aliases.items():
        if field := _META.get(column):
            for name in "|".join(languages.values()).split("|"):
                table.setdefault(normal(name), (field, 2.0))


NAMES = _known_names()


def suggest(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Suggestion:
    """The likeliest column of each field; every column is given once, the surest first."""
    rows = list(rows)[:SAMPLE]
    scores: list[tuple[float, int, str, bool]] = []
    for index, title in enumerate(header):
        values = [row[index].strip() for row in rows if index < len(row) and not is_missing(row[index])]
        named = _by_name(title)
        for field, told in _by_content(values).items():
            score = named.get(field, 0.0) + told
            scores.append((score, -index, field, field not in named))
    return _dealt(header, scores)


def _dealt(header: Sequence[str], scores: list[tuple[float, int, str, bool]]) -> Suggestion:
    columns: dict[str, str] = {}
    by_content, taken = set(), set()
    for score, negative, field, unnamed in sorted(scores, reverse=True):
        title = header[-negative]
        if field in columns or title in taken or not title.strip() or score < 1:
            continue
        columns[field] = title
        taken.add(title)
        if unnamed:
            by_content.add(field)
    if "post_id" not in columns and "permalink" in columns:
        columns["post_id"] = columns["permalink"]  # a post without a number is known by its link
        by_content.add("post_id")
    return Suggestion(columns, frozenset(by_content))


def _by_name(title: str) -> dict[str, float]:
    """How surely a column's name tells a field; a name in which a known one stands whole tells it less surely."""
    name = normal(title).replace("_", " ")
    if found := NAMES.get(name):
        return {found[0]: found[1]}
    words = f" {name} "
    inside = [
        (len(known), field) for known, (field, _sure) in NAMES.items() if f" {known} " in words and len(known) > 2
    ]
    return {max(inside)[1]: 1.2} if inside else {}


def _by_content(values: list[str]) -> dict[str, float]:
    """For each field, how well the values can be it: below 0 where they cannot."""
    fits: dict[str, float] = {}
    for field in COLUMNS:
        share = _share(values, CHECKS[field]) if values else 0.0
        fits[field] = TELLING.get(field, 0.0) * (share > 0.9) - (5.0 if values and share < 0.5 else 0.0)
    if values and (len(set(values)) < len(values) or len(values) < 2):
        fits["post_id"] -= 1.5 if len(set(values)) < len(values) else 0.3
    if values and fits["text"] >= 0 and sum(map(len, values)) > LONG * len(values):
        fits["text"] = 1.1
    if values and _share(values, _is_number) > 0.9 and all(len(value) < 11 for value in values):
        fits["post_id"] -= 0.6  # short numbers are counts
    return fits


def _share(values: list[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, values)) / len(values)


def _is_date(text: str) -> bool:
    for order in ("dmy", "mdy"):
        try:
            parse(text, order=order)
        except ValueError:
            continue
        return True
    return False


def _is_number(text: str) -> bool:
    for sign in possible_signs([text], whole=True) or (".",):
        try:
            return number_reader(sign)(text) >= 0
        except ArithmeticError:
            continue
    return False


def _is_words(text: str) -> bool:
    return not _is_number(text) and not _is_date(text) and not LINK.match(text)


def _is_platform(text: str) -> bool:
    lowered = text.casefold()
    return SYNONYMS.get(lowered, lowered) in PLATFORMS


def _is_kind(text: str) -> bool:
    lowered = text.casefold().replace(" ", "_")
    return lowered in KINDS or lowered in KIND_SYNONYMS


CHECKS: dict[str, Callable[[str], bool]] = {
    "platform": _is_platform,
    "account": lambda text: not LINK.match(text) and not _is_date(text),
    "post_id": lambda text: (
        bool(LINK.match(text) or NUMBER_OF_A_POST.match(text) or text.isalnum()) and len(text) < 300
    ),
    "published_at": _is_date,
    "format": lambda text: not _is_number(text) and not LINK.match(text) and len(text) < 40,
    "text": _is_words,
    "permalink": lambda text: bool(LINK.match(text)),
    "paid": lambda text: text.casefold() in YES | NO,
    **dict.fromkeys(COUNTS, _is_number),
}
# Where nothing but the content speaks, these speak loud enough to be proposed.
TELLING = {"published_at": 1.4, "permalink": 1.3, "platform": 1.5}
