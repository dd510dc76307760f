"""The API is asked all that its description allows, and much that it doesn't: never a 5xx, and
every answer is as described.

By schemathesis, in this process; the examples are few, and the same each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
import schemathesis
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from stories.press.tests import ledger, payloads
from stories.press.told import reader

pytestmark = pytest.mark.django_db
DESCRIPTION = "/api/v1/openapi.json"
EXAMPLES = 10  # of each operation, with and without an id that exists
KNOWN = (payloads.STORY, payloads.EXEMPLAR, ledger.nth(1))
# Addresses, file names and tokens that are made up lead nowhere; each has tests of its own.
MADE_UP = {
    "GET /api/v1/pages/",
    "GET /api/v1/pages/related/",
    "GET /api/v1/press/early/{name}",
    "GET /api/v1/preview/",
    "GET /api/v1/preview/picture/",
}
load_all_checks()
# That negative data is refused is not among them: nearly any text is a text, and "" is no filter.
AS_DESCRIBED = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    )
]


@pytest.fixture
def world(newspaper, pull) -> Iterator[None]:
    """One of each kind, and something to confirm."""
    ledger.publish(payloads.picture())
    ledger.publish(payloads.story())
    ledger.publish(payloads.exemplar())
    ledger.story(1, exemplars=[])
    pull("/api/v1/press/feed/")
    ledger.publish(payloads.correction())
    ledger.withdraw(ledger.nth(1))
    reader.catch_up()
    # Requests stay in the test's transaction; Django's own test client does this around each.
    both = signals.request_started, signals.request_finished
    for signal in both:
        signal.disconnect(close_old_connections)
    yield
    for signal in both:
        signal.connect(close_old_connections)


def call(case: Case, key: str):
    """Ask it with a key that holds, whatever keys were made up for it."""
    case.query = {name: value for name, value in (case.query or {}).items() if name != "apikey"}
    headers = {"Authorization": f"Bearer {key}", "X-API-Key": key, "Accept-Encoding": "identity"}
    return case.call(headers=headers)


def operations(description) -> Iterator:
    for found in description.get_all_operations():
        yield found.ok()


def each(strategy, check: Callable[[Case], object]) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def ask(case: Case) -> None:
        check(case)

    ask()


@pytest.mark.parametrize("mode", GenerationMode)
def test_whatever_is_asked_the_answer_is_as_described(world, key, mode):
    description = schemathesis.openapi.from_wsgi(DESCRIPTION, WSGIHandler())
    answered: dict[str, set[int]] = {}

    def check(case: Case) -> None:
        answer = call(case, key)
        case.validate_response(answer, checks=AS_DESCRIBED)
        answered.setdefault(case.operation.label, set()).add(answer.status_code)

    for operation in operations(description):
        has_id = "{" in operation.path and mode == GenerationMode.POSITIVE
        ids = (None, *KNOWN) if has_id else (None,)
        for uuid in ids:
            known = {} if uuid is None else {"path_parameters": {"item": uuid}}
            with suppress(Unsatisfiable):  # where nothing is asked, nothing can be asked wrongly
                each(operation.as_strategy(mode, **known), check)
    assert len(answered) >= 15
    if mode == GenerationMode.POSITIVE:
        missed = {label for label, seen in answered.items() if 200 not in seen}
        assert missed <= MADE_UP


def test_a_parameter_that_is_not_described_is_400_beside_whatever_else(world, key):
    description = schemathesis.openapi.from_wsgi(DESCRIPTION, WSGIHandler())

    def check(case: Case) -> None:
        case.query = dict(case.query or {}) | {"khong_co": "1"}
        assert call(case, key).status_code == 400

    for operation in operations(description):
        each(operation.as_strategy(GenerationMode.POSITIVE), check)
