"""What follows when a brand's clock is set to another time zone: its weeks and hours begin at other moments."""

from django.db import transaction

from accounts import jobs
from analytics.services import kpis
from analytics.services.freshness import request_best_times
from strategy.models import Channel

KIND = "accounts.brand_moved"  # asked for by accounts, by name


@transaction.atomic
def follow(run: jobs.Run) -> None:
    """Sum every week of the KPIs again, and ask for the best times of channels that live by the brand's clock."""
    for channel in Channel.objects.select_related("brand").filter(time_zone=""):
        request_best_times(channel, by=run.job.created_by)
    kpis.refresh(run.brand, everything=True, run=run)
