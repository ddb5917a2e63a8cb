"""Who may do what: one table from role to rights, and the marks that views carry.

Every view says what it wants: `@right("roi.view")` under a brand's address, `@signed_in` for a person's own
pages, `@public` for what strangers may see. The admission middleware enforces it, and a view that says nothing
is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.db.models import FilteredRelation, Q
from django.http import HttpRequest

from accounts.models import Brand, Membership, User

View = TypeVar("View", bound=Callable[..., Any])

MANAGER_RIGHTS = frozenset(
    {
        "overview.view",
        "imports.view",
        "imports.edit",
        "posts.view",
        "posts.edit",
        "best_times.view",
        "best_times.edit",
        "roi.view",
        "roi.edit",
        "jobs.view",
        "desk.view",
        "strategy.view",
        "strategy.edit",
        "campaigns.view",
        "campaigns.edit",
        "calendar.view",
        "calendar.edit",
        "crisis.view",
        "crisis.edit",
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


@dataclass(frozen=True)
class Standing:
    """A person's roles in a brand, none for a stranger, and whether he owns any agency."""

    roles: frozenset[str]
    owns_agency: bool


def standing_in(user: User, brand: Brand) -> Standing:
    """What the person is to a brand, in one query: every page of a brand asks it."""
    here = FilteredRelation("roles", condition=Q(roles__brand=brand))
    rows = Membership.objects.filter(user=user).annotate(here=here)
    told = list(rows.values_list("agency_id", "is_owner", "here__role"))
    mine = [(is_owner, role) for agency_id, is_owner, role in told if agency_id == brand.agency_id]
    roles = {role for _is_owner, role in mine if role}
    owner = {"owner"} if any(is_owner for is_owner, _role in mine) else set()
    return Standing(frozenset(roles | owner), any(is_owner for _agency, is_owner, _role in told))


def rights_of(roles: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(RIGHTS[role] for role in roles))
