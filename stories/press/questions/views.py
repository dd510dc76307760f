"""The admin's buttons of a question."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stories.press.models import PressQuestion
from stories.press.questions import services
from stories.press.questions.forms import AnswerForm


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/bao-chi/hoi-dap/<pk>/tra-loi/`"""
    question = _question(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["answer"]))
    elif not question.is_open:
        messages.error(request, _("Câu hỏi này đã đóng."))
    else:
        text = form.cleaned_data["answer"]
        services.answer(question=question, text=text, user=request.user)
        messages.success(request, _("Đã trả lời %(name)s.") % {"name": question.asker_name})
    return redirect("press_questions:inspect", question.pk)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/bao-chi/hoi-dap/<pk>/dong/`"""
    question = _question(request, pk)
    services.close(question=question, user=request.user)
    messages.success(request, _("Đã đóng câu hỏi."))
    return redirect("press_questions:inspect", question.pk)


def _question(request: HttpRequest, pk: int) -> PressQuestion:
    if not request.user.has_perm("press.change_pressquestion"):
        raise PermissionDenied
    return get_object_or_404(PressQuestion.objects.select_related("client"), pk=pk)
