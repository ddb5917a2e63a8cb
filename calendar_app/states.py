"""Which status of an entry may follow which. Pure."""

# By hand; to "published" an entry comes by an import too, to "approved" by its reviewers.
NEXT: dict[str, tuple[str, ...]] = {
    "idea": ("draft", "cancelled"),
    "draft": ("in_review", "idea", "cancelled"),
    "in_review": ("draft", "cancelled"),
    "approved": ("scheduled", "draft", "cancelled"),
    "scheduled": ("published", "approved", "cancelled"),
    "published": ("scheduled",),
    "cancelled": ("draft",),
}
NEED_A_TIME = ("scheduled", "published")
# What was promised to somebody: a change of the content asks for approval again.
PROMISED = ("approved", "scheduled")


def may_follow(before: str, after: str) -> bool:
    """
    >>> may_follow("draft", "in_review"), may_follow("idea", "published")
    (True, False)
    """
    return after in NEXT.get(before, ())
