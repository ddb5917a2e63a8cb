"""The Celery application: it carries job numbers; the Job table holds the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smm.settings")
app = Celery("timone")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
