"""The sentences of what worked: natural in both languages, signs where they are needed, no causes."""

import pytest
from django.utils import translation

from analytics import effects_words as words

NBSP = "\N{NO-BREAK SPACE}"


def level(slug: str = "carousel", lift: float = 0.38, low: float = 0.15, high: float = 0.66, **fields) -> dict:
    usual = {"slug": slug, "posts": 42, "lift": lift, "low": low, "high": high, "judged": True, "found": True}
    return usual | {"more": None, "alike": []} | fields


@pytest.mark.parametrize(
    ("language", "dimension", "found", "metric", "said"),
    [
        (
            *("en", "format", level(), "saves"),
            "Carousels brought 38 % more saves than your typical post, other things equal (between 15 % and 66 %, "
            "42 posts).",
        ),
        (
            *("it", "format", level(), "saves"),
            "I caroselli hanno portato il 38 % di salvataggi in più rispetto al post tipico, a parità del resto "
            "(tra 15 % e 66 %, 42 post).",
        ),
        (
            *("it", "weekday", level("0", -0.08, -0.15, -0.02), "clicks"),
            "I post del lunedì hanno portato l’8 % di clic in meno rispetto al post tipico, a parità del resto "
            "(tra 2 % e 15 %, 42 post).",
        ),
        (
            *("en", "hour", level("18", 1.2, 0.8, 1.7), "reach"),
            "Posts between 18:00 and 21:00 reached 120 % more people than your typical post, other things equal "
            "(between 80 % and 170 %, 42 posts).",
        ),
        (
            *("en", "campaign", level("7", 0.1, -0.01, 0.2), "shares"),
            "Posts of the campaign “Spring” brought 10 % more shares than your typical post, other things equal "
            "(between −1 % and +20 %, 42 posts).",
        ),
    ],
)
def test_a_finding_reads_as_a_person_would_say_it(language, dimension, found, metric, said):
    with translation.override(language):
        told = words.finding(dimension, found, metric, {"campaign": {"7": "Spring"}})
    assert told.replace(NBSP, " ") == said


@pytest.mark.parametrize(
    ("share", "said"), [(0.01, "l’1 %"), (0.08, "l’8 %"), (0.11, "l’11 %"), (0.87, "l’87 %"), (0.18, "il 18 %")]
)
def test_italian_cuts_its_article_where_the_number_begins_with_a_vowel(share, said):
    with translation.override("it"):
        assert words.the_share(share).replace(NBSP, " ") == said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (0, "would most likely have shown"),
        (37, "About 40 more posts of each would show a difference of 20 %"),
        (9_000, "more than 2,000 more posts of some of them"),
    ],
)
def test_what_cannot_be_told_yet(more, said):
    open_levels = [level(slug, found=False, more=more) for slug in ("6", "0")]
    told = words.untold({"name": "weekday", "levels": open_levels}, {}).replace(NBSP, " ")
    assert said in told
    assert "Monday and Sunday" in told


def test_nothing_is_said_of_one_open_level():
    assert words.untold({"name": "format", "levels": [level(), level("photo", found=False, more=3)]}, {}) == ""


@pytest.mark.parametrize(("count", "planned"), [(1, 5), (19, 20), (21, 30), (214, 250), (501, 600)])
def test_posts_are_asked_for_in_numbers_to_plan_with(count, planned):
    assert words.rounded(count) == planned


def test_every_level_that_a_trait_can_have_has_words_in_both_languages():
    for dimension, levels in words.LEVELS.items():
        assert levels.keys() == words.SUBJECTS[dimension].keys()
        for slug in levels:
            with translation.override("it"):
                assert words.subject(dimension, slug, {}).startswith(("I ", "Gli ", "Le "))
