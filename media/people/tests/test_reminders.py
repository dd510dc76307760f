"""Consents that end soon are announced to the people of the unit, in time, and not twice."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from media.models import ExpiryNotice
from media.people import reminders
from stories import factories

pytestmark = pytest.mark.django_db


def ending(people, days: int, name: str = "Nguyễn Thị Lan", unit: str = factories.LAM_THAO):
    person = factories.person(name, unit)
    end = timezone.localdate() + timedelta(days=days)
    factories.consent(person, people["editor"], valid_to=end)
    return person


def to(mailoutbox) -> set[str]:
    return {address for mail in mailoutbox for address in mail.to}


def test_a_units_editors_and_reviewers_are_told_once(people, mailoutbox) -> None:
    ending(people, 59)
    ending(people, 10, "Hoàng Thị Hoa")
    assert reminders.remind() == (2, 0)
    assert to(mailoutbox) == {people["editor"].email, people["reviewer"].email}
    mail = mailoutbox[0]
    assert mail.subject == "2 người có sự đồng ý sắp hết hạn"
    assert "Nguyễn Thị Lan" in mail.body
    assert "Hoàng Thị Hoa" in mail.body
    assert "/quan-tri/con-nguoi/?loc=sap-het" in mail.body
    assert reminders.remind() == (0, 0)
    assert len(mailoutbox) == 2


def test_they_are_told_once_more_in_the_last_fortnight(people, mailoutbox) -> None:
    ending(people, 59)
    days = range(61)
    sent = [reminders.remind(timezone.localdate() + timedelta(days=day))[0] for day in days]
    assert [day for day, count in zip(days, sent, strict=True) if count] == [0, 45]
    assert set(ExpiryNotice.objects.values_list("days", flat=True)) == {60, 14}


@pytest.mark.parametrize("days", [61, 400])
def test_nobody_is_told_too_early(people, mailoutbox, days) -> None:
    ending(people, days)
    reminders.remind()
    assert not mailoutbox


def test_who_signed_again_or_took_it_back_is_not_announced(people, mailoutbox) -> None:
    from media.people import services

    renewed = ending(people, 30)
    factories.consent(renewed, people["editor"])
    gone = ending(people, 30, "Hoa")
    services.withdraw_consent(consent=gone.consents.get(), user=people["editor"], how="phone")
    reminders.remind()
    assert not mailoutbox


def test_each_unit_hears_of_its_own_people_alone(people, mailoutbox) -> None:
    ending(people, 30)
    ending(people, 30, "Hoa Việt Trì", factories.VIET_TRI)
    reminders.remind()
    for mail in mailoutbox:
        viet_tri = "vietri" in mail.to[0]
        assert ("Hoa Việt Trì" in mail.body) is viet_tri
        assert ("Nguyễn Thị Lan" in mail.body) is not viet_tri


def test_a_failing_mail_server_is_told_of_and_tried_again(people, mailoutbox, monkeypatch) -> None:
    ending(people, 30)

    def fail(*args, **kwargs) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(reminders, "send_mail", fail)
        with pytest.raises(CommandError):
            call_command("remind_consents", stdout=io.StringIO())
    assert not ExpiryNotice.objects.exists()
    out = io.StringIO()
    call_command("remind_consents", stdout=out)
    assert "Đã gửi 2 thư" in out.getvalue()
