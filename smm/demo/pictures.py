"""Draws the pictures of the demo's entries: quiet shapes in the colours of a brand, the same at every load."""

import io
import random
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from accounts.models import User
from calendar_app.media import Medium, inspect
from calendar_app.models import Entry
from calendar_app.services import pictures

SIZE = (864, 1080)  # 4:5, which the platforms of the demo show whole
FILES = {"photo": 1, "carousel": 3}
# Ground, shapes, light: of a roastery, and of a workshop by the water.
PALETTES = {
    "it": (
        ("#3b2417", "#c98a4b", "#f1dfc6"),
        ("#23372f", "#b9a36a", "#efe8d8"),
        ("#4a1f24", "#d4766a", "#f6e3dc"),
    ),
    "en": (
        ("#12313a", "#6fb3a8", "#e3efe9"),
        ("#3a3322", "#d8a03c", "#f3ead2"),
        ("#1f2a44", "#8aa4d6", "#e6ebf6"),
    ),
}
ALT = {
    "it": "Forme tonde nei colori del brand, per “{title}”",
    "en": "Round shapes in the brand’s colours, for “{title}”",
}


def add(entry: Entry, *, language: str, by: User, today: date) -> Entry:
    """The pictures that an entry of its format has, the first with its alternative text."""
    uploads = [_upload(entry, number, language) for number in range(FILES.get(entry.format, 0))]
    if not uploads:
        return entry
    row = pictures.add(entry, uploads, by=by, version=entry.version, today=today)
    text = ALT[language].format(title=entry.title)
    return pictures.describe(row, 0, text, by=by, version=row.version, today=today)


def _upload(entry: Entry, number: int, language: str) -> tuple[SimpleUploadedFile, Medium]:
    content = _draw(f"{entry.title}{number}", PALETTES[language])
    file = SimpleUploadedFile(f"{number + 1}.jpg", content, "image/jpeg")
    return file, inspect(file)


def _draw(seed: str, palettes: tuple[tuple[str, str, str], ...]) -> bytes:
    """A ground, a band and a few discs, drawn at twice the size so that edges are smooth."""
    dice = random.Random(seed)
    ground, shape, light = dice.choice(palettes)
    width, height = SIZE[0] * 2, SIZE[1] * 2
    image = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(image)
    horizon = dice.randint(height // 2, height * 3 // 4)
    pen.rectangle((0, horizon, width, height), fill=shape)
    for colour in (light, shape, light, ground):
        radius = dice.randint(width // 10, width // 3)
        x, y = dice.randint(0, width), dice.randint(height // 6, height)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    out = io.BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).save(out, "JPEG", quality=82)
    return out.getvalue()
