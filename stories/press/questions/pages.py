"""`/bao-chi/hoi-dap/`: a newsroom's questions and the Union's answers. Another's: 404."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from stories.press.clippings import items
from stories.press.clippings.choosing import ItemFields
from stories.press.models import PressQuestion
from stories.press.models.question import LONGEST
from stories.press.questions import services
from stories.press.room import pages
from stories.press.room.access import signed_in

PER_PAGE = 20


class QuestionForm(ItemFields, forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Câu hỏi"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Hãy ghi câu hỏi.")},
    )
    field_order = ["item", "address", "text"]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def listing(request: HttpRequest) -> HttpResponseBase:
    """The newsroom's questions, newest first, and the form for one more (`?bai=` names an item)."""
    person = request.press_person
    form = QuestionForm(
        request.POST or None, client=person.client, about=request.GET.get("bai", "")
    )
    if request.method == "POST" and form.is_valid() and _asked(request, form):
        said = _("Đã gửi câu hỏi. Trả lời sẽ tới %(email)s và có ở trang này.")
        messages.success(request, said % {"email": person.email})
        return redirect("press_questions_room")
    found = PressQuestion.objects.filter(client=person.client_id).order_by("-pk")
    page = Paginator(found.select_related("item"), PER_PAGE).get_page(request.GET.get("p"))
    context = {"form": form, "page": page, "rows": _rows(request, list(page.object_list))}
    return pages.show(request, "press/room/questions.html", context, section="questions")


def _asked(request: HttpRequest, form: QuestionForm) -> bool:
    data = form.cleaned_data
    try:
        services.ask(person=request.press_person, text=data["text"], item=data["chosen"])
    except services.TooMany:
        form.add_error(None, _("Quý cơ quan còn nhiều câu hỏi chờ trả lời. Mời hỏi thêm sau."))
        return False
    return True


def _rows(request: HttpRequest, questions: list[PressQuestion]) -> list[dict[str, Any]]:
    """Each with the title of its item: two queries for any number."""
    about = {one.item for one in questions if one.item is not None}
    named = items.titled(request.press_person.client, about)
    titles = {one.item.pk: one.title for one in named}
    return [{"question": one, "title": titles.get(one.item_id, "")} for one in questions]
