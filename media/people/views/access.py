"""Who gets to which of these screens: 404 for people that the user may not see, so that neither
names nor numbers can be tried; 403 for what she may see and not do."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from media.people import permissions
from media.people.models import Consent, Person


def seen_person(request: HttpRequest, pk: int) -> Person:
    """The person, if the user may see her. Raises Http404."""
    found = permissions.visible(request.user).select_related("collection", "guardian")
    person = found.filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


def own_person(request: HttpRequest, pk: int) -> Person:
    """The person, if the user may change her. Raises Http404 or PermissionDenied."""
    person = seen_person(request, pk)
    if not permissions.may_change(request.user, person):
        raise PermissionDenied
    return person


def seen_consent(request: HttpRequest, **lookup) -> Consent:
    """The consent, if the user may see its person. Raises Http404."""
    found = Consent.objects.filter(person__in=permissions.visible(request.user), **lookup)
    consent = found.select_related("person").first()
    if consent is None:
        raise Http404
    return consent
