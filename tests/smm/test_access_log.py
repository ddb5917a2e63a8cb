"""Nothing that lets somebody in stands in the server's log."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest

pytest.importorskip("gunicorn.glogging", reason="gunicorn is not for Windows")


def test_the_secrets_of_feeds_and_links_are_not_logged():
    config = import_module("gunicorn.config").Config()
    log = import_module("smm.access_log").AccessLog(config)
    for path in ("/share/s3cr3t/12/?done=said", "/feeds/s3cr3t.ics"):
        environ = {"REQUEST_METHOD": "GET", "RAW_URI": path, "SERVER_PROTOCOL": "HTTP/1.1", "PATH_INFO": path}
        environ |= {"HTTP_REFERER": f"https://timone.example{path}", "REMOTE_ADDR": "127.0.0.1"}
        answer = SimpleNamespace(status="200 OK", sent=12, response_length=12, headers=[])
        request = SimpleNamespace(headers=[("REFERER", environ["HTTP_REFERER"])])
        told = config.access_log_format % log.atoms_wrapper_class(
            log.atoms(answer, request, environ, timedelta(seconds=1))
        )
        assert "s3cr3t" not in told and "GET /" in told, told
