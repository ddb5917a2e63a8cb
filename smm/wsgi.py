"""The web application, for waitress and gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smm.settings")
application = get_wsgi_application()


def settle() -> None:
    """Load every page's code now, and never look through it for garbage again.

    Some hundred thousand objects of code, templates and catalogues live as long as the process. Left among the
    others, the garbage collector walks over all of them every few hundred requests, and that request waits.
    """
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()


settle()
