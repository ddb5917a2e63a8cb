"""The figures that series by day tell, of an account or of a post."""

# A level is what stands at the end of a day, the rest is what the day added.
LEVELS = frozenset({"followers"})
FIGURES = (
    *("followers", "follows", "unfollows", "net_follows", "impressions", "reach", "views", "video_views"),
    *("viewers", "new_viewers", "returning_viewers", "profile_visits", "engagements", "reactions", "comments"),
    *("shares", "saves", "clicks", "link_clicks", "watch_seconds", "posts", "messages"),
)
# Counts of different people: days must not be added up.
PEOPLE = frozenset({"reach", "viewers", "new_viewers", "returning_viewers"})
# What a file calls by one name and may be of either platform; a person tells which.
EITHER = {"meta": ("facebook", "instagram")}


def places(platform: str) -> tuple[str, ...]:
    """The platforms that rows of this one may belong to."""
    return EITHER.get(platform, (platform,))
