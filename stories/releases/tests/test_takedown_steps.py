"""Every step is a row that is tried again until it is done; one that fails stops no other."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from accounts.audit.models import AuditEntry
from stories import factories
from stories.pages.models import Withdrawal
from stories.releases import drawing
from stories.releases.models import Takedown, TakedownStep
from stories.releases.takedown import steps
from stories.releases.takedown.carry_out import LONGEST_WAIT, again, carry_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def kinds(monkeypatch):
    """A room's own step is there for one test only."""
    monkeypatch.setattr(steps, "_KINDS", dict(steps._KINDS))


class Outlet:
    """A step that a room may add: it fails until it is healed."""

    def __init__(self, name: str = "kits") -> None:
        self.broken, self.told = True, []
        steps.register(steps.StepKind(name, "Bộ tài liệu", self.run, self.verify))

    def run(self, part) -> None:
        if self.broken:
            raise OSError("máy chủ không trả lời")
        self.told.append(str(part.item_id))

    def verify(self, part) -> bool:
        return str(part.item_id) in self.told


@pytest.fixture
def page(people):
    draft = factories.story(people["editor"], lead_picture=factories.picture())
    assert drawing.ahead() == []
    return factories.publish(draft, people)


def withdraw(page, people, code: str = "error") -> Takedown:
    page.withdraw(Withdrawal.typed(code, "Sai sự thật."), people["board"])
    return Takedown.objects.get()


def states(takedown: Takedown) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for step in takedown.steps.all():
        found.setdefault(step.kind, set()).add(step.status)
    return found


def test_any_withdrawal_is_a_takedown_with_its_steps(people, page) -> None:
    takedown = withdraw(page, people)
    assert (takedown.of, takedown.target, takedown.by) == ("item", str(page.uuid), "tuyengiao")
    assert [unit.code for unit in takedown.units.all()] == [factories.LAM_THAO]
    assert states(takedown) == {
        "page": {"done"},
        "public_files": {"done"},
        "archive_index": {"pending"},
        "feeds": {"pending"},
        "kits": {"done"},
        "page_cache": {"pending"},
        "stored_files": {"pending"},
    }
    assert {one["who"] for one in takedown.told} >= {"bientap.lamthao", "tuyengiao"}


def test_carrying_out_does_all_and_says_so_once(people, page) -> None:
    takedown = withdraw(page, people)
    files = [one.file.name for one in page.lead_picture.renditions.all()]
    assert any(name.endswith(".avif") for name in files)
    assert all(not outcome.why for outcome in carry_out())
    assert set.union(*states(takedown).values()) == {"done"}
    assert not any(map(default_storage.exists, files))
    assert default_storage.exists(page.lead_picture.file.name)
    assert drawing.ahead() == []  # nothing is drawn of it again
    assert not page.lead_picture.renditions.exists()
    assert carry_out() == []
    acts = AuditEntry.objects.filter(action="takedown_done")
    assert [one.target for one in acts] == [f"takedown:{takedown.pk}"]
    takedown.refresh_from_db()
    assert takedown.finished_at is not None


def test_a_step_that_fails_stops_no_other_and_waits_longer_each_time(people, page, kinds) -> None:
    outlet = Outlet()
    takedown = withdraw(page, people)
    now = timezone.now()
    carry_out(now=now)
    found = states(takedown)
    assert found.pop("kits") == {"failed"}
    assert set.union(*found.values()) == {"done"}
    (step,) = takedown.steps.filter(kind="kits", part__item=page.uuid)
    assert "máy chủ không trả lời" in step.last_error
    assert carry_out(now=now + timedelta(minutes=4)) == []
    waits = []
    for _attempt in range(8):
        step.refresh_from_db()
        waits.append(round((step.next_at - timezone.now()).total_seconds() / 60))
        carry_out(now=step.next_at + timedelta(seconds=1))
    assert waits == sorted(waits)
    assert waits[0] == 5
    assert waits[-1] == LONGEST_WAIT.total_seconds() / 60
    takedown.refresh_from_db()
    assert takedown.finished_at is None
    outlet.broken = False  # days later
    carry_out(now=timezone.now() + timedelta(days=5))
    assert states(takedown)["kits"] == {"done"}
    step.refresh_from_db()
    assert step.attempts == 10
    assert step.last_error == ""


def test_what_was_run_and_does_not_hold_is_not_done(people, page, kinds) -> None:
    steps.register(steps.StepKind("kits", "Bộ tài liệu", lambda part: None, lambda part: False))
    takedown = withdraw(page, people)
    carry_out()
    assert states(takedown)["kits"] == {"failed"}


def test_a_step_is_run_by_one_of_two_runs(people, page, kinds) -> None:
    outlet = Outlet()
    outlet.broken = False
    withdraw(page, people)
    now = timezone.now()
    whole, inner = outlet.run, []

    def run(part) -> None:
        inner.extend(one for one in carry_out(now=now) if one.step.kind == "kits")
        whole(part)

    steps.register(steps.StepKind("kits", "Bộ tài liệu", run, outlet.verify))
    carry_out(now=now)
    assert len(outlet.told) == len(set(outlet.told)) == 2


def test_a_run_that_died_is_taken_up_again(people, page, kinds) -> None:
    def die(part) -> None:
        raise KeyboardInterrupt

    steps.register(steps.StepKind("page_cache", "Bộ nhớ đệm", die, lambda part: True))
    takedown = withdraw(page, people)
    with pytest.raises(KeyboardInterrupt):
        carry_out()
    assert "pending" in states(takedown)["page_cache"]
    steps.register(steps.StepKind("page_cache", "Bộ nhớ đệm", lambda part: None, lambda part: True))
    carry_out(now=timezone.now() + timedelta(minutes=11))
    assert states(takedown)["page_cache"] == {"done"}


def test_someone_may_have_it_tried_at_once(people, page, kinds) -> None:
    outlet = Outlet()
    takedown = withdraw(page, people)
    carry_out()
    outlet.broken = False
    again(takedown=takedown, user=people["board"])
    assert set.union(*states(takedown).values()) == {"done"}
    assert AuditEntry.objects.get(action="takedown_retried").actor == "tuyengiao"


def test_the_steps_follow_the_commit(
    people, page, kinds, django_capture_on_commit_callbacks
) -> None:
    Outlet()
    with django_capture_on_commit_callbacks(execute=True):
        takedown = withdraw(page, people)
    found = states(takedown)
    assert found.pop("kits") == {"failed"}
    assert set.union(*found.values()) == {"done"}


def test_while_the_storage_is_down_nothing_is_public_and_later_the_files_go(
    client, people, place, page
) -> None:
    hrefs = [one.url for one in page.lead_picture.renditions.all()]
    names = [one.file.name for one in page.lead_picture.renditions.all()]
    assert client.get(hrefs[0]).status_code == 200

    with place.down():
        takedown = withdraw(page, people)
        carry_out()
        assert {client.get(href).status_code for href in hrefs} == {404}
    assert states(takedown)["stored_files"] == {"failed"}
    (step,) = takedown.steps.filter(kind="stored_files")
    assert step.last_error.startswith("StorageDown: ")
    assert set(names) <= set(place.names())
    carry_out(now=timezone.now() + timedelta(minutes=6))
    assert states(takedown)["stored_files"] == {"done"}
    assert place.names() == [page.lead_picture.file.name]


def test_the_command_says_what_it_did_and_what_not(people, page, kinds) -> None:
    Outlet()
    withdraw(page, people)
    out, err = StringIO(), StringIO()
    call_command("carry_out_withdrawals", stdout=out, stderr=err)
    assert "Xóa các bản ảnh khỏi kho lưu: xong" in out.getvalue()
    assert "Bộ tài liệu: OSError: máy chủ không trả lời" in err.getvalue()
    assert TakedownStep.objects.unfinished().count() == 2
