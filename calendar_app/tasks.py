"""The worker's door to the services of this app."""

from accounts.jobs import Run, handler
from calendar_app.services import bringing_in, matching


@handler(matching.KIND)
def match_entries(run: Run) -> dict[str, int]:
    return matching.match_brand(run.brand)


@handler(bringing_in.KIND, awaited=True)
def bring_in(run: Run) -> None:
    bringing_in.work(run)
