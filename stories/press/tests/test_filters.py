"""The feed's filters: fewer releases, but never a takedown less of what they gave."""

from __future__ import annotations

import json

import pytest

from search import query
from stories.press import catalogue, facts
from stories.press.api.filters import Filters
from stories.press.models import CatalogueFact
from stories.press.tests import ledger, payloads
from stories.press.tests.test_api_press import FEED, read_all
from stories.releases.models import Release
from stories.units.services import load_units

pytestmark = pytest.mark.django_db
HERE, THERE = "08494", "07900"
UNITS = {code: {"code": code, "name": code, "level": "commune"} for code in (HERE, THERE)}

GROUP = {"code": "doanh-nhan", "name": "Nữ doanh nhân"}
MODEL = {"code": "model", "name": "Mô hình"}


@pytest.fixture(autouse=True, params=["near", "far"])
def _both_ways(request, monkeypatch) -> None:
    """Everything holds however far behind the client is, by either way of looking it up."""
    if request.param == "far":
        monkeypatch.setattr(facts, "FAR", -1)


def told(pull, **params: object) -> list[tuple[str, int, str]]:
    """What a client that starts with an empty cursor and goes by one gets: id, version, kind."""
    items = read_all(pull, limit=1, **params)
    return [(item["uuid"], item["version"], item["kind"]) for item in items]


@pytest.fixture
def world() -> None:
    load_units()
    bare = {"pictures": [], "body": [], "lead_picture": None}
    ledger.story(1, unit=UNITS[HERE], **bare)
    ledger.story(2, unit=UNITS[THERE], group=GROUP, **bare)
    ledger.exemplar(3, unit=UNITS[HERE], tags=["Nón  Lá"], **bare)
    ledger.story(
        4, unit=None, exemplar_kind={"code": "model", "name": "Mô hình"}, date="2025-01-02"
    )


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"unit": HERE}, {1, 3}),
        ({"unit": "25"}, {1, 2, 3}),  # the province
        ({"unit": [HERE, THERE]}, {1, 2, 3}),
        ({"unit": HERE, "column": "phu-nu-dat-to"}, {1}),
        ({"column": "dien-hinh"}, {3}),
        ({"group": "doanh-nhan"}, {2}),
        ({"kind": "model"}, {4}),
        ({"tag": "NÓN LÁ", "types": "exemplar"}, {3}),
        ({"year": "2025"}, {4}),
        ({"change": "usable"}, {1, 2, 3, 4}),
        ({"change": "correction"}, set()),
        ({"unit": "", "change": ""}, {1, 2, 3, 4}),
        ({"unit": "khong-co"}, set()),
    ],
)
def test_each_filter_gives_its_own(pull, world, params, expected):
    found = told(pull, **params)
    assert {uuid for uuid, _version, _kind in found} == {ledger.nth(n) for n in expected}
    assert len(found) == len(expected)


def test_they_are_those_of_the_archive():
    names = {"unit", "group", "content", "kind", "tag", "year", "column"}
    assert set(Filters.model_fields) == names == set(query.FACETS)
    described = Filters.model_json_schema()["properties"]
    assert described["kind"]["items"]["enum"] == list(query.KINDS)
    assert described["column"]["items"]["enum"] == list(query.COLUMNS)


@pytest.mark.parametrize("name", ["column", "kind", "change"])
def test_a_value_that_does_not_exist_is_refused(pull, name):
    assert pull(FEED, {name: "khong-co"}).status_code == 400


def test_another_filter_goes_on_from_the_same_cursor(pull, world):
    at = pull(FEED, {"unit": HERE, "limit": 1}).json()["next"]
    page = pull(FEED, {"after": at, "group": "doanh-nhan"}).json()
    assert [item["uuid"] for item in page["items"]] == [ledger.nth(2)]


@pytest.mark.parametrize("kind", ["withheld", "canceled"])
def test_a_takedown_reaches_who_had_it_by_the_same_filter(pull, world, kind):
    at = pull(FEED, {"unit": HERE}).json()["next"]
    ledger.withdraw(ledger.nth(1), kind)
    page = pull(FEED, {"unit": HERE, "after": at}).json()
    assert [(item["uuid"], item["kind"]) for item in page["items"]] == [(ledger.nth(1), kind)]
    assert pull(FEED, {"unit": THERE, "after": at}).json()["items"] == []


def test_who_had_it_hears_of_everything_later_though_it_moved_away(pull, world):
    at = pull(FEED, {"unit": HERE}).json()["next"]
    ledger.story(1, unit=UNITS[THERE], kind="correction", title="Tên mới")
    ledger.story(1, unit=UNITS[THERE], kind="correction", purposes=["website"])
    page = pull(FEED, {"unit": HERE, "after": at, "limit": 1}).json()
    # The first of the two is told no more: its place is agreed to no longer.
    assert [(item["version"], item["kind"]) for item in page["items"]] == [(3, "withheld")]
    ledger.withdraw(ledger.nth(1))
    assert told(pull, unit=HERE)[-1] == (ledger.nth(1), 4, "canceled")
    assert told(pull, unit=THERE)[-1] == (ledger.nth(1), 4, "canceled")


def test_a_story_that_comes_to_pass_is_told_from_then_on(pull, world):
    ledger.story(2, unit=UNITS[HERE], kind="correction")
    found = told(pull, unit=HERE, types="story")
    assert found == [(ledger.nth(1), 1, "usable"), (ledger.nth(2), 2, "correction")]


def test_a_kind_of_change_brings_along_what_follows_it(pull, world):
    ledger.story(1, unit=UNITS[HERE], kind="correction")
    assert told(pull, change="correction") == [(ledger.nth(1), 2, "correction")]
    assert told(pull, change="usable", unit=HERE)[-1] == (ledger.nth(1), 2, "correction")
    assert told(pull, change="canceled") == []
    ledger.withdraw(ledger.nth(1))
    ledger.withdraw(ledger.nth(2))
    gone = [(ledger.nth(1), 3, "canceled"), (ledger.nth(2), 2, "canceled")]
    assert told(pull, change="canceled") == gone
    assert told(pull, change="canceled", unit=HERE) == gone[:1]
    assert told(pull, change="usable")[-2:] == gone


def test_use_that_is_narrowed_is_a_change_like_a_withdrawal(pull, world):
    ledger.story(1, unit=UNITS[HERE], kind="correction", purposes=["website"])
    for params in ({"change": "withheld"}, {"change": "usable"}, {"change": ["withheld"]}):
        assert told(pull, **params)[-1] == (ledger.nth(1), 2, "withheld")


def test_a_picture_goes_with_the_stories_that_show_it(pull, world):
    ledger.publish(payloads.picture())
    ledger.publish(payloads.story(unit=UNITS[HERE]))
    ledger.withdraw(payloads.PICTURE)
    found = told(pull, unit=HERE, types="picture")
    assert found == [(payloads.PICTURE, 2, "canceled")]
    assert told(pull, unit=THERE, types="picture") == []


def test_a_takedown_of_what_is_unknown_passes_every_filter(pull, world):
    """Its content was purged before the facts were read (again)."""
    ledger.withdraw(ledger.nth(1))
    catalogue.rebuild()
    CatalogueFact.objects.filter(item=ledger.nth(1)).delete()
    assert (ledger.nth(1), 2, "canceled") in told(pull, unit=THERE)


def test_what_is_kept_of_the_facts_says_nothing(pull, world):
    told(pull, unit=HERE)
    kept = json.dumps(list(CatalogueFact.objects.values_list("terms", flat=True)))
    assert CatalogueFact.objects.count() >= 4
    assert not any(word in kept for word in ("nón", "08494", "unit"))


def test_a_filtered_page_costs_the_same_queries_for_1_and_20(
    pull, django_assert_num_queries, request
):
    more = 2 * ("far" in request.node.name)  # which items may pass at all
    for number in range(20):
        ledger.story(number, exemplars=[])
    params = {"group": "nong-dan", "change": "usable"}
    pull(FEED, params)
    for limit in (1, 20):
        # key with client, ledger's head, the catalogue's offset, page, deliveries
        with django_assert_num_queries(5 + more):
            assert len(pull(FEED, params | {"limit": limit}).json()["items"]) == limit
    assert Release.objects.count() == 20
