"""What must be told reaches inbox and mail, once, whatever fails on the way."""

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from unittest import mock

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from accounts.models import Role, User
from lifecycle.models import Announcement, ScanRun
from notifications import invariants, selectors, tasks
from notifications.models import InboxMessage, MailDelivery
from notifications.services import delivering
from tests import cast
from tests.readings import counted
from timekeeping import clock

pytestmark = pytest.mark.django_db


def announce(user: User | None = None, email: str = "", **fields: str) -> Announcement:
    values = {"title": "退回补正：示例平台", "body": "请逐项补正。", "url": "/applications/1/"} | fields
    return Announcement.objects.create(
        subject_type="application", subject_id="00000000-0000-0000-0000-000000000001", kind="return", occasion="1",
        recipient=f"user:{user.uuid}" if user else f"mail:{email}", user=user, email=email or (user.email if user else ""),
        **values,
    )  # fmt: skip


@pytest.fixture
def officer() -> User:
    return cast.city_officer().user


def test_a_person_gets_one_inbox_row_and_one_mail_however_often_delivery_runs(officer: User) -> None:
    announce(officer)
    assert delivering.deliver() == {"handed_over": 1, "sent": 1, "failed": 0}
    assert delivering.deliver() == {"handed_over": 0, "sent": 0, "failed": 0}
    assert InboxMessage.objects.count() == 1
    [sent] = mail.outbox
    assert sent.to == ["city@example.com"]
    assert sent.subject == "[中小企业公共服务示范平台认定管理系统] 退回补正：示例平台"
    assert "http://localhost:8000/applications/1/" in sent.body
    assert list(invariants.check()) == []


@pytest.mark.parametrize(("waiting", "asked"), [(0, 1), (1, 1), (2, 2), (5, 3)])
def test_everything_is_handed_over_and_a_batch_that_is_not_full_is_the_last(
    monkeypatch: pytest.MonkeyPatch, waiting: int, asked: int
) -> None:
    monkeypatch.setattr(delivering, "BATCH", 2)
    for number in range(waiting):
        announce(email=f"objector{number}@example.com")
    with counted() as reads:
        assert (delivering.hand_over(), reads(Announcement)) == (waiting, asked)
    assert Announcement.objects.filter(handed_over_at__isnull=True).count() == 0
    assert MailDelivery.objects.count() == waiting


def test_somebody_without_an_account_gets_a_mail_only() -> None:
    announce(email="objector@example.com")
    delivering.deliver()
    assert (InboxMessage.objects.count(), len(mail.outbox)) == (0, 1)


def test_a_name_with_line_breaks_cannot_add_headers(officer: User) -> None:
    announce(officer, title="通知\r\nBcc: victim@example.com")
    delivering.deliver()
    [sent] = mail.outbox
    assert sent.subject.endswith("通知 Bcc: victim@example.com")
    assert sent.recipients() == ["city@example.com"]


def failing(*outcomes: object) -> Callable[..., object]:
    return mock.patch("notifications.services.delivering.EmailMessage.send", side_effect=outcomes)


def test_a_failing_mail_server_delays_the_mail_but_not_the_inbox(officer: User) -> None:
    announce(officer)
    with failing(SMTPServerDisconnected("gone")):
        assert delivering.deliver() == {"handed_over": 1, "sent": 0, "failed": 1}
    assert InboxMessage.objects.count() == 1
    waiting = MailDelivery.objects.get()
    assert (waiting.state, waiting.attempts, waiting.last_error) == ("pending", 1, "SMTPServerDisconnected")
    assert delivering.deliver()["sent"] == 0
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        assert delivering.deliver()["sent"] == 1


class Away(BaseEmailBackend):
    """A mail server that answers so slowly that the next sweep has listed the same mail, and then breaks off."""

    again = True

    def send_messages(self, messages: object) -> int:
        if self.again:
            self.again = False
            delivering.send_mails(self)
        raise SMTPServerDisconnected("gone")


def test_two_sweeps_at_once_do_not_use_up_the_attempts_of_a_mail(officer: User) -> None:
    announce(officer)
    announce(email="objector@example.com")
    delivering.hand_over()
    delivering.send_mails(Away())
    assert list(MailDelivery.objects.values_list("state", "attempts")) == [("pending", 1), ("pending", 1)]


def test_the_message_id_of_a_repeated_mail_is_the_same(officer: User) -> None:
    announce(officer)
    delivering.hand_over()
    delivery = MailDelivery.objects.select_related("announcement").get()
    first, second = (delivering.message_of(delivery).extra_headers["Message-ID"] for _ in range(2))
    assert first == second == f"<{delivery.uuid}@localhost>"


def test_after_the_last_attempt_the_mail_is_on_the_officers_list_and_can_be_sent_again(officer: User) -> None:
    announce(officer)
    moment = clock.now()
    with failing(*[SMTPServerDisconnected("gone")] * delivering.LAST_ATTEMPT):
        for _ in range(delivering.LAST_ATTEMPT):
            moment += timedelta(hours=12)
            with clock.frozen(moment):
                delivering.deliver()
    delivery = MailDelivery.objects.get()
    assert delivery.state == "failed"
    client = Client()
    client.force_login(officer)
    assert "重新发送" in client.get("/messages/failures/").content.decode()
    assert client.post(f"/messages/failures/{delivery.uuid}/retry/").status_code == 302
    with clock.frozen(moment):
        assert delivering.deliver()["sent"] == 1


def test_the_sweep_delivers_what_a_lost_wake_up_left_and_says_that_it_ran(officer: User) -> None:
    announce(officer)
    assert tasks.sweep()["handed_over"] == 1
    assert ScanRun.objects.get(name="notifications").finished_at == clock.now()


def test_an_announcement_without_its_inbox_row_is_found(officer: User) -> None:
    announcement = announce(officer)
    delivering.deliver()
    InboxMessage.objects.all().delete()
    assert list(invariants.check()) == [f"应告知事项 {announcement.uuid} 没有进入站内通知"]


def test_people_see_only_their_own_messages(officer: User) -> None:
    announce(officer)
    delivering.deliver()
    message = InboxMessage.objects.get()
    stranger, owner = Client(), Client()
    stranger.force_login(cast.person("auditor", Role.AUDITOR).user)
    owner.force_login(officer)
    assert stranger.get(f"/messages/{message.uuid}/").status_code == 404
    assert "退回补正" not in stranger.get("/messages/").content.decode()
    assert "请逐项补正" in owner.get(f"/messages/{message.uuid}/").content.decode()
    message.refresh_from_db()
    assert message.read_at == clock.now()


def test_reading_all_leaves_nothing_unread(officer: User) -> None:
    announce(officer)
    delivering.deliver()
    client = Client()
    client.force_login(officer)
    assert client.post("/messages/read/").status_code == 302
    assert InboxMessage.objects.filter(read_at__isnull=True).count() == 0


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EXPERT])
def test_only_officers_see_undelivered_mails(role: Role) -> None:
    client = Client()
    client.force_login(cast.person("x", role).user)
    assert client.get("/messages/failures/").status_code == 403


def test_the_inbox_costs_the_same_with_one_and_with_many(
    officer: User, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = Client()
    client.force_login(officer)
    for number in range(15):
        Announcement.objects.create(
            subject_type="application", subject_id="00000000-0000-0000-0000-000000000001", kind="x", occasion=str(number),
            recipient=f"user:{officer.uuid}", user=officer, title="通知", body="内容",
        )  # fmt: skip
        if number in (0, 14):
            delivering.deliver()
            with django_assert_max_num_queries(10):
                client.get("/messages/")
    assert selectors.visible_to(cast.actors.acting(officer.capacities.get())).count() == 15
