"""When a consent is a yes: dates, withdrawal, form, guardian; and for what it is one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone

from media.models import Consent
from media.people import selectors
from media.people.purposes import EVERYWHERE, NAMED, SHOWN, Purpose, Scope
from media.people.states import NOT, state
from stories import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
DATES = {
    "from today, no end": (TODAY, None, True),
    "from yesterday to today": (TODAY - DAY, TODAY, True),
    "today alone": (TODAY, TODAY, True),
    "from tomorrow": (TODAY + DAY, None, False),
    "to yesterday": (TODAY - 9 * DAY, TODAY - DAY, False),
}
WITHDRAWN = {"no": (None, True), "today": (TODAY, False), "earlier": (TODAY - 2 * DAY, False)}
FORM = {"signed form": ("consents/a.pdf", True), "no form": ("", False)}
GIVER = {
    "a grown-up herself": (False, "self", True),
    "a minor herself": (True, "self", False),
    "a minor's guardian": (True, "guardian", True),
    "nobody": (False, None, False),
}
RECORDED = {"recorded": True, "printed only": False}


def bare(person, **fields) -> Consent:
    """A row as it could lie in the database, whatever the services would have let through."""
    everything = {f"for_{one}": True for one in Purpose.values}
    everything |= {f"covers_{one}": True for one in Scope.values}
    consent = Consent(person=person, taken_on=TODAY, **(everything | fields))
    consent.save()
    return consent


def test_each_condition_alone_makes_it_no_yes(people) -> None:
    guardian = factories.person("Trần Thị Mẹ")
    grown_up = factories.person("Lan lớn", born=1980)
    minor = factories.person("Lan nhỏ", under_age=True, guardian=guardian)
    givers = {"self": None, "guardian": guardian}
    table = product(DATES.values(), WITHDRAWN.values(), FORM.values(), GIVER.values(), RECORDED)
    seen = set()
    for (start, end, in_time), (gone, stands), (form, signed), (young, by, given), when in table:
        person = minor if young else grown_up
        consent = bare(
            person,
            valid_from=start,
            valid_to=end,
            withdrawn_on=gone,
            form=form,
            giver=by and (givers[by] or person),
            recorded_at=timezone.now() if RECORDED[when] else None,
        )
        expected = in_time and stands and signed and given and RECORDED[when]
        assert Consent.objects.valid(TODAY).filter(pk=consent.pk).exists() is expected
        assert (state(consent, person, TODAY)[0] != NOT) is expected, "the screens say otherwise"
        seen.add(expected)
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("born", "ticked", "minor"),
    [
        (None, False, False),
        (None, True, True),
        (2007, False, False),
        (2008, False, True),  # may be 17 until the end of the year
        (2009, False, True),
        (1980, True, True),
    ],
)
def test_who_is_a_minor(people, born, ticked, minor) -> None:
    person = factories.person(born=born, under_age=ticked)
    assert person.is_minor(TODAY) is minor
    assert type(person).objects.minors(TODAY).filter(pk=person.pk).exists() is minor


def test_a_grown_ups_own_yes_ends_to_be_one_when_she_turns_out_to_be_a_minor(people) -> None:
    person = factories.person()
    factories.consent(person, people["editor"])
    assert standing(person).agreed("website", NAMED)
    person.born = timezone.localdate().year - 10
    person.save()
    assert not standing(person).agreed("website", NAMED)


def standing(person, day: date | None = None) -> selectors.Standing:
    return selectors.standings([person.uuid], day)[str(person.uuid)]


@pytest.mark.parametrize("purpose", Purpose.values)
@pytest.mark.parametrize("scopes", [SHOWN, NAMED, SHOWN | NAMED])
def test_a_yes_is_for_just_the_purposes_and_scopes_that_were_ticked(
    people, purpose, scopes
) -> None:
    person = factories.person()
    factories.consent(person, people["editor"], purposes=[purpose], scopes=scopes)
    one = standing(person)
    for asked in Purpose.values:
        assert one.agreed(asked, scopes) is (asked == purpose)
    assert not one.agreed(purpose, scopes | {Scope.VOICE})


def test_two_forms_together_may_cover_what_neither_covers_alone(people) -> None:
    person = factories.person()
    factories.consent(person, people["editor"], scopes=["name"])
    assert not standing(person).agreed("website", NAMED)
    factories.consent(person, people["editor"], scopes=["story"])
    assert standing(person).agreed("website", NAMED)


def test_the_last_day_is_that_of_the_form_that_lasts_longest_without_a_gap(people) -> None:
    person, today = factories.person(), timezone.localdate()

    def sign(start: int, end: int | None) -> None:
        last = end is not None and today + end * DAY
        factories.consent(
            person,
            people["editor"],
            valid_from=today + start * DAY,
            taken_on=today,
            valid_to=last or None,
        )

    sign(-10, 20)
    assert standing(person).last_day("website", NAMED) == today + 20 * DAY
    sign(22, None)
    assert standing(person).last_day("website", NAMED) == today + 20 * DAY
    sign(15, 40)
    assert standing(person).last_day("website", NAMED) is None


def test_only_what_everyone_agreed_to_is_allowed(people) -> None:
    one, other = factories.person("Lan"), factories.person("Hoa")
    factories.consent(one, people["editor"], purposes=["website", "newspaper"])
    factories.consent(
        other, people["editor"], purposes=["website", "radio_tv"], scopes=["portrait"]
    )
    assert selectors.purposes_of([], []) == EVERYWHERE
    assert selectors.purposes_of([], [standing(one)]) == ["newspaper", "website"]
    assert selectors.purposes_of([standing(other)], [standing(one)]) == ["website"]
    assert selectors.purposes_of([], [standing(one), standing(other)]) == []
    assert selectors.purposes_of([None], []) == []


def test_asking_for_twenty_takes_as_many_queries_as_for_one(
    people, django_assert_num_queries
) -> None:
    uuids = []
    for number in range(20):
        person = factories.person(f"Người số {number}")
        factories.consent(person, people["editor"])
        uuids.append(person.uuid)
    for some in (uuids[:1], uuids):
        with django_assert_num_queries(2):  # people with guardians, consents
            assert len(selectors.standings(some)) == len(some)
    with django_assert_num_queries(0):
        selectors.standings([])
