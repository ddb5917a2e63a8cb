"""A real worker sends what waits; killed while a server has the mail in its hands, nothing is sent twice."""

import pytest

from tests.accounts.mail_server import mail_server
from tests.analytics import faults_kit

TELL = """
from accounts import services
from accounts.models import User
from accounts.notify import notify
from strategy import notices
services.add_agency(name="Nord", owner_email="ada@nord.example", password="correct horse battery")
user = User.objects.get()
for number in ({numbers}):
    notify(user, notices.OVER, event=f"over:{{number}}", path="/desk/", facts={{"campaign": f"No {{number}}"}})
"""
STATES = "SELECT event, mail FROM accounts_notification ORDER BY id"


@pytest.fixture
def installation(tmp_path):
    made = faults_kit.on_files(tmp_path / "data")
    yield made
    made.close()


def test_a_killed_sender_leaves_no_mail_that_is_sent_twice(installation):
    with mail_server() as (server, port):
        installation.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        installation.shell(TELL.format(numbers="1,"))
        server.may_answer.clear()
        killed = installation.start_worker()
        installation.wait(server.reached.is_set, "the server has the mail in its hands")
        installation.kill(killed)
        assert installation.ask(STATES) == [("over:1", "sending")]
        server.may_answer.set()
        installation.shell(TELL.replace("services.add_agency", "dict").format(numbers="2,"))
        installation.ask("UPDATE accounts_notification SET mail_at = '2020-01-01 00:00:00' WHERE mail = 'sending'")
        installation.start_worker()
        installation.wait(
            lambda: installation.ask(STATES) == [("over:1", "unknown"), ("over:2", "sent")],
            "the next worker sends the other one",
        )
    assert [mail["Subject"] for mail in server.taken].count("The campaign “No 2” is over") == 1
    assert [mail["Subject"] for mail in server.taken].count("The campaign “No 1” is over") <= 1
