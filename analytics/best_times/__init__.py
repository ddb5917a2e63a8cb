"""When a brand's audience reacts: 168 hours of the week with lift, interval and evidence.

`fit` reads posts, `fit_sums` the stored sums of posts (`summarise`), `pool` makes a prior of other accounts' fits,
`lift_of_hours` one of the hours at which the audience is online.
Nothing here knows a database, a clock or a language; docs/best-times.md is the model card.
"""

from analytics.best_times.clock import to_wall_time
from analytics.best_times.fitting import fit, fit_sums
from analytics.best_times.maturity import DEFAULT_HOURS, Maturity, hours_to_mature, mature
from analytics.best_times.online import lift_of_hours
from analytics.best_times.pooling import pool
from analytics.best_times.result import BestTimes, needed_posts
from analytics.best_times.sums import COLUMNS, KEY, add, summarise

__all__ = [
    "COLUMNS",
    "DEFAULT_HOURS",
    "KEY",
    "BestTimes",
    "Maturity",
    "add",
    "fit",
    "fit_sums",
    "hours_to_mature",
    "lift_of_hours",
    "mature",
    "needed_posts",
    "pool",
    "summarise",
    "to_wall_time",
]
