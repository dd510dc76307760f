"""Writes about people of the press: invited, let in, changed, given a new password."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.audit.actions import Action
from accounts.audit.services import record
from accounts.backends import DEMO_PASSWORD
from stories.press.models import PressPerson

Link = PressPerson.Link
ON_RECORD = ("name", "is_admin", "is_active")  # with their values; of the others that they changed


def authenticate(email: str, password: str) -> PressPerson | None:
    """The active person with this address and password. A wrong address takes as long as a wrong
    password."""
    person = PressPerson.objects.active().filter(email=email.strip().lower()).first()
    if person is None or (password == DEMO_PASSWORD and not settings.DEBUG):
        make_password(password)
        return None
    return person if person.check_password(password) else None


def refused(email: str, address: str) -> None:
    """A sign-in that failed; of an unknown address it isn't said which: it may be a password."""
    person = PressPerson.objects.filter(email=email).values_list("pk", flat=True).first()
    data = {"address": address}
    target = f"press_person:{person or '?'}"
    record(action=Action.PRESS_SIGN_IN_FAILED, target=target, data=data)


@transaction.atomic
def invite(*, person: PressPerson, actor=None, by: PressPerson | None = None) -> PressPerson:
    """Add a person (an unsaved, valid row) and have her mailed how to set a password.

    `actor` is staff, `by` the administrator of her newsroom.
    """
    person.set_unusable_password()
    person.save()
    on_record(Action.PRESS_PERSON_ADDED, person, actor=actor, by=by)
    return send_link(person=person, link=Link.INVITATION, actor=actor, by=by)


@transaction.atomic
def send_link(
    *, person: PressPerson, link: str, actor=None, by: PressPerson | None = None
) -> PressPerson:
    """Have her mailed a link that sets her password; the mail is sent by the next round."""
    person.link_wanted, person.link_at = link, timezone.now()
    person.link_attempts, person.link_error = 0, ""
    person.save(update_fields=["link_wanted", "link_at", "link_attempts", "link_error"])
    if link == Link.INVITATION:
        on_record(Action.PRESS_PERSON_INVITED, person, actor=actor, by=by)
    return person


def forgot(email: str) -> None:
    """Have the active person with this address mailed a link, unless one is on its way."""
    person = PressPerson.objects.active().filter(email=email.strip().lower()).first()
    if person is not None and not person.link_wanted:
        has_password = person.has_usable_password()
        send_link(person=person, link=Link.RESET if has_password else Link.INVITATION)


@transaction.atomic
def set_password(*, person: PressPerson, password: str) -> None:
    """From now on this one holds; her other sessions end, links sent before are used up."""
    person.set_password(password)
    person.link_wanted = ""
    person.save(update_fields=["password", "link_wanted"])
    on_record(Action.PRESS_PERSON_PASSWORD, person, by=person)


@transaction.atomic
def change(*, person: PressPerson, actor=None, by: PressPerson | None = None) -> None:
    """Save what was changed of her row. A new address isn't hers until she shows it: the old
    password holds no longer, and she is invited anew."""
    before = PressPerson.objects.select_for_update().get(pk=person.pk)
    changes = {
        name: [getattr(before, name), getattr(person, name)] if name in ON_RECORD else True
        for name in (*ON_RECORD, "email", "phone")
        if getattr(before, name) != getattr(person, name)
    }
    if not changes:
        return
    if "email" in changes:
        person.set_unusable_password()
    person.save()
    on_record(Action.PRESS_PERSON_CHANGED, person, actor=actor, by=by, **changes)
    if "email" in changes and person.is_active:
        send_link(person=person, link=Link.INVITATION, actor=actor, by=by)


def on_record(
    action: Action,
    person: PressPerson,
    *,
    actor=None,
    by: PressPerson | None = None,
    **data: object,
) -> None:
    said = {"client": person.client.name, "person": person.name} | data
    if by is not None:
        said["by"] = by.name
    record(action=action, target=f"press_person:{person.pk}", actor=actor, data=said)
