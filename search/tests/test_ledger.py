"""The archive follows the ledger: exactly once, and never shows what is not public."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from search import answering, reader, services, views
from search.engines import get_engine, index_path
from search.engines.base import EngineError
from search.query import ArchiveQuery
from search.tests import elastic
from search.tests.makers import ENGINES
from stories import factories
from stories.pages.models import Withdrawal
from stories.releases import selectors
from stories.releases.models import Item

pytestmark = pytest.mark.django_db
only_embedded = pytest.mark.parametrize("chosen", ["embedded"], indirect=True)


@pytest.fixture(autouse=True, params=ENGINES)
def chosen(request, settings, monkeypatch) -> str:
    """Each engine in turn as the one of the setting."""
    settings.ARCHIVE_ENGINE = request.param
    monkeypatch.setattr(answering, "_breakers", {})
    if request.param == "elasticsearch":
        settings.ELASTICSEARCH_URL = [request.getfixturevalue("elasticsearch")]
        settings.ELASTICSEARCH_INDEX = elastic.alias()
    return request.param


def tell(people, title: str, **fields):
    draft = factories.story(people["editor"], title=title, **fields)
    return factories.publish(draft, people)


def titles(q: str = "", **query) -> list[str]:
    return [item.title for item in services.search(ArchiveQuery(q=q, **query)).items]


def withdraw(page, people, kind: str = "canceled"):
    page = type(page).objects.get(pk=page.pk)
    page.withdraw(Withdrawal(kind, "Rút lại đồng ý."), people["board"])


def test_a_published_story_is_found_with_and_without_marks(people):
    story = tell(people, "Chị Lan giữ nghề nón lá", tags=["làng nghề"])
    draft = factories.story(people["editor"], title="Nón lá còn là bản nháp")

    for q in ("nón lá", "non la", "lam thao", "làng nghề", ""):
        page = services.search(ArchiveQuery(q=q))
        assert [item.uuid for item in page.items] == [str(story.uuid)], q
    assert draft.title not in titles()
    (item,) = services.search(ArchiveQuery(q="khung non")).items
    assert "<mark>khung nón</mark>" in item.highlight
    assert item.unit == "Xã Lâm Thao"
    assert item.url == Item.objects.get(pk=story.uuid).path


def test_a_story_is_found_under_the_old_and_the_new_unit(people):
    tell(people, "Chị Lan giữ nghề nón lá")
    facets = services.search(ArchiveQuery()).facets["unit"]
    labels = {value.label for value in facets}

    assert "Xã Lâm Thao" in labels
    assert "Huyện Lâm Thao (đến 6/2025)" in labels
    for value in facets:
        assert titles(unit=(value.value,)) == ["Chị Lan giữ nghề nón lá"]


def test_a_withdrawn_story_is_hidden_while_the_index_is_stale(people, monkeypatch):
    story = tell(people, "Chị Lan giữ nghề nón lá")
    assert titles("non la")
    monkeypatch.setattr(reader, "catch_up", lambda *args, **kwargs: 0)

    withdraw(story, people)

    assert get_engine().search(ArchiveQuery(q="non la")).count == 1
    assert titles("non la") == []


def test_a_withdrawn_story_leaves_the_index(people):
    story = tell(people, "Chị Lan giữ nghề nón lá")
    titles()

    withdraw(story, people, "withheld")

    assert services.search(ArchiveQuery(q="non la")).count == 0
    assert get_engine().entries() == {}


def test_a_stale_index_shows_nothing_of_the_text_before_a_correction(people, monkeypatch):
    story = tell(people, "Chị Lan giữ nghề nón lá", lead="Chị Bí Mật kể chuyện.")
    assert "Bí Mật" in services.search(ArchiveQuery(q="bi mat")).items[0].highlight
    monkeypatch.setattr(reader, "catch_up", lambda *args, **kwargs: 0)
    page = type(story).objects.get(pk=story.pk)
    page.lead, page.correction_note = "Chị kể chuyện.", "Bỏ tên."
    page.save_revision(user=people["editor"])
    factories.publish(type(story).objects.get(pk=story.pk), people)

    (item,) = services.search(ArchiveQuery(q="bi mat")).items

    assert item.lead == "Chị kể chuyện."
    assert "Bí Mật" not in item.highlight


def test_a_search_catches_up_by_itself_when_the_wake_up_call_was_lost(people):
    # No transaction commits in this test, so no signal is sent: only the search reads the ledger.
    tell(people, "Chị Lan giữ nghề nón lá")
    assert get_engine().offset() == 0

    assert titles("non la") == ["Chị Lan giữ nghề nón lá"]
    assert get_engine().offset() == selectors.head()


def test_the_wake_up_call_indexes_at_once(people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell(people, "Chị Lan giữ nghề nón lá")

    assert get_engine().offset() == selectors.head()
    assert len(get_engine().entries()) == 1


def test_publishing_goes_on_when_the_archive_fails(
    people, monkeypatch, django_capture_on_commit_callbacks
):
    def fail(*args, **kwargs):
        raise EngineError("away")

    monkeypatch.setattr(reader, "catch_up", fail)
    with django_capture_on_commit_callbacks(execute=True):
        story = tell(people, "Chị Lan giữ nghề nón lá")

    assert story.live


def test_catching_up_twice_changes_nothing(people):
    tell(people, "Chị Lan giữ nghề nón lá")
    reader.catch_up(get_engine())
    before = get_engine().entries(), get_engine().offset()

    assert reader.catch_up(get_engine()) == before[1]
    assert (get_engine().entries(), get_engine().offset()) == before


def test_a_crash_between_reading_and_writing_loses_nothing(people, monkeypatch):
    tell(people, "Chị Lan giữ nghề nón lá")
    engine = get_engine()
    whole = type(engine).apply

    def crash(self, changes, offset):
        whole(self, [*changes, object()], offset)

    monkeypatch.setattr(type(engine), "apply", crash)
    with pytest.raises(AttributeError):
        reader.catch_up(get_engine())
    assert engine.offset() == 0
    assert engine.entries() == {}
    monkeypatch.undo()

    reader.catch_up(get_engine())

    assert len(engine.entries()) == 1


def test_pictures_are_passed_over_but_counted(people):
    tell(people, "Chị Lan giữ nghề nón lá")
    Item.objects.update(type="picture")

    assert reader.catch_up(get_engine()) == selectors.head()
    assert get_engine().entries() == {}


def test_an_exemplar_is_found_too(people):
    exemplar = factories.publish(factories.exemplar(people["editor"]), people)

    (item,) = services.search(ArchiveQuery(q="chi hoi truong")).items

    assert item.uuid == str(exemplar.uuid)
    assert item.type == "exemplar"


@only_embedded
def test_as_many_database_queries_for_one_result_as_for_twenty(people, django_assert_num_queries):
    def count() -> None:
        # The rules; the head of the ledger; items with their payloads; units; groups; contents.
        with django_assert_num_queries(6):
            services.search(ArchiveQuery(q="nghe"))

    tell(people, "Chị Lan giữ nghề nón lá")
    titles()
    count()
    for number in range(19):
        tell(people, f"Chị Hoa giữ nghề dệt {number}")
    assert len(titles("nghe")) == 20
    count()


def run(action: str) -> str:
    out = StringIO()
    call_command("archive_index", action, stdout=out)
    return out.getvalue()


def test_check_names_each_difference(people):
    story = tell(people, "Chị Lan giữ nghề nón lá")
    with pytest.raises(CommandError) as failed:
        run("check")
    assert failed.value.returncode == 1

    run("catchup")
    assert "1" in run("check")

    get_engine().reset()
    get_engine().apply([], selectors.head())
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("archive_index", "check", stdout=out)
    assert str(story.uuid) in out.getvalue()


def test_rebuild_makes_the_index_anew_from_the_ledger(people):
    story = tell(people, "Chị Lan giữ nghề nón lá")
    gone = tell(people, "Chị Hoa dệt vải")
    withdraw(gone, people)
    titles()

    assert f"{selectors.head()}/{selectors.head()}" in run("rebuild")

    assert list(get_engine().entries()) == [str(story.uuid)]
    assert reader.differences(get_engine()) == []
    assert titles("non la") == ["Chị Lan giữ nghề nón lá"]


@only_embedded
def test_rebuild_repairs_a_damaged_index(people):
    tell(people, "Chị Lan giữ nghề nón lá")
    titles()
    get_engine().close()
    index_path().resolve().write_bytes(b"not a database" * 100)
    with pytest.raises(CommandError):
        run("check")

    run("rebuild")

    assert titles("non la") == ["Chị Lan giữ nghề nón lá"]


def test_only_one_rebuild_at_a_time():
    with get_engine().writing(wait=False), pytest.raises(CommandError):
        run("rebuild")


def page(query: str = ""):
    return views.archive(RequestFactory().get(f"/luu-tru/?{query}"))


def test_the_archive_page_shows_results_facets_and_ways_on(people):
    for number in range(3):
        tell(people, f"Chị Lan giữ nghề nón lá {number}")
    results = services.search(ArchiveQuery(q="non la", limit=2, kind=("individual",)))

    shown = views.context(ArchiveQuery(q="non la", limit=2, kind=("individual",)), results, "")

    assert shown["next_url"].startswith("?q=non+la&kind=individual&limit=2&cursor=")
    assert shown["clear_url"] == "?q=non+la&limit=2"
    assert [choice.label for choice in shown["selected"]] == ["Cá nhân"]
    assert shown["selected"][0].url == "?q=non+la&limit=2"
    assert ("kind", "individual") in shown["hidden_params"]
    answer = page("q=non+la&kind=individual")
    assert answer.status_code == 200
    assert "<mark>nón lá</mark>" in answer.content.decode()


@pytest.mark.parametrize("query", ["limit=1000", "q=a&cursor=zz", "year=x"])
def test_a_bad_parameter_is_told_kindly(query):
    answer = page(query)

    assert answer.status_code == 400
    assert '<form class="find' in answer.content.decode()


@only_embedded
def test_a_damaged_index_is_told_kindly(caplog):
    index_path().write_bytes(b"not a database" * 100)

    assert page("q=a").status_code == 503


def test_the_api_answers_as_promised(client, people):
    story = tell(people, "Chị Lan giữ nghề nón lá")

    answer = client.get("/api/v1/search/", {"q": "non la"}).json()

    assert set(answer) == {"count", "items", "facets", "suggestion", "next"}
    (item,) = answer["items"]
    assert set(item) == {
        "uuid", "source_id", "title", "lead", "url", "unit", "date", "highlight",
    }  # fmt: skip
    assert item["uuid"] == str(story.uuid)
    assert item["url"].startswith("http://testserver/phu-nu-dat-to/")
    assert item["date"] == "2026-11-20"
    assert answer["facets"]["kind"] == [{"value": "individual", "label": "Cá nhân", "count": 1}]


@pytest.mark.parametrize("query", ["x=1", "limit=0", "q=a&cursor=zz", "kind=hero", "q=a&q=b"])
def test_the_api_refuses_what_it_does_not_know(client, query):
    answer = client.get(f"/api/v1/search/?{query}")

    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("application/problem+json")
