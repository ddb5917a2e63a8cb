"""The KPIs that an objective can have: formula, unit, direction, and which imports feed them. Pure.

`_` only marks the texts for translation; whoever shows them translates. The formulas follow common usage and name
their denominator, since the same name has several definitions.
"""

from __future__ import annotations

from dataclasses import dataclass


def _(text: str) -> str:
    return text


STAGES = {
    "awareness": _("awareness"),
    "engagement": _("engagement"),
    "traffic": _("traffic"),
    "conversion": _("conversion"),
    "loyalty": _("loyalty"),
    "care": _("customer care"),
}
POSTS = _("exports of posts")
DAYS = _("series by day")
ADS = _("exports of ads")
VISITS = _("Google Analytics")
ORDERS = _("orders of the shop")


@dataclass(frozen=True)
class Kpi:
    """One KPI.

    kind: "level" (as it stands), "volume" (adds up), "rate" (a sum of numerators over a sum of denominators, never
    a mean of rates), "growth" (a level against itself), "hand" (no import feeds it). unit: "count", "percent",
    "money", "times", "minutes". feeds: the imports that tell it. base: the KPI whose weeks it is made of.
    """

    slug: str
    stage: str
    name: str
    formula: str
    unit: str = "count"
    kind: str = "volume"
    direction: str = "up"
    feeds: tuple[str, ...] = ()
    base: str = ""

    @property
    def is_imported(self) -> bool:
        return self.kind != "hand"

    @property
    def may_be_negative(self) -> bool:
        """Followers can become fewer, and more people may advise against than recommend."""
        return self.slug in ("follower_growth", "recommendation")

    @property
    def countings(self) -> tuple[str, ...]:
        """How an objective may count it, the usual way first."""
        return (
            ("period", "total") if self.kind == "volume" else ("level",) if self.kind == "level" else ("period",)
        )


_ALL = (
    Kpi(
        "followers",
        "awareness",
        _("followers"),
        _("followers at the end of the week"),
        kind="level",
        feeds=(DAYS,),
    ),
    Kpi(
        "follower_growth",
        "awareness",
        _("follower growth"),
        _("new followers less those lost, divided by the followers before"),
        unit="percent",
        kind="growth",
        feeds=(DAYS,),
        base="followers",
    ),
    Kpi("impressions", "awareness", _("impressions"), _("impressions of posts, added up"), feeds=(POSTS,)),
    Kpi("views", "awareness", _("views"), _("views of posts, added up"), feeds=(POSTS,)),
    Kpi(
        "reach_per_post",
        "awareness",
        _("reach per post"),
        _("reach of posts divided by their number; reach of different posts is never added up to people"),
        kind="rate",
        feeds=(POSTS,),
    ),
    Kpi(
        "frequency",
        "awareness",
        _("frequency"),
        _("impressions divided by reach, of posts that have both"),
        unit="times",
        kind="rate",
        feeds=(POSTS,),
    ),
    Kpi(
        "share_of_voice",
        "awareness",
        _("share of voice"),
        _("own mentions divided by own and competitors' mentions"),
        unit="percent",
        kind="hand",
    ),
    Kpi("engagements", "engagement", _("engagements"), _("reactions, comments, shares and saves"), feeds=(POSTS,)),
    Kpi(
        "er_reach",
        "engagement",
        _("engagement rate by reach"),
        _("engagements divided by reach, of posts that have both"),
        unit="percent",
        kind="rate",
        feeds=(POSTS,),
    ),
    Kpi(
        "er_impressions",
        "engagement",
        _("engagement rate by impressions"),
        _("engagements divided by impressions, of posts that have both"),
        unit="percent",
        kind="rate",
        feeds=(POSTS,),
    ),
    Kpi(
        "er_views",
        "engagement",
        _("engagement rate by views"),
        _("engagements divided by views, of posts that have both"),
        unit="percent",
        kind="rate",
        feeds=(POSTS,),
    ),
    Kpi(
        "engagements_per_post",
        "engagement",
        _("engagements per post"),
        _("engagements divided by the number of posts"),
        kind="rate",
        feeds=(POSTS,),
    ),
    Kpi(
        "comments_per_post",
        "engagement",
        _("comments per post"),
        _("comments divided by the number of posts"),
        kind="rate",
        feeds=(POSTS,),
    ),
    Kpi(
        "shares_per_post",
        "engagement",
        _("shares per post"),
        _("shares divided by the number of posts"),
        kind="rate",
        feeds=(POSTS,),
    ),
    Kpi(
        "save_rate",
        "engagement",
        _("save rate"),
        _("saves divided by reach, of posts that have both"),
        unit="percent",
        kind="rate",
        feeds=(POSTS,),
    ),
    Kpi(
        "clicks", "traffic", _("clicks"), _("clicks on links; all clicks where no others are told"), feeds=(POSTS,)
    ),
    Kpi(
        "ctr",
        "traffic",
        _("click-through rate"),
        _("clicks divided by impressions, of posts that have both"),
        unit="percent",
        kind="rate",
        feeds=(POSTS,),
    ),
    Kpi("sessions", "traffic", _("visits"), _("visits of the site that came from social media"), feeds=(VISITS,)),
    Kpi(
        "engaged_rate",
        "traffic",
        _("engaged visits"),
        _("engaged visits divided by visits from social media"),
        unit="percent",
        kind="rate",
        feeds=(VISITS,),
    ),
    Kpi(
        "cpc",
        "traffic",
        _("cost per click"),
        _("ad spend divided by clicks on ads"),
        unit="money",
        kind="rate",
        direction="down",
        feeds=(ADS,),
    ),
    Kpi(
        "conversions",
        "conversion",
        _("conversions"),
        _("key events of visits from social media"),
        feeds=(VISITS,),
    ),
    Kpi(
        "revenue",
        "conversion",
        _("revenue"),
        _("revenue of visits from social media"),
        unit="money",
        feeds=(VISITS,),
    ),
    Kpi(
        "orders", "conversion", _("orders"), _("orders of the shop whose origin is social media"), feeds=(ORDERS,)
    ),
    Kpi(
        "cvr",
        "conversion",
        _("conversion rate"),
        _("key events divided by visits from social media"),
        unit="percent",
        kind="rate",
        feeds=(VISITS,),
    ),
    Kpi(
        "cpa",
        "conversion",
        _("cost per result"),
        _("ad spend divided by results of ads"),
        unit="money",
        kind="rate",
        direction="down",
        feeds=(ADS,),
    ),
    Kpi(
        "roas",
        "conversion",
        _("return on ad spend"),
        _("value of the ads' conversions divided by ad spend"),
        unit="times",
        kind="rate",
        feeds=(ADS,),
    ),
    Kpi(
        "unfollow_rate",
        "loyalty",
        _("unfollow rate"),
        _("followers lost divided by followers, per week"),
        unit="percent",
        kind="rate",
        direction="down",
        feeds=(DAYS,),
    ),
    Kpi(
        "returning_commenters",
        "loyalty",
        _("returning commenters"),
        _("people who commented before, divided by people who comment"),
        unit="percent",
        kind="hand",
    ),
    Kpi(
        "repeat_purchase",
        "loyalty",
        _("repeat purchases"),
        _("customers from social media who bought again, divided by all of them"),
        unit="percent",
        kind="hand",
    ),
    Kpi(
        "recommendation",
        "loyalty",
        _("recommendation score"),
        _("share of those who would recommend less share of those who would not"),
        unit="count",
        kind="hand",
    ),
    Kpi(
        "response_rate",
        "care",
        _("response rate"),
        _("answered messages and comments divided by those that want an answer"),
        unit="percent",
        kind="hand",
    ),
    Kpi(
        "first_reply",
        "care",
        _("time to first reply"),
        _("median minutes to the first answer, in office hours"),
        unit="minutes",
        kind="hand",
        direction="down",
    ),
    Kpi(
        "resolved",
        "care",
        _("resolved cases"),
        _("cases closed to the person's satisfaction divided by all cases"),
        unit="percent",
        kind="hand",
    ),
    Kpi(
        "negative_share",
        "care",
        _("negative feedback"),
        _("posts hidden or reported divided by reach, of posts that have both"),
        unit="percent",
        kind="rate",
        direction="down",
        feeds=(POSTS,),
    ),
)
KPIS: dict[str, Kpi] = {kpi.slug: kpi for kpi in _ALL}


def by_stage() -> dict[str, list[Kpi]]:
    """The KPIs of each funnel stage, in the order of the funnel."""
    return {stage: [kpi for kpi in _ALL if kpi.stage == stage] for stage in STAGES}
