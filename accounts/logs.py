"""Puts the request's or the job's number on every log line."""

import logging
from contextvars import ContextVar

log_context: ContextVar[str] = ContextVar("log_context", default="")


class ContextFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        context = log_context.get()
        record.context = f"[{context}] " if context else ""
        return True
