"""Approvals, withdrawals and sign-ins at once: none waits for ever, and the trail has no gap."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from accounts.audit import services as audit
from stories import factories
from stories.pages.models import StoryPage, Withdrawal

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.xdist_group("concurrency"),
]


def test_workflows_withdrawals_and_sign_ins_at_once_leave_no_gap(people) -> None:
    def waiting(number: int) -> StoryPage:
        page = factories.story(people["editor"], title=f"Bài chờ {number}")
        return factories.act(factories.submit(page, people["editor"]), people["reviewer"])

    drafts = [waiting(number) for number in range(8)]
    public = [factories.act(waiting(number), people["board"]) for number in range(8, 16)]
    errors: list[Exception] = []

    def run(work, things) -> None:
        try:
            for thing in things:
                work(thing)
        except Exception as error:  # noqa: BLE001 - a thread's error must reach the test
            errors.append(error)
        finally:
            connection.close()

    def withdraw(page) -> None:
        StoryPage.objects.get(pk=page.pk).withdraw(
            Withdrawal.typed("error", "Sai."), people["board"]
        )

    def sign_in(number: int) -> None:
        audit.record(action="signed_in", target=f"user:{number}", actor=people["board"])

    def approve(page) -> None:
        factories.act(page, people["board"])

    before = audit.verify().count
    jobs = [(approve, drafts[0::3]), (approve, drafts[1::3]), (approve, drafts[2::3])]
    jobs += [(withdraw, public[0::3]), (withdraw, public[1::3]), (withdraw, public[2::3])]
    jobs += [(sign_in, range(20)), (sign_in, range(20))]
    threads = [threading.Thread(target=run, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    assert errors == []
    checked = audit.verify()
    # an approval leaves three entries; a withdrawal two: it, and that its steps are done
    assert (checked.broken, checked.count) == (None, before + 8 * 3 + 8 * 2 + 40)
