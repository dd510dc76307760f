"""`seed_demo`: everything goes the real way, once, and only where it may."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts.models import User
from stories import factories
from stories.moderation.models import Approval, ReviewState
from stories.pages.models import ExemplarPage, StoryPage
from stories.releases.models import Item, Release
from stories.website.demo import data, people, seed

pytestmark = pytest.mark.django_db
SMALL = (240, 160)


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker) -> Iterator[list[str]]:
    """Two stories and exemplars of each state, made once for all tests here; what was reported."""
    said: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        seed.run(progress=said.append, limit=2, size=SMALL)
        yield said
        transaction.set_rollback(True)


@pytest.fixture
def demo(seeded, db, settings) -> list[str]:
    settings.DEBUG = True
    return seeded


def by_state(state: str) -> list[StoryPage]:
    pages = StoryPage.objects.in_bulk(field_name="uuid")
    rows = [row for row in data.stories() if row["state"] == state]
    found = [pages.get(data.uuid_of("story", row["key"])) for row in rows]
    return [page for page in found if page]


def test_each_story_is_where_its_state_says(demo) -> None:
    steps = {
        state: {str(page.current_workflow_task or "") for page in by_state(state)}
        for state in ("draft", "unit_review", "board_approval", "returned")
    }
    assert steps["draft"] == {""}
    assert len(steps["unit_review"]) == len(steps["board_approval"]) == 1
    assert steps["unit_review"] != steps["board_approval"]
    assert all(
        page.current_workflow_state.status == "needs_changes" for page in by_state("returned")
    )
    assert all(page.live for page in by_state("published") + by_state("corrected"))
    assert not any(
        page.live
        for state in ("draft", "unit_review", "board_approval", "returned", "withdrawn")
        for page in by_state(state)
    )


def test_every_release_has_the_approval_of_someone_else(demo) -> None:
    public = Release.objects.filter(kind__in=Release.PUBLIC).select_related("approval")
    assert public.exists()
    for release in public:
        assert release.approval.approved_by.username in ("tuyengiao", "tuyengiao2")
    routes = Counter(Approval.objects.values_list("route", flat=True))
    assert routes["workflow"]
    assert routes["import"]


def test_stories_of_closed_units_are_no_news(demo) -> None:
    old = Item.objects.public().stories().filter(date__lt="2025-07-01")
    assert old.exists()
    assert not any(item.is_news for item in old)
    assert all(item.is_news for item in Item.objects.public().filter(date__gte="2025-07-01"))


def test_the_corrected_and_the_withdrawn_are_so_in_the_ledger(demo) -> None:
    for corrected in by_state("corrected"):
        item = Item.objects.get(pk=corrected.uuid)
        row = next(r for r in data.stories() if data.uuid_of("story", r["key"]) == item.uuid)
        assert (item.version, item.kind) == (2, Release.Kind.CORRECTION)
        assert row["correction"]["replace"] in item.current.data["text"]
        assert row["correction"]["find"] not in item.current.data["text"]
        assert item.current.note == row["correction"]["note"]
    (withdrawn,) = by_state("withdrawn")
    item = Item.objects.get(pk=withdrawn.uuid)
    assert item.kind == Release.Kind.CANCELED
    assert withdrawn.title not in item.current.payload


def test_a_return_says_why(demo) -> None:
    states = ReviewState.objects.filter(status="rejected")
    assert states.count() == 2
    assert all(state.reason and state.comment for state in states)


def test_a_story_names_its_public_exemplar(demo) -> None:
    item = Item.objects.get(pk=data.uuid_of("story", "tap-xoan-an-thai"))
    assert [told["title"] for told in item.current.data["exemplars"]] == ["Lớp hát Xoan nữ An Thái"]
    exemplar = ExemplarPage.objects.get(uuid=data.uuid_of("exemplar", "phuong-xoan-nu-an-thai"))
    assert exemplar.awards.count() == 2


def test_the_cast_can_log_in_and_nobody_else(demo, client) -> None:
    for username in people.CAST:
        assert client.login(username=username, password=people.PASSWORD), username
    others = User.objects.exclude(username__in=people.CAST)
    assert others.exists()
    assert not any(user.has_usable_password() for user in others)
    assert User.objects.get(username="quantri").is_superuser


def test_a_second_run_changes_nothing_and_says_so(demo, capsys) -> None:
    before = (Release.objects.count(), StoryPage.objects.count(), User.objects.count())
    for _time in range(2):
        call_command("seed_demo", limit=2)
        assert "đã có sẵn" in capsys.readouterr().out
    assert (Release.objects.count(), StoryPage.objects.count(), User.objects.count()) == before


def test_progress_is_told_in_vietnamese_with_the_title(demo) -> None:
    assert any(line.startswith("[1/") and "Điển hình" in line for line in demo)
    assert any("Bài: " in line for line in demo)


def test_nobody_is_mailed(people, monkeypatch, mailoutbox) -> None:
    returned = next(row for row in data.stories() if row["state"] == "returned")
    monkeypatch.setattr(data, "NAMESPACE", uuid4())  # another story than the one already made
    monkeypatch.setattr(data, "stories", lambda: [returned])
    monkeypatch.setattr(data, "exemplars", list)
    connection.run_on_commit.clear()  # of the other tests, whose seeding never commits
    ran = []

    def commit(line: str) -> None:
        """What would happen on commit happens now, while the seeding still goes on."""
        pending = [callback for _ids, callback, _robust in connection.run_on_commit]
        connection.run_on_commit.clear()
        for callback in pending:
            callback()
        ran.extend(pending)

    assert seed.run(progress=commit, size=SMALL) == 1
    assert ran
    assert mailoutbox == []


def test_without_debug_it_refuses_and_changes_nothing(people, settings) -> None:
    settings.DEBUG = False
    made = list(StoryPage.objects.values_list("uuid", flat=True))
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("seed_demo")
    assert not StoryPage.objects.exclude(uuid__in=made).exists()


def test_the_cast_of_the_tests_is_that_of_the_demo() -> None:
    assert set(factories.CAST.values()) <= set(people.CAST)


def test_a_newsroom_s_people_can_sign_in_at_the_press_room(demo, client, settings) -> None:
    call_command("seed_demo", limit=2)
    reporter, chief = (f"{name}.baophutho@example.vn" for name in ("phongvien", "quanly"))
    door = {"email": reporter, "password": people.PASSWORD}
    assert client.post("/bao-chi/dang-nhap/", door).status_code == 302
    assert client.get("/bao-chi/dong-nghiep/").status_code == 404
    assert client.post("/bao-chi/dang-nhap/", door | {"email": chief}).status_code == 302
    assert "Lê Minh Quân" in client.get("/bao-chi/dong-nghiep/").content.decode()
    settings.DEBUG = False
    assert client.post("/bao-chi/dang-nhap/", door).status_code == 200
