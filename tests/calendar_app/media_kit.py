"""Real pictures and films, made small."""

import io

import av
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(width: int = 1080, height: int = 1350, *, format: str = "PNG", turned: int = 0) -> bytes:
    """A picture; `turned` is how the camera says that it is to be turned (EXIF, 1 to 8)."""
    image = Image.new("RGB", (width, height), (20, 110, 100))
    exif = image.getexif()
    if turned:
        exif[0x0112] = turned
    out = io.BytesIO()
    image.save(out, format, exif=exif)
    return out.getvalue()


def film(seconds: int = 2, *, width: int = 90, height: int = 160) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", rate=12)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(seconds * 12):
            frame = av.VideoFrame.from_image(Image.new("RGB", (width, height), (number % 250, 80, 90)))
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return out.getvalue()


def upload(content: bytes | None = None, name: str = "plums.png", kind: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content, kind)
