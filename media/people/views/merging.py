"""Merging two records of one person, and deleting one on which nothing hangs."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from media.models import PublicFile
from media.people import merging, permissions, selectors
from media.people.forms import MergeForm
from media.people.models import Person
from media.people.states import Row, rows
from media.people.views.access import own_person


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records, with what hangs on it."""

    person: Person
    consents: list[Row]
    pictures: int
    public_pictures: int
    pages: list
    wards: list[Person]


def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/con-nguoi/<pk>/gop/?gone=<pk>`: first which other record, then both side by side.

    POST merges the other into this one. 403 for whoever may not change both.
    """
    kept = own_person(request, pk)
    posted = request.method == "POST"
    given = request.POST if posted else request.GET
    form = MergeForm(given if "gone" in given else None, user=request.user, kept=kept)
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "button": _("Xem hai bản ghi"), "method": "get"}
        return _screen(request, kept, "media/people/form.html", context)
    gone = form.cleaned_data["gone"]
    if not permissions.may_merge(request.user, kept, gone):
        raise PermissionDenied
    why = merging.obstacle(kept, gone)
    if posted and not why:
        try:
            merging.merge(kept=kept, gone=gone, user=request.user)
        except ValidationError as error:
            why = " ".join(error.messages)
        else:
            words = _("Đã gộp. Mọi phiếu đồng ý, ảnh và bài nay ở phần của %(name)s.")
            messages.success(request, words % {"name": kept.name})
            return redirect("person", kept.pk)
    context = {
        "sides": [_side(kept), _side(gone)],
        "gone": gone,
        "why": why,
        "taken_back": [] if why else merging.taken_back(kept, gone),
    }
    return _screen(request, kept, "media/people/merge.html", context)


def _side(person: Person) -> Side:
    pictures = selectors.pictures_of(person)
    public = PublicFile.objects.filter(picture__in=pictures.order_by().values("uuid"))
    return Side(
        person=person,
        consents=rows(person, timezone.localdate()),
        pictures=pictures.count(),
        public_pictures=public.values("picture").distinct().count(),
        pages=list(selectors.pages_naming(person)),
        wards=list(person.wards.all()),
    )


def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/con-nguoi/<pk>/xoa/`: asks, or says what holds the record."""
    one = own_person(request, pk)
    held = merging.holders(one)
    if request.method == "POST":
        name = one.name
        try:
            merging.delete(person=one, user=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("person", one.pk)
        messages.success(request, _("Đã xóa bản ghi của %(name)s.") % {"name": name})
        return redirect("people")
    context = {"held": held, "waiting": one.consents.filter(recorded_at=None).first()}
    return _screen(request, one, "media/people/delete.html", context, _("Xóa bản ghi"))


def _screen(
    request: HttpRequest, person: Person, template: str, context: dict, title: str = ""
) -> HttpResponse:
    title = title or _("Gộp hai bản ghi của một người")
    shown = {"title": title, "icon": "user", "person": person}
    return render(request, template, shown | context)
