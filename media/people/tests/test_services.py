"""What is recorded stays as it was recorded; every act is in the audit trail, without names."""

from __future__ import annotations

import json
import unicodedata
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.audit.models import AuditEntry
from media.models import Consent, Depiction, Person
from media.people import codes, services
from media.people.signals import consent_withdrawn
from stories import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(people) -> Person:
    return factories.person("Nguyễn Thị Lan", phone="0912 345 678", address="Khu 5")


def test_a_name_is_kept_in_one_form_and_found_without_diacritics(people) -> None:
    typed = unicodedata.normalize("NFD", "  Đỗ Thị   Bình ")
    person = factories.person(typed)
    assert person.name == "Đỗ Thị Bình"
    assert unicodedata.is_normalized("NFC", person.name)
    for words in ("do binh", "Đỗ Thị Bình", "BÌNH đỗ", typed):
        assert list(Person.objects.found(words)) == [person], words
    assert not Person.objects.found("Bính Đào").exists()


def test_a_code_finds_its_record_however_it_is_typed(people, lan) -> None:
    code = services.prepare_consent(person=lan).code
    assert codes.read(code) == code
    for typed in (code.lower(), code.replace("-", " "), code.replace("-", ""), f" {code} "):
        assert list(Person.objects.found(typed)) == [lan]
    assert not Person.objects.found("PT-2222-222").exists()


def test_codes_have_no_letters_that_look_alike() -> None:
    letters = {letter for _ in range(500) for letter in codes.new().removeprefix("PT-")} - {"-"}
    assert letters <= set(codes.ALPHABET)
    assert not letters & set("01IOLBSZ")


def test_a_code_that_somebody_has_is_not_given_again(people, lan, monkeypatch) -> None:
    first = services.prepare_consent(person=lan).code
    given = iter([first, first, "PT-7K3M-92Q"])
    monkeypatch.setattr(codes, "new", lambda: next(given))
    assert services.prepare_consent(person=factories.person("Hoa")).code == "PT-7K3M-92Q"


def test_printing_twice_gives_one_record_until_it_is_signed(people, lan) -> None:
    first = services.prepare_consent(person=lan)
    assert services.prepare_consent(person=lan).pk == first.pk
    factories.consent(lan, people["editor"])
    assert services.prepare_consent(person=lan).pk != first.pk


CHANGES = {
    "its purposes": {"for_radio_tv": False},
    "its scope": {"covers_voice": False},
    "its dates": {"valid_to": timezone.localdate()},
    "its person": {"person_id": 0},
    "its form": {"form": "consents/khac.pdf"},
    "its recording": {"recorded_at": None},
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_recorded_is_not_changed(people, lan, change) -> None:
    consent = factories.consent(lan, people["editor"])
    for name, value in CHANGES[change].items():
        setattr(consent, name, value)
    with pytest.raises(PermissionDenied):
        consent.save()


@pytest.mark.parametrize(
    "act",
    [
        lambda one: one.delete(),
        lambda one: Consent.objects.filter(pk=one.pk).delete(),
        lambda one: Consent.objects.filter(pk=one.pk).update(for_website=True),
    ],
)
def test_what_is_recorded_is_not_deleted_or_changed_past_the_model(people, lan, act) -> None:
    consent = factories.consent(lan, people["editor"], purposes=["bulletin"])
    with pytest.raises(PermissionDenied), transaction.atomic():
        act(consent)
    assert Consent.objects.get().purposes == {"bulletin"}


def test_a_recorded_consent_is_not_recorded_again(people, lan) -> None:
    consent = factories.consent(lan, people["editor"])
    with pytest.raises(PermissionDenied), transaction.atomic():
        services.record_consent(
            consent=consent,
            user=people["editor"],
            purposes=["website"],
            scopes=["name"],
            valid_from=timezone.localdate(),
        )


def test_the_signed_form_may_come_later_and_only_once(people, lan) -> None:
    consent = factories.consent(lan, people["editor"], form=None)
    today = timezone.localdate()
    assert not Consent.objects.valid(today).exists()
    consent = services.attach_form(consent=consent, user=people["editor"], form=factories.signed())
    assert Consent.objects.valid(today).exists()
    assert default_storage.exists(consent.form.name)
    assert "Lan" not in consent.form.name
    with pytest.raises(PermissionDenied), transaction.atomic():
        services.attach_form(consent=consent, user=people["editor"], form=factories.signed())


def test_a_minors_consent_is_her_guardians(people) -> None:
    mother = factories.person("Trần Thị Mẹ", born=1985)
    child = factories.person("Cháu An", under_age=True)
    with pytest.raises(ValidationError, match="giám hộ"), transaction.atomic():
        factories.consent(child, people["editor"])
    child.guardian = mother
    child.save()
    with pytest.raises(ValidationError, match="quan hệ"), transaction.atomic():
        factories.consent(child, people["editor"], relation=" ")
    consent = factories.consent(child, people["editor"], relation="mẹ")
    assert (consent.giver, consent.giver_relation) == (mother, "mẹ")


WRONG = {
    "no purpose": {"purposes": []},
    "no scope": {"scopes": []},
    "signed tomorrow": {"taken_on": timezone.localdate() + timedelta(days=1)},
    "ends before it begins": {"valid_to": timezone.localdate() - timedelta(days=999)},
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_not_recorded(people, lan, case) -> None:
    with pytest.raises(ValidationError), transaction.atomic():
        factories.consent(lan, people["editor"], **WRONG[case])
    assert not Consent.objects.recorded().exists()


# Withdrawal


def test_one_person_takes_a_yes_back_at_once_and_for_good(people, lan) -> None:
    consent = factories.consent(lan, people["editor"])
    services.withdraw_consent(consent=consent, user=people["reviewer"], how="phone")
    stored = Consent.objects.get()
    assert (stored.withdrawn_on, stored.withdrawn_how) == (timezone.localdate(), "phone")
    assert stored.withdrawal_recorded_by == people["reviewer"]
    assert not Consent.objects.valid(timezone.localdate()).exists()
    stored.withdrawn_on = None
    with pytest.raises(PermissionDenied):
        stored.save()


def test_withdrawing_again_changes_nothing_and_tells_nobody(people, lan) -> None:
    consent, told = factories.consent(lan, people["editor"]), []

    def listen(sender, consent, user, **kwargs) -> None:
        told.append((consent.code, user))

    consent_withdrawn.connect(listen)
    try:
        for how in ("phone", "letter"):
            services.withdraw_consent(consent=consent, user=people["board"], how=how)
    finally:
        consent_withdrawn.disconnect(listen)
    assert told == [(consent.code, people["board"])]
    assert Consent.objects.get().withdrawn_how == "phone"


def test_who_listens_is_in_the_same_transaction(people, lan) -> None:
    consent = factories.consent(lan, people["editor"])

    def fail(sender, **kwargs) -> None:
        raise RuntimeError

    consent_withdrawn.connect(fail)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            services.withdraw_consent(consent=consent, user=people["board"], how="phone")
    finally:
        consent_withdrawn.disconnect(fail)
    assert Consent.objects.get().withdrawn_on is None


def test_a_withdrawal_is_not_of_the_future_nor_of_a_form_that_nobody_signed(people, lan) -> None:
    prepared = services.prepare_consent(person=lan)
    with pytest.raises(ValidationError), transaction.atomic():
        services.withdraw_consent(consent=prepared, user=people["board"], how="phone")
    consent = factories.consent(lan, people["editor"])
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError), transaction.atomic():
        services.withdraw_consent(consent=consent, user=people["board"], how="phone", when=tomorrow)


# On record


def test_every_act_is_in_the_audit_trail_without_names_or_numbers(people, lan) -> None:
    start = AuditEntry.objects.count()
    lan.phone = "0987 654 321"
    services.save_person(person=lan, user=people["editor"])
    consent = factories.consent(lan, people["editor"], form=None, purposes=["website"])
    services.attach_form(consent=consent, user=people["editor"], form=factories.signed())
    factories.picture(people=[lan])
    services.withdraw_consent(consent=consent, user=people["reviewer"], how="letter", by="Bà Lan")
    entries = list(AuditEntry.objects.order_by("seq")[start:])
    assert [entry.action for entry in entries] == [
        "person_changed",
        "consent_recorded",
        "consent_signed",
        "depicted_changed",
        "consent_withdrawn",
    ]
    assert entries[0].details == {"changed": ["phone"]}
    assert entries[1].details["purposes"] == ["website"]
    assert entries[-1].actor == people["reviewer"].username
    said = json.dumps([entry.data + entry.target for entry in entries], ensure_ascii=False)
    assert not [word for word in ("Lan", "0912", "0987", "Khu 5") if word in said]


def test_who_is_in_a_picture_is_replaced_and_stays_where_it_was(people, lan) -> None:
    hoa = factories.person("Hoa")
    picture = factories.picture(people=[lan])
    Depiction.objects.update(order=2)
    services.set_depicted(picture=picture, people=[lan, hoa])
    assert set(Depiction.objects.values_list("person__name", "order")) == {
        ("Nguyễn Thị Lan", 2),
        ("Hoa", None),
    }
    services.set_depicted(picture=picture, people=[hoa])
    assert [one.person for one in Depiction.objects.all()] == [hoa]
