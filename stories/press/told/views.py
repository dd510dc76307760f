"""Confirming: the page behind the mail's link, and the admin's button."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from stories.press.models import PressConfirmation
from stories.press.told import links, services


@never_cache
@csrf_exempt  # the token is the right to do it
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """`/bao-chi/xac-nhan/<token>/`: GET shows what is open (mail scanners open links), POST acts.

    The form names the rows it showed: what came in between was not seen, so isn't confirmed.
    """
    client = links.read(token)
    rows = (
        PressConfirmation.objects.open()
        .filter(client=client)
        .select_related("item", "release", "advance")
    )
    context: dict[str, object] = {"client": client}
    if client is not None and request.method == "POST":
        shown = [pk for pk in request.POST.getlist("row") if pk.isascii() and pk.isdigit()][:500]
        who = request.POST.get("who", "").strip() or client.contact_name or client.organisation
        for row in rows.filter(pk__in=shown):
            services.confirm(
                client=client,
                item=row.item_id,
                version=row.cause.version,
                how=services.How.LINK,
                by=who,
            )
        context["done"] = True
    context["rows"] = list(rows.order_by("pk")) if client is not None else []
    response = render(request, "press/confirm.html", context, status=200 if client else 404)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
def by_staff(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/bao-chi/xac-nhan/<pk>/`: what a client said by telephone; `who` said it."""
    if not request.user.has_perm("press.change_pressconfirmation"):
        raise PermissionDenied
    row = get_object_or_404(
        PressConfirmation.objects.select_related("client", "release", "advance"), pk=pk
    )
    who = request.POST.get("who", "").strip()
    if who:
        services.confirm(
            client=row.client,
            item=row.item_id,
            version=row.cause.version,
            how=services.How.STAFF,
            by=who,
            actor=request.user,
        )
        messages.success(request, _("Đã ghi lời xác nhận của %(client)s.") % {"client": row.client})
    else:
        messages.error(request, _("Hãy ghi tên người đã xác nhận."))
    return redirect("press_confirmations:inspect", row.pk)
