"""Says what published posts were for: from what was planned, or as a person tells."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from accounts.scoping import BrandOwned
from analytics.models import Post, PostTag
from analytics.selectors.tags import has_tag
from strategy.models import TaskPublication

FIELDS = ("campaign", "pillar", "audience")
MOST_AT_ONCE = 500
register_messages(
    {
        "posts_not_chosen": _("Tick at least one post."),
        "posts_too_many": _("%(n)s posts at once are too many: tick at most %(most)s."),
        "tags_not_told": _("Choose a campaign, a content pillar or an audience for them."),
        "tag_of_another_brand": _("This does not belong to the brand. Choose again."),
    }
)


class Plan(NamedTuple):
    """What a post was planned for; numbers of rows of the post's brand."""

    post: int
    campaign: int | None
    pillar: int | None
    audience: int | None


@transaction.atomic
def from_plans(brand: Brand, plans: Iterable[Plan]) -> int:
    """Pass on to posts what they were planned for, unless a person said otherwise; returns how many changed."""
    wanted = {plan.post: plan for plan in plans}
    posts = list(Post.objects.filter(pk__in=wanted).only("channel_id", "external_id"))
    known = _known(posts)
    new, changed = [], []
    for post in posts:
        plan, row = wanted[post.pk], known.get((post.channel_id, post.external_id))
        if row is None:
            row = PostTag(brand=brand, channel_id=post.channel_id, external_id=post.external_id, planned=True)
            new.append(_filled(row, plan))
        elif not (row.planned and _told(row) == plan[1:]) and not (row.by_hand and row.planned):
            row.planned = True
            changed.append(row if row.by_hand else _filled(row, plan))
    PostTag.objects.bulk_create(new)
    PostTag.objects.bulk_update(changed, ["planned", *FIELDS])
    return len(new) + len(changed)


def _known(posts: Iterable[Post]) -> dict[tuple[int, str], PostTag]:
    """The tags that these posts have, locked."""
    names = [(post.channel_id, post.external_id) for post in posts]
    rows = PostTag.objects.filter(
        channel__in={channel for channel, _number in names}, external_id__in=[number for _channel, number in names]
    )
    return {(row.channel_id, row.external_id): row for row in rows.select_for_update(of=("self",))}


def _filled(row: PostTag, plan: Plan) -> PostTag:
    row.campaign_id, row.pillar_id, row.audience_id = plan[1:]
    return row


def _told(row: PostTag) -> tuple[int | None, int | None, int | None]:
    return row.campaign_id, row.pillar_id, row.audience_id


@transaction.atomic
def forget_plans(posts: Iterable[int]) -> None:
    """These posts were not what was planned after all; what a person said of them stays."""
    rows = _known(Post.objects.filter(pk__in=list(posts)).only("channel_id", "external_id")).values()
    PostTag.objects.filter(pk__in=[row.pk for row in rows if not row.by_hand]).delete()
    PostTag.objects.filter(pk__in=[row.pk for row in rows if row.by_hand]).update(planned=False)


def from_tasks(brand: Brand) -> int:
    """Pass on the campaigns of the tasks that published posts, where nothing is known of these yet.

    An entry of the calendar tells more of a post than a task does. The brand must be in scope.
    """
    accepted = TaskPublication.objects.filter(state=TaskPublication.State.ACCEPTED)
    own = accepted.filter(post=OuterRef("pk")).order_by("pk").values("task__campaign")[:1]
    posts = Post.objects.filter(~has_tag(), pk__in=accepted.values("post"))
    told = list(posts.annotate(campaign=Subquery(own)).values_list("pk", "campaign"))
    return from_plans(brand, [Plan(post, campaign, None, None) for post, campaign in told]) if told else 0


@transaction.atomic
def set_by_hand(brand: Brand, numbers: Iterable[int], values: Mapping[str, Any], *, by: User) -> int:
    """Say of these posts what `values` names (campaign, pillar, audience; None: of none); returns how many.

    Raises InvalidInput where nothing was chosen, or where a value is another brand's.
    """
    wanted = {name: value for name, value in values.items() if name in FIELDS}
    chosen = set(numbers)
    _check(brand, chosen, wanted)
    posts = list(Post.objects.filter(pk__in=chosen).only("channel_id", "external_id", "text"))
    if not posts:
        raise InvalidInput("posts_not_chosen")
    known = _known(posts)
    for post in posts:
        name = (post.channel_id, post.external_id)
        row = known.get(name) or PostTag(brand=brand, channel_id=name[0], external_id=name[1])
        for field, value in wanted.items():
            setattr(row, field, value)
        row.by_hand, row.by = True, by
        row.save()
    told = {field: str(value or "") for field, value in wanted.items()} | {"posts": len(posts)}
    audit.record("posts.tagged", posts[0], by=by, brand=brand, after=told)
    return len(posts)


def _check(brand: Brand, chosen: set[int], wanted: Mapping[str, Any]) -> None:
    if not chosen:
        raise InvalidInput("posts_not_chosen")
    if len(chosen) > MOST_AT_ONCE:
        raise InvalidInput("posts_too_many", n=len(chosen), most=MOST_AT_ONCE)
    if not wanted:
        raise InvalidInput("tags_not_told")
    for field, value in wanted.items():
        if isinstance(value, BrandOwned) and value.brand_id != brand.pk:
            raise InvalidInput("tag_of_another_brand", field=field)
