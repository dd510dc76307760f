"""What a button on a hook's screen does; each takes a form only."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stories.press.models import PressHook, PressHookEvent
from stories.press.webhooks import services
from stories.press.webhooks.viewsets import back, secret_shown

View = Callable[..., HttpResponse]


def who_may_change(view: View) -> View:
    """POST by someone who may change hooks, else 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm("press.change_presshook"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return require_POST(guarded)


@who_may_change
def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    """`/quan-tri/bao-chi/webhook/<pk>/gui-thu/`: one call now, and how it went."""
    hook = get_object_or_404(PressHook.objects.active(), pk=pk)
    event = services.try_out(hook=hook)
    if event.state == PressHookEvent.State.SENT:
        said = _("Máy chủ của %(client)s đã nhận (mã %(n)d).")
        messages.success(request, said % {"client": hook.client, "n": event.last_status})
    else:
        messages.error(request, _("Gửi thử chưa được: %(why)s") % {"why": event.last_error})
    return back(hook)


@who_may_change
def rotate(request: HttpRequest, pk: int) -> HttpResponse:
    """`…/<pk>/doi-khoa/`: the new secret, shown in this answer only."""
    hook = get_object_or_404(PressHook, pk=pk)
    secret = services.rotate(hook=hook)
    hook.refresh_from_db()
    return secret_shown(request, hook, secret)


@who_may_change
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """`…/<pk>/bat-tat/`: `on` in the form says which."""
    hook = get_object_or_404(PressHook, pk=pk)
    if request.POST.get("on"):
        services.switch_on(hook=hook)
        messages.success(request, _("Đã bật webhook."))
    else:
        services.switch_off(hook=hook)
        messages.success(request, _("Đã tắt webhook."))
    return back(hook)


@who_may_change
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """`…/luot/<pk>/gui-lai/`: an event about a release, by the next round."""
    active = PressHookEvent.objects.filter(hook__is_active=True).exclude(release=None, advance=None)
    event = get_object_or_404(active.select_related("hook__client"), pk=pk)
    services.replay(event=event)
    messages.success(request, _("Sẽ gửi lại trong vòng một phút."))
    return redirect("press_hook_events:inspect", event.pk)
