"""Who is signed in at the press room.

The session holds the person's number and a digest of her password under keys of its own, beside
whatever the staff's login keeps there: neither opens the other's doors. Person and client are
looked up at each request, so who is deactivated is out at once, and a new password ends all
sessions but the one that set it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth.models import update_last_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from stories.press.models import PressPerson

View = Callable[..., HttpResponseBase]
PERSON, PROOF = "press_person", "press_person_hash"  # keys of the session
ROOM = "/bao-chi/"
PRIVATE = "private, no-store"
NEXT = "tiep"  # the parameter that says where to go after signing in


def person_of(request: HttpRequest) -> PressPerson | None:
    """Who is signed in at the press room, with her `client`; one query, none for nobody."""
    if not hasattr(request, "_press_person"):
        request._press_person = _found(request)
    return request._press_person


def _found(request: HttpRequest) -> PressPerson | None:
    pk = request.session.get(PERSON)
    if pk is None:
        return None
    person = PressPerson.objects.active().filter(pk=pk).first()
    proof = request.session.get(PROOF, "")
    if person is None or not constant_time_compare(proof, person.get_session_auth_hash()):
        return None
    return person


def enter(request: HttpRequest, person: PressPerson) -> None:
    """Sign her in; the session gets a new key, so that one known to others is worth nothing."""
    request.session.cycle_key()
    request.session[PERSON] = person.pk
    request.session[PROOF] = person.get_session_auth_hash()
    rotate_token(request)
    update_last_login(None, person)
    request._press_person = person


def leave(request: HttpRequest) -> None:
    """Sign out here; a staff login of the same browser stays."""
    for key in (PERSON, PROOF):
        request.session.pop(key, None)
    request.session.cycle_key()
    request._press_person = None


def signed_in(view: View) -> View:
    """Only for people of the press: sets `request.press_person`; others go and sign in first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        person = person_of(request)
        if person is None:
            there = request.get_full_path() if request.method in ("GET", "HEAD") else ROOM
            return private(redirect(f"{reverse('press_sign_in')}?{urlencode({NEXT: there})}"))
        request.press_person = person
        return private(view(request, *args, **kwargs))

    return guarded


def newsroom_admin(view: View) -> View:
    """As `signed_in`, for those who look after their newsroom's people; 404 for the others."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not request.press_person.is_admin:
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(guarded)


def private(response: HttpResponseBase) -> HttpResponseBase:
    """Kept by no cache, found by no search engine."""
    response.headers["Cache-Control"] = PRIVATE
    response.headers["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie"])
    return response


def wanted(request: HttpRequest) -> str:
    """Where she was going: an address of the press room, or its door."""
    there = request.POST.get(NEXT) or request.GET.get(NEXT) or ROOM
    is_ours = url_has_allowed_host_and_scheme(there, allowed_hosts=None)
    return there if is_ours and there.startswith(ROOM) else ROOM
