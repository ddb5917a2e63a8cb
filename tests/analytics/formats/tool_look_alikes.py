"""Look-alikes of what schedulers and reporting tools export, and of the calendars that they take."""

from tests.analytics.formats.look_alike_kit import (
    LookAlike,
    counts,
    links,
    look_alike,
    moments,
    same,
    table,
    texts,
)


def _days(form: str) -> list[str]:
    return list(moments(form))


@look_alike("hootsuite_posts")
def _hootsuite_posts() -> LookAlike:
    return LookAlike(
        *table(
            "Date (GMT)|Post ID|Post Message|Post Permalink|Post Type|Social Network|Impressions|Reach|Engagement|"
            "Likes|Comments|Shares|Post Link Clicks|Video Views",
            list(moments("%Y-%m-%d %H:%M")),
            links("17{}"),
            texts("words"),
            links("https://www.instagram.com/p/A{}/"),
            same("Photo"),
            same("Instagram"),
            *(counts(times) for times in (300, 200, 15, 12, 2, 1, 3, 9)),
        )
    )


@look_alike("buffer_posts")
def _buffer_posts() -> LookAlike:
    return LookAlike(
        *table(
            "Date|Update|Service|Service Link|Type|Impressions|Reach|Engagements|Likes|Comments|Shares|Clicks",
            list(moments("%Y-%m-%dT%H:%M:%SZ")),
            texts("words"),
            same("twitter"),
            links("https://x.com/alba/status/17{}"),
            same("image"),
            *(counts(times) for times in (300, 200, 15, 12, 2, 1, 3)),
        )
    )


@look_alike("metricool_posts")
def _metricool_posts() -> LookAlike:
    return LookAlike(
        *table(
            "Data|Rete|Tipo|Contenuto|URL|Impressioni|Copertura|Mi piace|Commenti|Salvati|Condivisioni|"
            "Interazioni",
            list(moments("%d/%m/%Y %H:%M")),
            same("instagram"),
            same("REEL"),
            texts("words"),
            links("https://www.instagram.com/p/A{}/"),
            *(counts(times) for times in (300, 200, 12, 3, 2, 1, 18)),
        )
    )


@look_alike("pinterest_pins")
def _pinterest_pins() -> LookAlike:
    return LookAlike(
        *table(
            "Pin ID|Pin title|Pin link|Created at|Impressions|Engagements|Pin clicks|Outbound clicks|Saves",
            links("99{}"),
            texts("words"),
            links("https://www.pinterest.com/pin/99{}/"),
            list(moments("%Y-%m-%d %H:%M")),
            *(counts(times) for times in (300, 30, 20, 9, 5)),
        )
    )


@look_alike("sprout_posts")
def _sprout_posts() -> LookAlike:
    return LookAlike(
        *table(
            "Date|Post ID|Network|Post Type|Content Type|Profile|Link|Post|Impressions|Organic Impressions|Reach|"
            "Engagement Rate (per Impression)|Engagements|Reactions|Comments|Shares|Saves|Post Link Clicks|"
            "Other Post Clicks",
            list(moments("%m/%d/%Y %I:%M %p")),
            links("17{}"),
            same("Instagram"),
            same("Post"),
            same("Photo"),
            same("@caffe.alba"),
            links("https://www.instagram.com/p/A{}/"),
            texts("words"),
            *(counts(times) for times in (300, 290, 200)),
            same("4.2%"),
            *(counts(times) for times in (12, 8, 2, 1, 1, 3, 5)),
        )
    )


@look_alike("planned_metricool")
def _planned_metricool() -> LookAlike:
    return LookAlike(
        *table(
            "Text|Date|Time|Draft|Facebook|Twitter/X|LinkedIn|Instagram|Picture Url 1|Shortener",
            texts("words"),
            _days("%Y-%m-%d"),
            _days("%H:%M:00"),
            same("FALSE"),
            same("FALSE"),
            same("FALSE"),
            same("FALSE"),
            same("TRUE"),
            links("https://pictures.example/{}.jpg"),
            same("FALSE"),
        )
    )


@look_alike("planned_buffer")
def _planned_buffer() -> LookAlike:
    return LookAlike(
        *table(
            "Text|Image URL|Tags|Posting Time",
            texts("words"),
            links("https://pictures.example/{}.jpg"),
            same("menu"),
            _days("%Y-%m-%d %H:%M"),
        )
    )


@look_alike("planned_later")
def _planned_later() -> LookAlike:
    return LookAlike(
        *table(
            "Scheduled Time|Caption|Media URL|Profile|Label",
            _days("%Y-%m-%d %H:%M"),
            texts("words"),
            links("https://pictures.example/{}.jpg"),
            same("@caffe.alba"),
            same("menu"),
        )
    )


@look_alike("planned_sprout")
def _planned_sprout() -> LookAlike:
    return LookAlike(
        *table("date|time_24hr|message_text", _days("%d/%m/%Y"), _days("%H:%M"), texts("words")),
    )


@look_alike("planned_hootsuite")
def _planned_hootsuite() -> LookAlike:
    return LookAlike(
        *table(
            "Date|Message|Link|Image URL|Profile",
            _days("%Y-%m-%d %H:%M"),
            texts("words"),
            links("https://caffe.example/{}"),
            same(""),
            same("Instagram caffe.alba"),
        )
    )


@look_alike("planned_calendar")
def _planned_calendar() -> LookAlike:
    return LookAlike(
        *table(
            "Date|Time|Platform|Text|Link",
            _days("%Y-%m-%d"),
            _days("%H:%M"),
            same("instagram"),
            texts("words"),
            links("https://caffe.example/{}"),
        )
    )
