"""Who may do what: one table from role to rights, and the marks that views carry.

Every view says what it wants: `@right("roi.view")` under a brand's address, `@signed_in` for a person's own
pages, `@public` for what strangers may see. The admission middleware enforces it, and a view that says nothing
is refused.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest

from accounts.models import Brand, BrandRole, Membership, User

View = TypeVar("View", bound=Callable[..., Any])

MANAGER_RIGHTS = frozenset(
    {
        "overview.view",
        "imports.view",
        "imports.edit",
        "posts.view",
        "best_times.view",
        "best_times.edit",
        "roi.view",
        "roi.edit",
        "jobs.view",
        "desk.view",
        "strategy.view",
        "strategy.edit",
    }
)
RIGHTS: dict[str, frozenset[str]] = {
    "owner": MANAGER_RIGHTS,
    "smm": MANAGER_RIGHTS,
    "cm": frozenset({"desk.view"}),
}


class BrandRequest(HttpRequest):
    """What a view under `/brands/<slug>/` receives."""

    brand: Brand
    roles: frozenset[str]
    user: User
    htmx: Any


def right(name: str) -> Callable[[View], View]:
    """Mark a brand view with the right it needs; the middleware answers 404 to everybody else."""

    def mark(view: View) -> View:
        view.required_right = name
        return view

    return mark


def signed_in(view: View) -> View:
    """Mark a view that any signed-in person may use for himself."""
    view.for_everybody_signed_in = True
    return view


def public(view: View) -> View:
    """Mark a view that strangers may see."""
    view = login_not_required(view)
    view.for_strangers = True
    return view


def roles_in(user: User, brand: Brand) -> frozenset[str]:
    """The person's roles in a brand; empty for a stranger. Two queries."""
    membership = Membership.objects.filter(user=user, agency=brand.agency_id).first()
    if membership is None:
        return frozenset()
    roles = set(BrandRole.objects.filter(membership=membership, brand=brand).values_list("role", flat=True))
    return frozenset(roles | ({"owner"} if membership.is_owner else set()))


def rights_of(roles: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(RIGHTS[role] for role in roles))
