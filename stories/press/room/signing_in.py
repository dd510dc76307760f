"""Signing in and out, and setting a password by the link of a mail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit.actions import Action
from stories.press import rounds
from stories.press.room import access, attempts, links, people
from stories.press.room.forms import ForgotForm, PasswordForm, SignInForm

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_post_parameters("password")
@reads_and_posts
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """`/bao-chi/dang-nhap/`: 429 after too many wrong passwords for one address."""
    if request.method != "POST" and access.person_of(request) is not None:
        return access.private(redirect(access.wanted(request)))
    form, status = SignInForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not attempts.allowed(email):
            form.too_many()
            status = 429
        elif person := people.authenticate(email, form.cleaned_data["password"]):
            attempts.forget(email)
            _entered(request, person)
            return access.private(redirect(access.wanted(request)))
        else:
            attempts.failed(email)
            people.refused(email, _address(request))
            form.wrong()
    context = {"form": form, "next": access.wanted(request)}
    return access.private(render(request, "press/room/sign_in.html", context, status=status))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """`/bao-chi/thoat/`"""
    access.leave(request)
    return access.private(redirect(access.ROOM))


@reads_and_posts
def forgot(request: HttpRequest) -> HttpResponse:
    """`/bao-chi/quen-mat-khau/`: the same answer whether there is such a person or not."""
    form = ForgotForm(request.POST or None)
    done = request.method == "POST" and form.is_valid()
    if done:
        people.forgot(form.cleaned_data["email"])
        rounds.at_once()
    context = {"form": form, "done": done}
    return access.private(render(request, "press/room/forgot.html", context))


@sensitive_post_parameters("password", "again")
@reads_and_posts
def set_password(request: HttpRequest, name: str, token: str) -> HttpResponseBase:
    """`/bao-chi/mat-khau/<name>/<token>/`: GET shows a form (mail scanners open links), POST acts.

    404 for a link that doesn't hold.
    """
    person = links.read(name, token)
    form = PasswordForm(request.POST or None, person=person)
    if person is not None and request.method == "POST" and form.is_valid():
        people.set_password(person=person, password=form.cleaned_data["password"])
        attempts.forget(person.email)
        _entered(request, person)
        return access.private(redirect(access.ROOM))
    context = {"form": form, "person": person}
    status = 200 if person else 404
    response = render(request, "press/room/set_password.html", context, status=status)
    # Never the address, which is a key; yet under "no-referrer" browsers send no usable Origin with
    # the form, and the check against forgery refuses it.
    response["Referrer-Policy"] = "strict-origin"
    return access.private(response)


def _entered(request: HttpRequest, person) -> None:
    access.enter(request, person)
    people.on_record(Action.PRESS_SIGNED_IN, person, address=_address(request))


def _address(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "")
