"""The pages of what worked: asked for, computed, read, opened to posts, taken away as a file, made a lesson."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import analytics.tasks  # noqa: F401 - registers what does the jobs
from accounts import jobs
from accounts.scoping import brands_in_scope
from analytics.models import EffectsReport, Post
from analytics.services import effects as services
from analytics.services.effects import Wanted, span
from strategy.models import Lesson
from tests.analytics.posts import add_channel, add_posts
from tests.analytics.test_effects_service import END, START, posts

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def report(brand) -> EffectsReport:
    add_posts(add_channel(brand, "instagram"), posts(80))
    return services.report_now(brand, Wanted(START, END))


def at(name: str, *numbers: int) -> str:
    return reverse(name, args=["caffe-alba", *numbers])


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace(NBSP, " "))


def test_from_the_form_to_the_findings(bea, brand):
    add_posts(add_channel(brand, "instagram"), posts(80))
    assert "The latest post is of 9 Mar 2026" in text_of(bea.get(at("effects_new")))
    answer = bea.post(at("effects_new"), {"metric": "engagements", "period": "days"})
    report = EffectsReport.objects.get()
    assert (report.start, report.end) == (date(2025, 12, 10), date(2026, 3, 9))
    assert answer.url == at("effects_report", report.pk)
    waiting = text_of(bea.get(answer.url))
    assert "Waiting for a worker" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    assert "being computed" in text_of(bea.get(at("effects")))
    jobs.execute(report.job.pk, heartbeat=False)
    assert bea.get(answer.url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    page = text_of(bea.get(answer.url))
    assert re.search(r"Carousels brought \d\d % more engagements than your typical post, other things equal", page)
    assert "Photos brought" not in page  # of two formats the one says all
    assert re.search(r"The typical post: \d+ engagements\.", page)
    assert re.search(r"\(between \d\d % and \d+ %, 40 posts\)", page)
    assert "because" not in page.lower()
    assert "80" in text_of(bea.get(at("effects")))


def test_what_cannot_be_told_comes_with_the_posts_that_would_tell(bea, report):
    page = text_of(bea.get(at("effects_report", report.pk)))
    assert re.search(r"no difference can be told yet between .*? more posts of each would show", page)
    assert "Platform</strong>: There is nothing to compare" in page
    assert "No post is tagged" in page


def test_italian_sentences_are_italian(bea, cast, report):
    cast.bea.language = "it"
    cast.bea.save()
    page = text_of(bea.get(at("effects_report", report.pk)))
    assert re.search(
        r"I caroselli hanno portato (il|l’)\s?\d\d % di interazioni in più rispetto al post tipico", page
    )
    assert "more" not in re.findall(r"<main.*?</main>", page)[0].split("data-chart")[0].replace("more-", "")


def test_a_figure_opens_to_the_posts_behind_it_even_when_some_are_gone(bea, report):
    page = at("effects_posts", report.pk) + "?dimension=format&level=carousel"
    assert page.replace("&", "&amp;") in bea.get(at("effects_report", report.pk)).content.decode()
    shown = text_of(bea.get(page))
    assert shown.count('class="post-text"') == 40
    Post.objects.filter(format="carousel").order_by("pk").first().delete()
    assert "no longer imported" in text_of(bea.get(page))
    rows = bea.get(at("effects_posts_export", report.pk) + "?dimension=format&level=carousel").content.decode()
    assert len(rows.splitlines()) == 41


@pytest.mark.parametrize("asked", ["", "?dimension=nothing&level=x", "?dimension=format&level=nothing"])
def test_posts_of_no_kind_are_none(bea, report, asked):
    answer = bea.get(at("effects_posts", report.pk) + asked)
    assert answer.status_code == 200
    assert "The report counted no post of this kind" in text_of(answer)


def test_single_posts_lead_to_their_pages(bea, report):
    page = text_of(bea.get(at("effects_report", report.pk)))
    best = report.results["best"][0]["post"]
    assert at("post_detail", best) in page
    assert "Format: carousel (50 %)" in page.replace("Format: Carousel", "Format: carousel")


def test_the_table_as_a_file(bea, report):
    lines = bea.get(at("effects_report_export", report.pk)).content.decode().splitlines()
    carousel = next(line for line in lines if line.startswith("format,carousel"))
    assert carousel.split(",")[3] == "40"
    assert ",yes," in carousel
    answer = bea.get(at("effects_report_export", report.pk) + "?file=xlsx")
    assert answer.content.startswith(b"PK")
    assert "what-worked-caffe-alba-engagements-2026-01-01-2026-03-31" in answer["Content-Disposition"]


def test_a_finding_stands_in_the_form_of_a_lesson(bea, report):
    page = bea.get(at("effects_report", report.pk)).content.decode()
    link = re.search(r'href="([^"]*lessons/new[^"]*)"', page).group(1).replace("&amp;", "&")
    asked = parse_qs(urlsplit(link).query)
    form = bea.get(link)
    assert form.context["form"]["finding"].value() == asked["finding"][0]
    assert form.context["form"]["evidence_link"].value() == at("effects_report", report.pk)
    fields = {name: asked[name][0] for name in ("finding", "verdict", "evidence", "evidence_link")}
    assert bea.post(at("lesson_new"), fields | {"version": 1}).status_code == 302
    lesson = Lesson.objects.get()
    assert lesson.finding.startswith("Carousels brought")
    assert "80 posts were compared" in lesson.evidence.replace(NBSP, " ")


def test_what_an_address_proposes_for_a_lesson_is_read_with_care(bea, cast):
    values = (
        bea.get(at("lesson_new") + "?verdict=burn&platforms=nowhere&pillars=x&campaign=1e9")
        .context["form"]
        .initial
    )
    assert {name: value for name, value in values.items() if value} == {"owner": cast.bea.pk}


def test_too_few_posts_and_an_empty_brand_say_what_to_do(bea, brand):
    assert "No posts to compare yet" in text_of(bea.get(at("effects")))
    add_posts(add_channel(brand), posts(12))
    assert "Nothing compared yet" in text_of(bea.get(at("effects")))
    few = services.report_now(brand, Wanted(START, END))
    page = text_of(bea.get(at("effects_report", few.pk)))
    assert "Too few posts to compare" in page
    assert "12 posts of these days have the figure; 30 are needed" in page
    assert "Too few posts to compare" in text_of(bea.get(at("effects")))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"period": "own"}, "Give the day, or choose another period"),
        ({"period": "own", "start": "2026-02-01", "end": "2026-01-01"}, "The period ends before it starts"),
        ({"period": "own", "start": "2020-02-01", "end": "2026-01-01"}, "Two years at most"),
        ({"period": "never"}, "Select a valid choice"),
    ],
)
def test_a_period_that_cannot_be_is_explained(bea, brand, asked, said):
    answer = bea.post(at("effects_new"), {"metric": "reach", **asked})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not EffectsReport.objects.exists()


def test_a_report_is_computed_anew_and_deleted(bea, report):
    answer = bea.post(at("effects_report_again", report.pk))
    fresh = EffectsReport.objects.get(number=2)
    assert answer.url == at("effects_report", fresh.pk)
    assert "Delete this report?" in text_of(bea.get(at("effects_report_delete", report.pk)))
    assert bea.post(at("effects_report_delete", report.pk)).url == at("effects")
    assert list(EffectsReport.objects.values_list("number", flat=True)) == [2]


def test_a_job_that_failed_says_so(bea, brand):
    report = services.request_report(brand, Wanted(START, END), by=None)
    jobs.claim(report.job.pk).fail("job_broke", {}, state="errored")
    page = text_of(bea.get(at("effects_report", report.pk)))
    assert "Something went wrong on our side" in page
    assert at("job_retry", report.job.pk) in page
    assert bea.get(at("effects_report_export", report.pk)).url == at("effects_report", report.pk)


def test_pages_ask_as_much_of_the_database_for_many_posts_as_for_few(bea, brand):
    channel = add_channel(brand)
    counts = []
    for number in (40, 100):
        Post.objects.all().delete()
        add_posts(channel, posts(number, seed=number))
        report = services.report_now(brand, Wanted(START, END))
        for page in (
            at("effects_report", report.pk),
            at("effects_posts", report.pk) + "?dimension=format&level=photo",
        ):
            bea.get(page)
            with CaptureQueriesContext(connection) as asked:
                bea.get(page)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


@pytest.mark.parametrize(
    ("period", "last", "expected"),
    [
        ("quarter", date(2026, 11, 26), (date(2026, 7, 1), date(2026, 9, 30))),
        ("quarter", date(2026, 2, 3), (date(2025, 10, 1), date(2025, 12, 31))),
        ("year", date(2026, 12, 31), (date(2026, 1, 1), date(2026, 12, 31))),
        ("days", date(2026, 3, 31), (date(2026, 1, 1), date(2026, 3, 31))),
    ],
)
def test_periods(period, last, expected):
    assert span(period, last) == expected
