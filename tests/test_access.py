"""Every address as every role, and with another agency's rows: nothing is shown, nothing changes."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access_table import ACCESS, ALLAUTH, OWNERS, Rule, make_rows

FIXED = {
    "platform": "instagram",
    "uidb36": "1",
    "key": "set-password",
    "content_type_id": 1,
    "object_id": "1",
    "app_label": "accounts",
}


def walk(resolver: URLResolver, namespace: str = "", converters: frozenset[str] = frozenset()):
    """Every (namespaced name, names of its arguments) below a resolver."""
    for entry in resolver.url_patterns:
        names = converters | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = ":".join(part for part in (namespace, entry.namespace) if part)
            yield from walk(entry, inner, names)
        elif isinstance(entry, URLPattern):
            if not entry.name:
                assert namespace, f"an address without a name: {entry}"
                continue  # Django's admin has two nameless redirects, which its own wrapper guards
            yield ":".join(part for part in (namespace, entry.name) if part), names


ADDRESSES = dict(walk(get_resolver()))
BRANDS_ADDRESSES = sorted(name for name, arguments in ADDRESSES.items() if "brand" in arguments)
ADMIN_ADDRESSES = sorted(name for name in ADDRESSES if name.startswith("admin:"))
PEOPLE = ("ada", "bea", "carlo", "dario", "anonymous")


def rule(name: str) -> Rule:
    return Rule(OWNERS) if name.startswith("admin:") else (ACCESS | ALLAUTH)[name]


def address(name: str, brand, rows, *, of: dict | None = None) -> str:
    own = {"brand": brand.slug, "slug": brand.slug, "number": rows.numbers["entry_id"], "rest": "nowhere"}
    values = {**own, **FIXED, **rows.numbers, **(of or {})}
    arguments = {argument: values[argument] for argument in ADDRESSES[name]}
    return reverse(name, kwargs=arguments)


def client_of(cast, person: str) -> Client:
    client = Client(raise_request_exception=True)
    if person != "anonymous":
        client.force_login(getattr(cast, person))
    return client


def ask(client: Client, method: str, url: str, query: dict[str, str]):
    answer = getattr(client, method)(url, query)
    read_file(answer)
    return answer


def read_file(answer) -> None:
    """Read a file that was handed out to its end, which closes it."""
    if isinstance(answer, FileResponse):
        b"".join(answer.streaming_content)


def row_counts() -> dict[str, int]:
    """How many rows each table of ours has, whatever their brand."""
    models = [
        model
        for app in ("accounts", "strategy", "analytics", "calendar_app", "crisis")
        for model in apps.get_app_config(app).get_models()
    ]
    return {model.__name__: getattr(model, "across_brands", model._default_manager).count() for model in models}


def test_the_table_names_every_address_and_no_other():
    listed = ACCESS.keys() | ALLAUTH.keys()
    walked = {name for name in ADDRESSES if not name.startswith("admin:")}
    assert walked - listed == set(), "not in tests/access_table.py"
    assert listed - walked == set(), "in tests/access_table.py, but no such address"
    assert len(ADMIN_ADDRESSES) > 10


def pairs(allowed: bool) -> list[tuple[str, str]]:
    """Addresses of a brand with the people whom the table lets in, or with those whom it keeps out."""
    return [
        (name, person) for name in BRANDS_ADDRESSES for person in PEOPLE if (person in rule(name).who) == allowed
    ]


@pytest.mark.parametrize(("name", "person"), pairs(allowed=True))
def test_a_brands_address_answers_those_whom_the_table_names(cast, name, person):
    url = address(name, cast.brand, make_rows(cast.brand, cast.bea))
    client = client_of(cast, person)
    for method in ("get", "post"):
        status = ask(client, method, url, rule(name).query).status_code
        assert status in (200, 302, 405, 422), (method, url, status)


@pytest.mark.parametrize("name", BRANDS_ADDRESSES)
def test_a_brands_address_answers_nobody_else(cast, name):
    url = address(name, cast.brand, make_rows(cast.brand, cast.bea))
    before = row_counts()
    for person in [person for person in PEOPLE if person not in rule(name).who]:
        client = client_of(cast, person)
        for method in ("get", "post"):
            status = ask(client, method, url, rule(name).query).status_code
            assert status == (302 if person == "anonymous" else 404), (person, method, url)
    assert row_counts() == before


@pytest.mark.parametrize("brand_name", ["brand", "foreign_brand"])
@pytest.mark.parametrize("name", BRANDS_ADDRESSES)
def test_another_brand_does_not_exist(cast, name, brand_name):
    brand = getattr(cast, brand_name)
    url = address(name, brand, make_rows(brand, cast.ada))
    before = row_counts()
    for person in ("dario",) if brand == cast.brand else ("bea", "carlo"):
        client = client_of(cast, person)
        for method in ("get", "post"):
            assert ask(client, method, url, rule(name).query).status_code == 404, (person, method, url)
    assert row_counts() == before


@pytest.mark.parametrize("name", [n for n in BRANDS_ADDRESSES if any(a.endswith("_id") for a in ADDRESSES[n])])
@pytest.mark.parametrize("brand_name", ["other_brand", "foreign_brand"])
def test_another_brands_rows_do_not_exist_under_ones_own_address(cast, name, brand_name):
    make_rows(cast.brand, cast.bea)
    theirs = make_rows(getattr(cast, brand_name), cast.ada)
    url = address(name, cast.brand, theirs)
    before = row_counts()
    for method in ("get", "post"):
        assert ask(client_of(cast, "bea"), method, url, rule(name).query).status_code in (404, 405), (method, url)
    assert row_counts() == before


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("name", ADMIN_ADDRESSES)
def test_the_admin_panel_is_for_owners_and_their_own_agency(cast, name, person):
    arguments = {"object_id": str(cast.brand.pk)}
    if "membership" in name:
        arguments = {"object_id": str(cast.ada.memberships.get().pk)}
    if "auditevent" in name:
        arguments = {"object_id": str(cast.agency.audit_events.first().pk)}
    url = address(name, cast.brand, make_rows(cast.brand, cast.bea), of=arguments)
    status = client_of(cast, person).get(url).status_code
    if name == "admin:login" or person in ("bea", "carlo"):
        assert status == (302 if person == "anonymous" else 404)
    elif person == "anonymous":
        assert status == 302
    elif person == "dario" and "object_id" in ADDRESSES[name]:
        assert status in (302, 403, 404), "Django sends an owner back to his index when the row is not his"
    else:
        assert status in (200, 302, 400, 403, 404, 405)


def test_an_owner_sees_only_his_own_agency_in_the_panel(cast):
    page = client_of(cast, "dario").get(reverse("admin:accounts_brand_changelist")).content.decode()
    assert cast.foreign_brand.name in page
    assert cast.brand.name not in page
    form = client_of(cast, "dario").get(reverse("admin:accounts_brand_add")).content.decode()
    assert "bea@nord.example" not in form
    assert cast.agency.name not in form


def test_an_owner_cannot_put_a_stranger_into_his_brand(cast):
    theirs = cast.ada.memberships.get()
    url = reverse("admin:accounts_brand_change", args=[cast.foreign_brand.pk])
    data = {"name": "Mare Blu", "time_zone": "UTC", "currency": "EUR", "tone_of_voice": ""}
    inline = {
        "roles-TOTAL_FORMS": 1,
        "roles-INITIAL_FORMS": 0,
        "roles-0-membership": theirs.pk,
        "roles-0-brand": cast.foreign_brand.pk,
        "roles-0-role": "smm",
    }
    assert client_of(cast, "dario").post(url, data | inline).status_code == 200
    assert not theirs.roles.exists()


def test_nobody_is_let_in_without_a_right_being_stated(cast):
    views = [entry.callback for entry in _patterns(get_resolver()) if "brand" in entry.pattern.regex.groupindex]
    assert views
    assert [view.__name__ for view in views if not hasattr(view, "required_right")] == []


def test_every_page_outside_a_brand_says_for_whom_it_is():
    ours = [
        entry.callback
        for entry in _patterns(get_resolver())
        if entry.callback.__module__.split(".")[0] in ("smm", "accounts", "analytics", "strategy", "calendar_app")
        and "brand" not in entry.pattern.regex.groupindex
        and entry.callback.__module__ != "accounts.admin"  # guarded by its site as a whole
    ]
    marks = ("for_strangers", "for_everybody_signed_in")
    assert ours
    assert [view.__name__ for view in ours if not any(hasattr(view, mark) for mark in marks)] == []


def _patterns(resolver: URLResolver):
    for entry in resolver.url_patterns:
        yield from _patterns(entry) if isinstance(entry, URLResolver) else [entry]


def test_an_anonymous_request_has_no_brand(rf, cast):
    request = rf.get(f"/brands/{cast.brand.slug}/")
    request.user = AnonymousUser()
    assert Client().get(request.path).status_code == 302
