"""The screen “Tạo bài từ tệp Word”: send a file, go on in the editor of the new draft."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from stories.pages.models import UnitSectionPage
from stories.pages.word import report
from stories.pages.word.draft import create_draft, may_create
from stories.pages.word.forms import WordFileForm
from stories.pages.word.package import UnusableFile


def from_word(request: HttpRequest, section_id: int) -> HttpResponse:
    """`/quan-tri/tu-word/<section>/`, for whoever may add stories to the section."""
    section = get_object_or_404(UnitSectionPage, pk=section_id)
    if not may_create(section, request.user):
        raise PermissionDenied
    form = WordFileForm(request.POST, request.FILES) if request.method == "POST" else WordFileForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = create_draft(
                section=section, user=request.user, name=file.name, content=file.read()
            )
        except UnusableFile as reason:
            form.add_error("file", str(reason))
        else:
            original = reverse("wagtaildocs:edit", args=[made.file.pk])
            buttons = [messages.button(original, _("Tệp gốc"))]
            messages.success(request, report.taken(made), buttons=buttons)
            if left_out := report.left_out(made):
                messages.warning(request, left_out)
            return redirect("wagtailadmin_pages:edit", made.page.pk)
    return render(
        request,
        "pages/word_upload.html",
        {"form": form, "section": section},
        status=200 if request.method == "GET" else 422,
    )
