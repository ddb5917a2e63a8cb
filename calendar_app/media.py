"""What an uploaded picture or film really is: told by decoding it, never by its name. Pure.

Pillow decodes pictures, PyAV (FFmpeg) films. Both are loaded when first asked for.
"""

import io
from contextlib import suppress
from fractions import Fraction
from importlib import import_module
from typing import BinaryIO, NamedTuple

PICTURES = ("JPEG", "PNG", "GIF", "WEBP")
FILMS = ("mp4", "mov", "webm")  # as FFmpeg names the containers
MOST_PIXELS = 80_000_000  # a picture that unpacks to more is refused before it is unpacked
MOST_SECONDS = 20 * 60
THUMB = 480  # the longer side of a thumbnail, in pixels
PDF = b"%PDF-"


class Medium(NamedTuple):
    """kind: picture | film | document; sizes in pixels as shown, length in seconds; `thumb` a WebP, or empty."""

    kind: str
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    thumb: bytes = b""

    @property
    def facts(self) -> dict[str, object]:
        return {"kind": self.kind, "width": self.width, "height": self.height, "seconds": self.seconds}


class NotMedia(ValueError):
    """It cannot be taken; `code`: unknown | broken | too_many_pixels | too_long."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def inspect(file: BinaryIO) -> Medium:
    """Decode an upload as far as its size, its length and a thumbnail need; raises NotMedia."""
    start = file.read(16)
    file.seek(0)
    try:
        if start.startswith(PDF):
            return Medium("document")
        if start[4:8] == b"ftyp" or start.startswith(b"\x1aE\xdf\xa3"):
            return _film(file)
        return _picture(file)
    finally:
        with suppress(ValueError):  # a decoder may have closed it
            file.seek(0)


def _picture(file: BinaryIO) -> Medium:
    image_of, transpose = import_module("PIL.Image"), import_module("PIL.ImageOps").exif_transpose
    try:
        with image_of.open(file, formats=PICTURES) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotMedia("too_many_pixels")
            width, height = _turned(image)
            image.draft("RGB", (THUMB * 2, THUMB * 2))  # a JPEG is decoded no larger than is needed
            return Medium("picture", width, height, None, _thumb(transpose(image)))
    except import_module("PIL").UnidentifiedImageError:
        raise NotMedia("unknown") from None
    except (image_of.DecompressionBombError, image_of.DecompressionBombWarning):
        raise NotMedia("too_many_pixels") from None
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        if isinstance(error, NotMedia):
            raise
        raise NotMedia("broken") from None


def _turned(image) -> tuple[int, int]:
    """Width and height as a viewer shows them: cameras write how a picture is to be turned."""
    width, height = image.size
    return (height, width) if image.getexif().get(0x0112, 1) >= 5 else (width, height)


def _thumb(image) -> bytes:
    image.thumbnail((THUMB, THUMB))
    kept = image.convert("RGBA" if image.mode in ("RGBA", "LA", "P", "PA") else "RGB")
    out = io.BytesIO()
    kept.save(out, "WEBP", quality=80)
    return out.getvalue()


def _film(file: BinaryIO) -> Medium:
    av = import_module("av")
    try:
        with av.open(file, mode="r", metadata_errors="ignore") as container:
            if not set(container.format.name.split(",")) & set(FILMS) or not container.streams.video:
                raise NotMedia("unknown")
            stream = container.streams.video[0]
            seconds = _seconds(container, stream)
            if seconds is not None and seconds > MOST_SECONDS:
                raise NotMedia("too_long")
            if (stream.width or 0) * (stream.height or 0) > MOST_PIXELS:
                raise NotMedia("too_many_pixels")
            frame = next(container.decode(stream), None)
            if frame is None:
                raise NotMedia("broken")
            turn = round(getattr(frame, "rotation", 0) or 0) % 360
            image = frame.to_image().rotate(turn, expand=True) if turn else frame.to_image()
            return Medium("film", image.width, image.height, seconds, _thumb(image.copy()))
    except av.error.FFmpegError:
        raise NotMedia("broken") from None


def _seconds(container, stream) -> float | None:
    if stream.duration and stream.time_base:
        return round(float(stream.duration * Fraction(stream.time_base)), 1)
    return round(container.duration / 1_000_000, 1) if container.duration else None
