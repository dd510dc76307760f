"""`/bao-chi/chu-de/`: searches that a person saved, and how she wants to hear of what is new."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stories.press.models import PressPerson, PressTopic
from stories.press.room import access, pages, stopping
from stories.press.room.access import signed_in
from stories.press.room.asking import Question
from stories.releases import selectors as releases

MOST = 30  # topics of one person
Mode = PressTopic.Mode


class TopicForm(forms.ModelForm):
    class Meta:
        model = PressTopic
        fields = ("name", "mode")
        labels = {"name": gettext_lazy("Tên chủ đề")}


@require_safe
@signed_in
def listing(request: HttpRequest) -> HttpResponseBase:
    context = {"topics": request.press_person.topics.all(), "modes": Mode.choices}
    return pages.show(request, "press/room/topics.html", context, section="topics")


@require_POST
@signed_in
def save(request: HttpRequest) -> HttpResponseBase:
    """The question of `query`, from now on: what was released before is told to nobody."""
    person, question = request.press_person, Question.stored(request.POST.get("query", ""))
    form = TopicForm(request.POST)
    if question.type == "picture" or not form.is_valid():
        messages.error(request, _("Chưa lưu được: hãy ghi tên chủ đề (nhiều nhất 100 chữ)."))
    elif person.topics.count() >= MOST:
        messages.error(request, _("Chị/anh đã theo dõi %(n)d chủ đề; hãy bỏ bớt.") % {"n": MOST})
    else:
        topic = form.save(commit=False)
        topic.person, topic.query, topic.seq = person, question.query, releases.head()
        topic.save()
        messages.success(request, _("Đã lưu chủ đề “%(name)s”.") % {"name": topic.name})
    return redirect("press_topics")


@require_POST
@signed_in
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How one of her own is told of, or with `delete` that it isn't kept."""
    topic = get_object_or_404(request.press_person.topics, pk=pk)
    mode = request.POST.get("mode", "")
    if request.POST.get("delete"):
        topic.delete()
        messages.success(request, _("Đã bỏ chủ đề “%(name)s”.") % {"name": topic.name})
    elif mode in Mode.values:
        if topic.mode == Mode.NONE:
            topic.seq = releases.head()
        topic.mode = mode
        topic.save(update_fields=["mode", "seq"])
        messages.success(request, _("Đã đổi cách báo tin của “%(name)s”.") % {"name": topic.name})
    return redirect("press_topics")


@csrf_exempt  # the token is the right to do it, and a mailbox that posts has no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """`/bao-chi/chu-de/thoi/<token>/`: GET shows a button (mail scanners open links), POST acts.

    Also the address of RFC 8058's one-click. 404 for a token that isn't ours.
    """
    topics = stopping.read(token)
    done = topics is not None and request.method == "POST"
    shown = list(topics) if topics is not None else []
    if done:
        topics.update(mode=Mode.NONE)
    status = 200 if topics is not None else 404
    context = {"topics": shown, "known": topics is not None, "done": done}
    response = render(request, "press/room/stop.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return access.private(response)


def offered(person: PressPerson, question: Question) -> dict[str, object]:
    """For the home's form that saves the question: nothing for pictures, which have no words."""
    if question.type == "picture":
        return {}
    known = person.topics.filter(query=question.query).first()
    return {"topic": known, "topic_form": TopicForm(auto_id="chu-de-%s"), "query": question.query}
