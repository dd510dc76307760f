"""Consents that end soon are announced to the people of the unit, in time, and not twice."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.notices.kinds import Kind
from accounts.notices.models import Notice
from media.models import ExpiryNotice
from media.people import reminders
from stories import factories

pytestmark = pytest.mark.django_db


def ending(people, days: int, name: str = "Nguyễn Thị Lan", unit: str = factories.LAM_THAO):
    person = factories.person(name, unit)
    end = timezone.localdate() + timedelta(days=days)
    factories.consent(person, people["editor"], valid_to=end)
    return person


def told() -> list[Notice]:
    return list(Notice.objects.filter(kind=Kind.CONSENT).select_related("user").order_by("pk"))


def test_a_units_editors_and_reviewers_are_told_once(people) -> None:
    ending(people, 59)
    ending(people, 10, "Hoàng Thị Hoa")
    assert reminders.remind() == 2
    assert {one.user for one in told()} == {people["editor"], people["reviewer"]}
    notice = told()[0]
    assert notice.subject == "2 người có sự đồng ý sắp hết hạn"
    assert "Nguyễn Thị Lan" in notice.text
    assert "Hoàng Thị Hoa" in notice.text
    assert notice.link == "/quan-tri/con-nguoi/?loc=sap-het"
    assert reminders.remind() == 0
    assert len(told()) == 2


def test_they_are_told_once_more_in_the_last_fortnight(people) -> None:
    ending(people, 59)
    days = range(61)
    sent = [reminders.remind(timezone.localdate() + timedelta(days=day)) for day in days]
    assert [day for day, count in zip(days, sent, strict=True) if count] == [0, 45]
    assert set(ExpiryNotice.objects.values_list("days", flat=True)) == {60, 14}


@pytest.mark.parametrize("days", [61, 400])
def test_nobody_is_told_too_early(people, days) -> None:
    ending(people, days)
    reminders.remind()
    assert not told()


def test_who_signed_again_or_took_it_back_is_not_announced(people) -> None:
    from media.people import services

    renewed = ending(people, 30)
    factories.consent(renewed, people["editor"])
    gone = ending(people, 30, "Hoa")
    services.withdraw_consent(consent=gone.consents.get(), user=people["editor"], how="phone")
    reminders.remind()
    assert not told()


def test_each_unit_hears_of_its_own_people_alone(people) -> None:
    ending(people, 30)
    ending(people, 30, "Hoa Việt Trì", factories.VIET_TRI)
    reminders.remind()
    assert len(told()) == 4
    for notice in told():
        viet_tri = "vietri" in notice.user.username
        assert ("Hoa Việt Trì" in notice.text) is viet_tri
        assert ("Nguyễn Thị Lan" in notice.text) is not viet_tri


def test_the_command_says_how_many_were_told(people) -> None:
    ending(people, 30)
    out = io.StringIO()
    call_command("remind_consents", stdout=out)
    assert "Đã báo 2 người" in out.getvalue()
