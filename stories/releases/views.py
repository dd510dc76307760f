"""The admin's screen for taking something from the public, with a type and a reason."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Page

from stories.pages.models import Withdrawal
from stories.pages.models.moderated import ModeratedPage
from stories.releases.forms import WithdrawForm
from stories.releases.models import Item, Release, Takedown
from stories.releases.permissions import may_withdraw
from stories.releases.services import withdraw


def withdraw_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """`/quan-tri/thu-hoi/<page>/`: 403 but for Ban Tuyên giáo and administrators."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, ModeratedPage) or not may_withdraw(request.user):
        raise PermissionDenied
    item = get_object_or_404(Item.objects.select_related("current"), pk=page.uuid)
    if item.kind == Release.Kind.CANCELED:
        messages.warning(request, _("Bài này đã thu hồi hẳn rồi, không còn gì để gỡ."))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw(page=page, withdrawal=Withdrawal.typed(**form.cleaned_data), user=request.user)
        messages.success(
            request, _("Đã gỡ “%(title)s” khỏi trang công khai.") % {"title": page.title}
        )
        found = Takedown.objects.filter(target=str(item.pk)).order_by("pk").last()
        return redirect("takedown", found.pk)
    return render(request, "releases/withdraw.html", {"page": page, "item": item, "form": form})
