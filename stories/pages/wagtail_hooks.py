from __future__ import annotations

from django.db.models import Q
from wagtail import hooks
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet

from stories.pages.viewsets import TermsGroup

register_snippet(TermsGroup)


@hooks.register("construct_page_chooser_queryset")
def choose_own_or_public(pages, request):
    """A chooser offers what is public and what the user may see in the tree, nothing of others."""
    own = policy_registry.get_by_type(pages.model).explorable_instances(request.user)
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))
