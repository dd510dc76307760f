"""`/bao-chi/dong-nghiep/`: a newsroom's administrator looks after its own people."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stories.press import rounds
from stories.press.models import PressPerson
from stories.press.room import pages, people
from stories.press.room.access import newsroom_admin
from stories.press.room.forms import ColleagueForm


def _of_her_newsroom(request: HttpRequest):
    return PressPerson.objects.filter(client=request.press_person.client_id)


@require_http_methods(["GET", "HEAD", "POST"])
@newsroom_admin
def listing(request: HttpRequest) -> HttpResponseBase:
    """All of the newsroom's people, and a form that invites one more."""
    me = request.press_person
    form = ColleagueForm(request.POST or None, client=me.client)
    if request.method == "POST" and form.is_valid():
        person = people.invite(person=form.save(commit=False), by=me)
        rounds.at_once()
        said = _("Đang gửi thư mời tới %(email)s.")
        messages.success(request, said % {"email": person.email})
        return redirect("press_colleagues")
    colleagues = _of_her_newsroom(request).select_related("client").order_by("name", "pk")
    context = {"form": form, "colleagues": colleagues}
    return pages.show(request, "press/room/colleagues.html", context, section="colleagues")


@require_POST
@newsroom_admin
def switch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Out, or with `on` in again. Nobody shuts herself out."""
    others = _of_her_newsroom(request).exclude(pk=request.press_person.pk)
    person = get_object_or_404(others.select_related("client"), pk=pk)
    person.is_active = bool(request.POST.get("on"))
    people.change(person=person, by=request.press_person)
    if person.is_active:
        said = _("%(name)s lại vào được phòng báo chí.")
    else:
        said = _("%(name)s không vào được phòng báo chí nữa.")
    messages.success(request, said % {"name": person.name})
    return redirect("press_colleagues")


@require_POST
@newsroom_admin
def invite_again(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One more mail to who hasn't set a password yet."""
    waiting = _of_her_newsroom(request).filter(is_active=True)
    person = get_object_or_404(waiting.select_related("client"), pk=pk)
    if person.has_usable_password():
        messages.info(request, _("%(name)s đã có mật khẩu.") % {"name": person.name})
    else:
        link = PressPerson.Link.INVITATION
        people.send_link(person=person, link=link, by=request.press_person)
        rounds.at_once()
        messages.success(request, _("Đang gửi lại thư mời tới %(to)s.") % {"to": person.email})
    return redirect("press_colleagues")
