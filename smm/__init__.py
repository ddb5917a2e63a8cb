"""The project: settings, URLs and the pages that compose all apps."""

from smm.celery import app as celery_app

__all__ = ["celery_app"]
