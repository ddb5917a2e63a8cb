"""Uploads within their limit: what goes beyond it is counted, and written nowhere."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUpload(TemporaryFileUploadHandler):
    """Keeps the files of a request in temporary ones, up to the limit of all of them together.

    A file that goes beyond it arrives without content, but with its size, so that whoever takes it can say so.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._before = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write the chunk as long as the upload is within its limit."""
        if self._before + start + len(raw_data) <= settings.TIMONE_MAX_UPLOAD_BYTES:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file, or what tells that it was too large."""
        self._before += file_size
        if self._before <= settings.TIMONE_MAX_UPLOAD_BYTES:
            return super().file_complete(file_size)
        self.file.close()
        told = SimpleUploadedFile(self.file_name or "file", b"", self.content_type or "")
        told.size = max(file_size, settings.TIMONE_MAX_UPLOAD_BYTES + 1)
        return told
