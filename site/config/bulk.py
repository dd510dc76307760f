"""Wagtail's bulk actions, over what the user may see.

Wagtail lists by title what was asked for and isn't allowed; so any number in the address would
tell its title.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action.dispatcher import index
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import AbstractPage
from wagtail.permissions import policy_registry

from stories.pages.permissions import readable

SEEING = ["choose", "change", "add", "delete"]


@require_admin_access
def bulk_actions(
    request: HttpRequest, app_label: str, model_name: str, action: str
) -> HttpResponse:
    """As Wagtail's view; 404 where one of the objects isn't the user's to see."""
    action_class = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if action_class is not None and not request.user.is_superuser:
        wanted = request.GET.getlist("id")
        if "all" in wanted:  # all below one page; Wagtail has no such bound for other things
            wanted = request.GET.getlist("childOf")
            if not (wanted and issubclass(action_class.models[0], AbstractPage)):
                raise Http404
        wanted = [int(ident) for ident in wanted if ident.isdecimal()]
        for model in action_class.models:
            asked = model.objects.filter(pk__in=wanted)
            if visible(asked, request.user).count() < asked.count():
                raise Http404
    return index(request, app_label, model_name, action)


def visible(objects, user):
    """Of the objects, those that the user may see at all."""
    if issubclass(objects.model, AbstractPage):
        return readable(objects, user)
    policy = policy_registry.get_by_type(objects.model)
    if not hasattr(policy, "instances_user_has_any_permission_for"):
        return objects
    own = policy.instances_user_has_any_permission_for(user, SEEING)
    return objects.filter(pk__in=own.values("pk"))
