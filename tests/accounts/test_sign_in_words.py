"""What people read around signing in: mails, messages and labels are in Timone's words and in their language."""

import pytest
from django.core import mail
from django.urls import reverse

from tests.cast import PASSWORD


@pytest.mark.django_db
def test_the_mail_for_a_new_password_holds_one_link(client, cast):
    client.post(reverse("account_reset_password"), {"email": cast.bea.email})
    sent = mail.outbox[0]
    assert sent.subject == "Timone: Set a new password"
    assert sent.body.count("http") == 1
    link = next(word for word in sent.body.split() if word.startswith("http"))
    assert "Choose a new password" in client.get(link, follow=True).content.decode()


@pytest.mark.django_db
def test_an_unknown_address_is_told_so_by_mail_only(client):
    page = client.post(reverse("account_reset_password"), {"email": "nobody@nord.example"}, follow=True)
    assert "nobody" not in page.content.decode()
    assert "There is no account with this address." in mail.outbox[0].body


def test_signing_in_says_nothing_that_the_page_says_anyway(client, cast):
    answer = {"login": cast.bea.email, "password": PASSWORD}
    page = client.post(reverse("account_login"), answer, follow=True)
    assert 'class="banner' not in page.content.decode()


def test_a_changed_password_is_confirmed_on_the_next_page(client, cast):
    client.force_login(cast.bea)
    new = "a much longer battery"
    answer = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    page = client.post(reverse("account_change_password"), answer, follow=True)
    assert "Your password is changed." in page.content.decode()


def test_labels_are_in_sentence_case_and_stand_once(client, cast):
    client.force_login(cast.bea)
    page = client.get(reverse("account_change_password")).content.decode()
    assert "New password once more" in page
    assert "placeholder=" not in page
    assert "helptext" not in page
