"""What is done with a file by the kind of rows that its format yields. A new kind is a module and a line here."""

from analytics.services.kinds.base import Store, Stored, Told, Work, coverage
from analytics.services.kinds.days import DaysStore
from analytics.services.kinds.orders import OrdersStore
from analytics.services.kinds.planned import PlannedStore
from analytics.services.kinds.posts import PostsStore
from analytics.services.kinds.spend import SpendStore
from analytics.services.kinds.visits import VisitsStore

STORES: dict[str, type[Store]] = {
    "posts": PostsStore,
    "spend": SpendStore,
    "traffic": VisitsStore,
    "days": DaysStore,
    "orders": OrdersStore,
    "planned": PlannedStore,
}


def is_routed(kind: str) -> bool:
    """Whether the rows of such a file belong to channels."""
    return kind in STORES and STORES[kind].routed


def feeds_best_times(kind: str) -> bool:
    return kind in STORES and STORES[kind].feeds_best_times


__all__ = ["STORES", "Store", "Stored", "Told", "Work", "coverage", "feeds_best_times", "is_routed"]
