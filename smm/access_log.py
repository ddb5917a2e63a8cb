"""gunicorn's access log, without what the addresses of feeds and clients' links let in."""

from typing import Any

from gunicorn.glogging import Logger

from accounts.logs import without_secrets


class AccessLog(Logger):
    """Takes secrets out of the request line, the path and where the reader came from."""

    def atoms(self, *arguments: Any) -> dict[str, Any]:
        found = super().atoms(*arguments)
        return {name: without_secrets(value) for name, value in found.items()}
