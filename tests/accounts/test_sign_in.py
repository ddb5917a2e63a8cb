"""Signing in by e-mail, in either language, over http and https."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD


def sign_in(client: Client, email: str, password: str = PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **more)


def test_a_person_signs_in_with_the_address_in_any_capitals(cast, client):
    response = sign_in(client, "BEA@Nord.example")
    assert response.status_code == 302
    assert client.get(reverse("me")).status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(cast, client):
    secrets = re.compile(r"value=\"[^\"]*\"|csrf[^>]*|hx-headers='[^']*'")
    emails = ("bea@nord.example", "nobody@nord.example")
    texts = [secrets.sub("", sign_in(client, email, "wrong wrong 1").content.decode()) for email in emails]
    assert texts[0] == texts[1]
    assert "error" in texts[0]


def test_nobody_signs_himself_up(cast, client):
    response = client.post(reverse("account_signup"), {"email": "new@x.example", "password1": PASSWORD})
    assert "invitation" in response.content.decode()


def test_a_forgotten_password_is_set_anew_by_a_mailed_link(cast, client):
    client.post(reverse("account_reset_password"), {"email": "bea@nord.example"})
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    done = client.post(
        form.request["PATH_INFO"], {"password1": "another good one 7", "password2": "another good one 7"}
    )
    assert done.status_code == 302
    assert sign_in(Client(), "bea@nord.example", "another good one 7").status_code == 302


def test_an_unknown_address_learns_nothing_from_the_reset_page(cast, client):
    answers = [
        client.post(reverse("account_reset_password"), {"email": email}).status_code
        for email in ("bea@nord.example", "nobody@nord.example")
    ]
    assert answers == [302, 302]


def test_a_person_reads_in_the_language_of_his_settings(cast, client):
    client.force_login(cast.bea)
    client.post(reverse("set_language"), {"language": "it", "next": "/me/"})
    cast.bea.refresh_from_db()
    assert cast.bea.language == "it"
    assert 'lang="it"' in client.get(reverse("me")).content.decode()


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_the_language_switch_never_leads_elsewhere(cast, client, target):
    response = client.post(reverse("set_language"), {"language": "it", "next": target})
    assert response["Location"] == "/"


def test_settings_that_cannot_be_saved_keep_what_was_typed(cast, client):
    client.force_login(cast.bea)
    response = client.post(reverse("me"), {"name": "Bea Rossi", "language": "xx", "time_zone": ""})
    assert response.status_code == 422
    assert "Bea Rossi" in response.content.decode()
    cast.bea.refresh_from_db()
    assert cast.bea.name == "Bea"


def test_a_page_answers_with_a_strict_content_security_policy(cast, client):
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
