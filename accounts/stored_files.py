"""Hands stored uploads out after a view has checked who asks: never from a public folder, with safe types."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

# What a browser may show by itself; everything else, pictures that can hold scripts too, is only downloaded.
SHOWN_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})


def is_picture(name: str) -> bool:
    """Whether a stored file is one that pages show."""
    return mimetypes.guess_type(name)[0] in SHOWN_TYPES


def stored_file(name: str, called: str = "", *, download: bool = False) -> FileResponse:
    """The file of that name in the store, `called` so when it is kept; raises Http404 where it is gone."""
    if not name or not default_storage.exists(name):
        raise Http404
    shown = is_picture(name)
    return FileResponse(
        default_storage.open(name),
        as_attachment=download or not shown,
        filename=called or name.rsplit("/", 1)[-1],
        content_type=mimetypes.guess_type(name)[0] if shown else "application/octet-stream",
        headers={"Cache-Control": "no-store"},
    )
