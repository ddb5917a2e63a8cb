"""People are told once of an event, in Timone and by e-mail; an e-mail is sent once or not at all."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from accounts import mails, notices, notify
from accounts.models import BrandRole, Notification
from accounts.notices import Wording
from tests.accounts.mail_server import mail_server

KIND = "tests.told"
NOW = timezone.now()
Mail = Notification.Mail


@pytest.fixture(autouse=True)
def wording(monkeypatch):
    told = Wording(
        subject=gettext_lazy("The campaign “%(campaign)s” is over"),
        lines=(gettext_lazy("A word with it: %(note)s"),),
        action=gettext_lazy("To the campaign"),
    )
    monkeypatch.setitem(notices._wordings, KIND, told)


@pytest.fixture
def server(settings):
    with mail_server() as (handler, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 10
        settings.EMAIL_USE_TLS = False
        yield handler


def tell(user, *, event="e1", **more) -> bool:
    told = {"path": "/desk/", "facts": {"campaign": "Autumn", "note": ""}, "now": NOW}
    return notify.notify(user, KIND, event=event, **(told | more))


def only() -> Notification:
    return Notification.objects.get()


def test_an_event_is_told_once_and_counted(cast):
    assert tell(cast.carlo)
    assert not tell(cast.carlo)
    assert tell(cast.carlo, event="e2")
    assert tell(cast.bea)
    cast.carlo.refresh_from_db()
    assert (cast.carlo.unread, Notification.objects.count()) == (2, 3)


def test_two_workers_telling_the_same_send_one_mail(cast):
    tell(cast.carlo)
    tell(cast.carlo)
    assert (mails.send_due(now=NOW), mails.send_due(now=NOW)) == (1, 0)
    assert len(mail.outbox) == 1


def test_the_page_lists_what_was_told_and_marks_it_as_seen(client, cast):
    tell(cast.carlo, brand=cast.brand, facts={"campaign": "<b>Autumn</b>", "note": "Plums first"})
    client.force_login(cast.carlo)
    assert 'class="count">1' in client.get(reverse("desk_all")).content.decode()
    page = client.get(reverse("notifications")).content.decode()
    assert (
        "The campaign “&lt;b&gt;Autumn&lt;/b&gt;” is over" in page and "Plums first" in page and "note-new" in page
    )
    again = client.get(reverse("notifications")).content.decode()
    assert "note-new" not in again and 'class="count"' not in again
    assert only().seen_at is not None


def test_what_belongs_to_a_brand_that_he_lost_is_neither_shown_nor_sent(client, cast):
    tell(cast.carlo, brand=cast.brand)
    BrandRole.objects.filter(membership__user=cast.carlo).delete()
    client.force_login(cast.carlo)
    assert "Autumn" not in client.get(reverse("notifications")).content.decode()
    Notification.objects.update(seen_at=None)
    assert mails.send_due(now=NOW) == 0
    assert (only().mail, len(mail.outbox)) == (Mail.NONE, 0)


def test_the_page_asks_as_often_whatever_it_lists(client, cast, django_assert_max_num_queries):
    for number in range(40):
        tell(cast.carlo, event=f"e{number}", brand=cast.brand)
    client.force_login(cast.carlo)
    with django_assert_max_num_queries(9):
        page = client.get(reverse("notifications")).content.decode()
    assert page.count("note-new") == 30


def test_a_mail_is_in_the_language_of_its_reader_and_leads_to_the_place(cast, settings):
    cast.carlo.language = "it"
    cast.carlo.save()
    with translation.override("en"):
        tell(cast.carlo, brand=cast.brand, path="/desk/?state=all&when=today")
        assert mails.send_due(now=NOW) == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([cast.carlo.email], "Caffè Alba: La campagna «Autumn» è finita")
    assert f"{settings.SITE_URL}/desk/?state=all&when=today" in sent.body and "/me/" in sent.body
    assert "Alla campagna" in sent.body and 'lang="it"' in sent.alternatives[0].content
    assert "A word with it" not in sent.body and "Nota:" not in sent.body  # there was no note
    assert only().mail == Mail.SENT


def test_who_wants_no_mail_gets_none(client, cast):
    client.force_login(cast.carlo)
    plain = {"name": "Carlo", "language": "en", "time_zone": "", "digest_hour": "7"}
    assert client.post(reverse("me"), plain).status_code == 302
    cast.carlo.refresh_from_db()
    assert (cast.carlo.wants_mail, cast.carlo.digest_hour) == (False, 7)
    tell(cast.carlo)
    assert (only().mail, mails.send_due(now=NOW)) == (Mail.NONE, 0)


def test_what_was_seen_or_is_old_is_not_sent_any_more(cast):
    tell(cast.carlo)
    tell(cast.bea, now=NOW - timedelta(days=4))
    notify.mark_seen(cast.carlo, now=NOW)
    assert mails.send_due(now=NOW) == 0
    assert not mail.outbox and not mails.is_due(NOW + timedelta(days=1))


def test_a_server_takes_the_mail(cast, server):
    tell(cast.carlo)
    assert mails.send_due(now=NOW) == 1
    (taken,) = server.taken
    assert taken["Message-ID"] == f"<notification-{only().pk}@localhost>"
    assert taken["To"] == cast.carlo.email and taken.is_multipart()


def test_a_mail_refused_for_now_waits_longer_and_longer(cast, server):
    server.recipient = "451 Try again later"
    tell(cast.carlo)
    assert mails.send_due(now=NOW) == 0
    assert (only().mail, only().mail_after) == (Mail.WAITING, NOW + timedelta(minutes=1))
    assert mails.send_due(now=NOW + timedelta(seconds=59)) == 0 and server.asked == 1
    assert mails.send_due(now=NOW + timedelta(minutes=1)) == 0 and server.asked == 2
    assert only().mail_after == NOW + timedelta(minutes=6)
    server.recipient = "250 OK"
    assert mails.send_due(now=NOW + timedelta(minutes=6)) == 1
    assert len(server.taken) == 1 and only().mail_tries == 3


def test_an_address_that_does_not_exist_is_given_up_and_said(cast, server):
    server.recipient = "550 No such person"
    tell(cast.carlo)
    mails.send_due(now=NOW)
    assert (only().mail, "No such person" in only().mail_error) == (Mail.FAILED, True)
    assert mails.send_due(now=NOW + timedelta(days=1)) == 0 and server.asked == 1


def test_without_a_server_it_waits(cast, server, settings):
    settings.EMAIL_PORT = 1
    tell(cast.carlo)
    assert mails.send_due(now=NOW) == 0
    assert only().mail == Mail.WAITING


def test_it_is_given_up_after_eight_refusals(cast, server):
    server.data = "452 Full"
    tell(cast.carlo)
    now, tries = NOW, 0
    while only().mail == Mail.WAITING:
        tries, now = tries + 1, only().mail_after
        mails.send_due(now=now)
    assert (only().mail, tries) == (Mail.FAILED, 8)


def test_what_a_dead_sender_left_is_not_sent_again(cast, server):
    tell(cast.carlo)
    Notification.objects.update(mail=Mail.SENDING, mail_at=NOW)
    assert mails.send_due(now=NOW + timedelta(minutes=9)) == 0 and only().mail == Mail.SENDING
    assert mails.is_due(NOW + timedelta(minutes=11))
    assert mails.send_due(now=NOW + timedelta(minutes=11)) == 0
    assert (only().mail, server.asked) == (Mail.UNKNOWN, 0)


def test_a_feed_is_made_renewed_and_switched_off(client, cast):
    client.force_login(cast.carlo)
    client.post(reverse("me_feed"))
    first = client.get(reverse("me")).context["feed"]
    client.post(reverse("me_feed"))
    second = client.get(reverse("me")).context["feed"]
    client.logout()
    assert first != second
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    client.force_login(cast.carlo)
    client.post(reverse("me_feed"), {"off": "1"})
    assert client.get(second).status_code == 404
    client.post(reverse("me_feed"))
    assert client.get(second).status_code == 404  # no serial ever comes back
