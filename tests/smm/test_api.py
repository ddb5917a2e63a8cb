"""The API: every endpoint with every token, nothing of others, nothing overwritten, and described as it is."""

import doctest
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import tokens
from accounts.models import ApiToken, Brand
from accounts.scoping import brands_in_scope
from analytics.models import BestTimes, Post
from calendar_app.models import Entry
from calendar_app.services import entries as services
from smm.api import fields
from smm.api.endpoints import ENDPOINTS, Endpoint
from smm.api.openapi import answered, document
from tests.access_table import API, make_rows
from tests.calendar_app.calendar_kit import TODAY, add, add_channel
from tests.test_access import row_counts

ROOT = "/api/v1"
MANAGERS, DESK = {"ada", "bea"}, {"ada", "bea", "carlo"}
PEOPLE = ("ada", "bea", "carlo", "dario")


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def channel(brand):
    return add_channel(brand)


@pytest.fixture
def entry(cast, brand, channel):
    return add(brand, channel, by=cast.bea)


def secret_of(user, scope="write", **told):
    return tokens.make(user, name="script", scope=scope, days=told.pop("days", 90), **told)[1]


def call(secret, method, path, body=None, **headers):
    """Ask as a program does, without cookies and with the checks of other sites' requests on."""
    client = Client(enforce_csrf_checks=True)
    told = {"HTTP_AUTHORIZATION": f"Bearer {secret}"} if secret else {}
    content = json.dumps(body) if body is not None else ""
    return client.generic(method, f"{ROOT}{path}", content, content_type="application/json", **told, **headers)


def asked(endpoint: Endpoint, brand: Brand, number: int):
    """A call of an endpoint that succeeds for whoever may make it."""
    path = endpoint.path.replace("{brand}", brand.slug).replace("{id}", str(number))
    bodies = {
        "add_entry": {"title": "New", "channel": _channel(brand)},
        "change_entry": {"version": 1, "title": "Other"},
        "set_status": {"status": "draft"},
        "move_entry": {"day": "2046-05-05", "version": 1},
    }
    return endpoint.method, path, bodies.get(endpoint.name)


def _channel(brand: Brand) -> int:
    with brands_in_scope(brand.pk):
        return Entry.objects.first().channel_id


# --- who may ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_each_endpoint_answers_whom_the_pages_answer(cast, endpoint, person):
    number = make_rows(cast.brand, cast.bea).numbers["entry_id"]
    method, path, body = asked(endpoint, cast.brand, number)
    before = row_counts() if person not in DESK else None
    answer = call(secret_of(getattr(cast, person)), method, path, body)
    allowed = DESK if endpoint.right == "desk.view" else MANAGERS
    if not endpoint.right:
        assert answer.status_code == 200
    elif person in allowed:
        assert answer.status_code == endpoint.status, answer.content
    else:
        assert answer.status_code == 404
    if before:
        assert row_counts() == before | {"ApiToken": before["ApiToken"] + 1}


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_no_endpoint_answers_without_a_token_in_force(cast, endpoint):
    number = make_rows(cast.brand, cast.bea).numbers["entry_id"]
    method, path, body = asked(endpoint, cast.brand, number)
    expired = secret_of(cast.bea, days=1, now=timezone.now() - timedelta(days=2))
    revoked = secret_of(cast.bea)
    assert tokens.revoke(cast.bea, ApiToken.objects.get(digest=tokens.digest_of(revoked)).pk)
    session = Client()
    session.force_login(cast.bea)
    before = row_counts()
    for secret in ("", "timone_wrong", expired, revoked):
        answer = call(secret, method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (401, "no_token")
        assert answer["WWW-Authenticate"] == "Bearer"
    assert session.generic(method, f"{ROOT}{path}").status_code == 401
    cast.bea.is_active = False
    good = secret_of(cast.bea)
    cast.bea.save()
    assert call(good, method, path, body).status_code == 401
    assert row_counts() == before | {"ApiToken": before["ApiToken"] + 1}


@pytest.mark.parametrize("endpoint", [each for each in ENDPOINTS if each.writes], ids=lambda each: each.name)
def test_a_token_that_may_read_writes_nothing(cast, endpoint):
    number = make_rows(cast.brand, cast.bea).numbers["entry_id"]
    secret = secret_of(cast.bea, scope="read")
    before = row_counts()
    answer = call(secret, *asked(endpoint, cast.brand, number))
    assert (answer.status_code, answer.json()["code"]) == (403, "read_only")
    assert row_counts() == before


@pytest.mark.parametrize("whose", ["other_brand", "foreign_brand"])
def test_what_is_of_another_brand_does_not_exist(cast, brand, channel, entry, whose):
    other = getattr(cast, whose)
    rows = make_rows(other, cast.ada).numbers
    secret = secret_of(cast.bea)
    nobody = call(secret, "GET", "/brands/not-there/entries")
    before = row_counts()
    for endpoint in ENDPOINTS:
        if endpoint.right:
            theirs = call(secret, *asked(endpoint, other, rows["entry_id"]))
            assert (theirs.status_code, theirs.content) == (nobody.status_code, nobody.content)
        if "{id}" in endpoint.path:
            mixed = call(secret, *asked(endpoint, cast.brand, rows["entry_id"]))
            assert (mixed.status_code, mixed.content) == (nobody.status_code, nobody.content)
    for name in ("channel", "campaign", "pillar", "audience"):
        path = f"/brands/caffe-alba/entries/{entry.pk}"
        for number in (rows[f"{name}_id"], 10**17):
            answer = call(secret, "PATCH", path, {"version": 1, name: number})
            assert answer.status_code == 422 and answer.json()["errors"][0]["field"] == name
    addresses = {person: call(secret, "PATCH", path, {"version": 1, "reviewers": [person]}).json()
                 for person in (cast.dario.email, "nobody@sud.example")}  # fmt: skip
    texts = {told["errors"][0]["text"].replace(person, "") for person, told in addresses.items()}
    assert len(texts) == 1
    assert row_counts() == before
    assert [each["slug"] for each in call(secret, "GET", "/brands").json()["items"]] == ["caffe-alba"]


def test_a_community_manager_is_told_what_the_desk_shows(cast, brand, channel):
    told = {"by": cast.bea, "notes": "Secret", "status": "approved"}
    shown, hidden = add(brand, channel, **told), add(brand, channel, by=cast.bea, title="Draft")
    secret = secret_of(cast.carlo)
    found = call(secret, "GET", "/brands/caffe-alba/entries").json()["items"]
    assert [each["id"] for each in found] == [shown.pk]
    assert not found[0].keys() & {"notes", "version", "reviewers", "link", "campaign"}
    assert call(secret, "GET", f"/brands/caffe-alba/entries/{hidden.pk}").status_code == 404
    assert call(secret, "GET", "/brands/caffe-alba/entries?status=draft").json()["items"] == []
    assert "notes" in call(secret_of(cast.bea), "GET", f"/brands/caffe-alba/entries/{shown.pk}").json()


# --- tokens ----------------------------------------------------------------------------------------------------


def test_a_token_is_shown_once_and_kept_as_a_digest(cast, client):
    client.force_login(cast.bea)
    page = client.post(reverse("api_tokens"), {"name": "Newsletter", "scope": "read", "days": "30"})
    row = ApiToken.objects.get()
    secret = page.context["secret"]
    assert secret in page.content.decode() and page["Cache-Control"] == "no-store"
    assert secret not in client.get(reverse("api_tokens")).content.decode()
    assert row.digest == tokens.digest_of(secret) and secret not in str(vars(row))
    assert len(secret) >= 43 and secret.startswith(row.prefix)
    assert (row.expires_at - timezone.now()).days == 29
    assert call(secret, "GET", "/brands").status_code == 200
    row.refresh_from_db()
    assert row.last_used_at
    stranger = Client()
    stranger.force_login(cast.dario)
    stranger.post(reverse("api_tokens"), {"revoke": row.pk})
    assert call(secret, "GET", "/brands").status_code == 200
    client.post(reverse("api_tokens"), {"revoke": row.pk})
    assert call(secret, "GET", "/brands").status_code == 401


def test_a_token_lives_a_year_at_most(cast, client):
    client.force_login(cast.bea)
    for days in ("0", "366", "x"):
        page = client.post(reverse("api_tokens"), {"name": "A", "scope": "read", "days": days})
        assert page.status_code == 422
    assert client.post(reverse("api_tokens"), {"name": " ", "scope": "all", "days": "3"}).status_code == 422
    assert not ApiToken.objects.exists()


def test_calls_are_counted_by_the_minute(cast, settings):
    settings.TIMONE_API_PER_MINUTE = 3
    row, _secret = tokens.make(cast.bea, name="x", scope="read", days=1)
    now = datetime(2046, 1, 1, 12, tzinfo=UTC)
    assert [tokens.count(row, now=now) for _ in range(4)] == [True, True, True, False]
    assert tokens.count(row, now=now + timedelta(minutes=1))
    settings.TIMONE_API_PER_MINUTE = 0
    secret = secret_of(cast.bea)
    call(secret, "GET", "/brands")
    answer = call(secret, "GET", "/brands")
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")


# --- entries ---------------------------------------------------------------------------------------------------


def test_an_entry_is_written_read_changed_moved_and_deleted(cast, brand, channel):
    secret, path = secret_of(cast.bea), "/brands/caffe-alba/entries"
    told = {"title": "Plums", "channel": channel.pk, "day": "2046-10-28", "time": "02:30", "format": "carousel"}
    told |= {"text": "Two\nlines", "link": "https://alba.example", "promotional": True, "needs_all": True}
    made = call(secret, "POST", path, told | {"reviewers": ["ADA@nord.example"]})
    assert made.status_code == 201
    row = made.json()
    assert {name: row[name] for name in told} == told
    assert row["on_hold"] is False
    assert (row["status"], row["at"], row["reviewers"]) == ("draft", "2046-10-28T00:30:00Z", [cast.ada.email])
    assert Entry.objects.get().author == cast.bea
    one = f"{path}/{row['id']}"
    assert call(secret, "GET", one).json() == row
    changed = call(secret, "PATCH", one, {"version": 1, "text": "Other", "day": None, "time": None}).json()
    assert (changed["text"], changed["day"], changed["version"], changed["title"]) == ("Other", None, 2, "Plums")
    moved = call(secret, "POST", f"{one}/move", {"day": "2046-10-29", "time": "18:30", "version": 2}).json()
    assert (moved["day"], moved["time"], moved["version"]) == ("2046-10-29", "18:30", 3)
    asked = call(secret, "POST", f"{one}/status", {"status": "in_review"}).json()
    assert asked["status"] == "in_review" and cast.ada.notifications.count() == 1
    refused = call(secret, "POST", f"{one}/status", {"status": "approved"})
    assert refused.status_code == 422, "approving is for people"
    assert call(secret, "DELETE", f"{one}?version=1").status_code == 409
    assert call(secret, "DELETE", one).status_code == 204
    assert not Entry.objects.exists()


def test_nothing_is_overwritten(cast, entry):
    services.change(entry, by=cast.ada, version=1, values={"copy": "Ada’s"}, today=TODAY)
    secret, one = secret_of(cast.bea), f"/brands/caffe-alba/entries/{entry.pk}"
    for method, path, body in (
        ("PATCH", one, {"version": 1, "text": "Mine"}),
        ("POST", f"{one}/move", {"version": 1, "day": "2046-09-11"}),
        ("POST", f"{one}/status", {"version": 1, "status": "in_review"}),
        ("DELETE", f"{one}?version=1", None),
    ):
        answer = call(secret, method, path, body)
        assert answer.status_code == 409
        assert (answer.json()["current"]["text"], answer.json()["current"]["version"]) == ("Ada’s", 2)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "title"),
        ({"title": ""}, "title"),
        ({"title": "A" * 201}, "title"),
        ({"title": 5}, "title"),
        ({"title": "A\x00"}, "title"),
        ({"title": "A\ud800"}, "title"),
        ({"title": "A", "day": "31/12/2046"}, "day"),
        ({"title": "A", "day": "2026-01-01"}, "day"),
        ({"title": "A", "day": "9999-12-31"}, "day"),
        ({"title": "A", "time": "9:00"}, "time"),
        ({"title": "A", "time": "09:00"}, "time"),
        ({"title": "A", "day": "2046-09-01", "time": "25:00"}, "time"),
        ({"title": "A", "link": "javascript:alert(1)"}, "link"),
        ({"title": "A", "format": "mural"}, "format"),
        ({"title": "A", "status": "approved"}, "status"),
        ({"title": "A", "promotional": "yes"}, "promotional"),
        ({"title": "A", "campaign": True}, "campaign"),
        ({"title": "A", "campaign": 10**19}, "campaign"),
        ({"title": "A", "reviewers": "ada@nord.example"}, "reviewers"),
        ({"title": "A", "notes": None}, "notes"),
        ({"title": "A", "colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_is_refused_with_the_field(cast, channel, body, field):
    answer = call(secret_of(cast.bea), "POST", "/brands/caffe-alba/entries", {"channel": channel.pk} | body)
    assert answer.status_code == 422
    assert field in [error["field"] for error in answer.json()["errors"]]
    assert all(error["text"] for error in answer.json()["errors"])
    assert not Entry.objects.exists()


def test_refusals_speak_the_persons_language(cast, channel):
    cast.bea.language = "it"
    cast.bea.save()
    secret = secret_of(cast.bea)
    answer = call(secret, "POST", "/brands/caffe-alba/entries", {"channel": channel.pk, "title": "A", "day": "x"})
    assert "Serve un giorno" in answer.json()["errors"][0]["text"]


def test_what_is_no_call_is_refused(cast, brand, entry):
    secret, path = secret_of(cast.bea), "/brands/caffe-alba/entries"
    client = Client()
    told = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    for body in (b"{", b"[]", b"\xff", b"[" * 100_000):
        answer = client.generic("POST", f"{ROOT}{path}", body, content_type="application/json", **told)
        assert answer.status_code == 400
    assert client.generic("POST", f"{ROOT}{path}", b"x" * 3_000_000, **told).status_code == 413
    assert call(secret, "PUT", path).status_code == 405
    assert call(secret, "PUT", path)["Allow"] == "GET, POST"
    for number in ("abc", "1" * 19, "0", "-1"):
        assert call(secret, "GET", f"{path}/{number}").status_code == 404
    for query in (
        "from=x",
        "channel=-1",
        "status=new",
        "limit=many",
        "cursor=!",
        "updated_since=2026-01-01",
        "q2=1",
    ):
        assert call(secret, "GET", f"{path}?{query}").status_code == 422, query
    for path in ("/nowhere", "/brands/%00", "/brands/é/entries"):
        answer = call(secret, "GET", path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    basic = Client().get(f"{ROOT}/brands", headers={"authorization": f"Basic {secret}"})
    assert basic.status_code == 401


def test_lists_are_narrowed_and_come_in_pages(cast, brand, channel):
    other = add_channel(brand, "linkedin", "caffe-alba")
    made = [
        add(brand, (channel, other)[n % 2], by=cast.bea, title=f"E{n}", day=date(2046, 9, 10 + n))
        for n in range(7)
    ]
    services.set_status(made[6], "cancelled", by=cast.bea)
    secret, path = secret_of(cast.bea), "/brands/caffe-alba/entries"

    def titles(query):
        return sorted(each["title"] for each in call(secret, "GET", f"{path}?{query}").json()["items"])

    assert titles("") == ["E0", "E1", "E2", "E3", "E4", "E5"]
    assert titles(f"channel={other.pk}&from=2046-09-12&to=2046-09-13") == ["E3"]
    assert titles("q=e5") == ["E5"] and titles("status=cancelled") == ["E6"]
    since = fields.plain(Entry.objects.get(title="E4").updated_at)
    assert titles(f"updated_since={since}") == ["E4", "E5", "E6"]
    seen, cursor = [], ""
    while cursor is not None:
        page = call(secret, "GET", f"{path}?limit=2&cursor={cursor}" if cursor else f"{path}?limit=2").json()
        assert len(page["items"]) <= 2
        seen += [each["title"] for each in page["items"]]
        cursor = page["next"]
    assert seen == ["E0", "E1", "E2", "E3", "E4", "E5"]


def test_a_longer_list_asks_the_database_no_more(cast, brand, channel):
    secret = secret_of(cast.bea)

    def count(path):
        with CaptureQueriesContext(connection) as found:
            assert call(secret, "GET", path).status_code == 200
        return len(found)

    add(brand, channel, by=cast.bea, reviewers=[cast.ada])
    count("/brands")  # the first call of a minute counts by one statement more
    few = count("/brands/caffe-alba/entries")
    for n in range(15):
        add(brand, channel, by=cast.bea, title=f"E{n}", reviewers=[cast.ada, cast.bea])
        add_channel(brand, "x", f"alba{n}")
    assert count("/brands/caffe-alba/entries") == few <= 8
    assert count("/brands/caffe-alba/channels") <= 5


def test_posts_and_best_times_are_read(cast, brand, channel):
    at = datetime(2026, 5, 4, 9, tzinfo=UTC)
    for n in range(3):
        Post.objects.create(
            brand=brand, channel=channel, external_id=str(n), published_at=at + timedelta(days=n),
            metrics_as_of=at, reactions=0 if n else None,
        )  # fmt: skip
    cell = {"day": 0, "hour": 9, "lift": 0.12, "low": 0.05, "high": 0.2, "posts": 30}
    BestTimes.objects.create(
        brand=brand, channel=channel, metric="engagements", computed_at=at, time_zone="Europe/Rome", posts=300,
        evidence="strong", cells=[cell], recommended=[cell],
    )  # fmt: skip
    secret = secret_of(cast.bea)
    page = call(secret, "GET", "/brands/caffe-alba/posts?limit=2").json()
    assert [each["reactions"] for each in page["items"]] == [None, 0]
    rest = call(secret, "GET", f"/brands/caffe-alba/posts?limit=2&cursor={page['next']}").json()
    assert ([each["external_id"] for each in rest["items"]], rest["next"]) == (["2"], None)
    since = "/brands/caffe-alba/posts?from=2026-05-05T00:00:00Z"
    assert len(call(secret, "GET", since).json()["items"]) == 2
    (best,) = call(secret, "GET", "/brands/caffe-alba/best-times").json()["items"]
    assert (best["evidence"], best["recommended"], best["cells"]) == ("strong", [cell], [cell])


# --- described -------------------------------------------------------------------------------------------------


def test_the_description_is_that_of_what_answers(cast, client):
    numbers = make_rows(cast.brand, cast.bea).numbers
    told = client.get(reverse("api_document")).json()
    assert told["openapi"] == "3.1.0" and set(told["paths"]) == {each.path for each in ENDPOINTS}
    secret = secret_of(cast.bea)
    for endpoint in sorted(ENDPOINTS, key=lambda each: each.method == "DELETE"):
        operation = told["paths"][endpoint.path][endpoint.method.lower()]
        answer = call(secret, *asked(endpoint, cast.brand, numbers["entry_id"]))
        assert str(answer.status_code) in operation["responses"], endpoint.name
        if endpoint.name in ("change_entry", "set_status", "move_entry"):
            Entry.across_brands.filter(pk=numbers["entry_id"]).update(version=1, status="approved")
        if endpoint.answer:
            row = answer.json()
            rows = row["items"] if endpoint.many or endpoint.paged else [row]
            schema = told["components"]["schemas"][endpoint.answer.name]
            assert rows or endpoint.name == "best_times"
            for each in rows:
                assert each.keys() == schema["properties"].keys()
                assert all(_fits(schema["properties"][name], value) for name, value in each.items()), each
    references = {part.split('"')[0] for part in json.dumps(told).split("#/components/schemas/")[1:]}
    assert references <= told["components"]["schemas"].keys()


def _fits(schema, value):
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    python = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None)}
    python |= {"array": list, "object": dict}
    return any(isinstance(value, python[kind]) for kind in kinds) and (
        value in schema["enum"] if "enum" in schema else True
    )


def test_every_endpoint_is_routed_and_every_method_told(cast):
    first = {endpoint.path: endpoint.name for endpoint in reversed(ENDPOINTS)}
    assert sorted(first.values()) == sorted(API)
    assert document("https://x.example")["servers"] == [{"url": f"https://x.example{ROOT}"}]
    assert doctest.testmod(fields).failed == 0
    desk = answered(next(each.answer for each in ENDPOINTS if each.name == "entry"))
    assert "notes" not in desk["required"] and "text" in desk["required"]


def test_the_page_lists_every_endpoint(cast, client):
    client.force_login(cast.carlo)
    page = client.get(reverse("api_page")).content.decode()
    assert all(endpoint.path in page for endpoint in ENDPOINTS)
