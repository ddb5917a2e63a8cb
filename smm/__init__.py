"""The project: settings, URLs and the pages that compose all apps."""

import os

# The matrices of best times are small: on busy cores OpenBLAS's threads wait for each other up to twenty times
# longer than one thread needs for the work. It reads this when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from smm.celery import app as celery_app

__all__ = ["celery_app"]
