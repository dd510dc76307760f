"""The addresses of the admin, read from the URL configuration itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from config.tests.walk.samples import World

PREFIX = "quan-tri/"
# Not opened: they end the session, or fail on purpose.
APART = {"wagtailadmin_logout", "wagtailadmin_error_test"}
# Routes that show nobody anything when opened, and why. What isn't here must be seen in the walk.
NO_SCREEN = {
    "they answer scripts": {
        "person_chooser:chosen",
        "resumable",
        "resumable_finish",
        "resumable_save",
        "resumable_upload",
        "wagtailadmin_api:documents:detail",
        "wagtailadmin_api:documents:find",
        "wagtailadmin_api:documents:listing",
        "wagtailadmin_api:images:detail",
        "wagtailadmin_api:images:find",
        "wagtailadmin_api:images:listing",
        "wagtailadmin_api:pages:action",
        "wagtailadmin_api:pages:detail",
        "wagtailadmin_api:pages:find",
        "wagtailadmin_block_preview",
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        "wagtailadmin_pages:set_page_position",
        "wagtailadmin_tag_model_autocomplete",
        "wagtaildocs:create_multiple_from_uploaded_document",
        "wagtaildocs:delete_multiple",
        "wagtaildocs:delete_upload_multiple",
        "wagtaildocs:edit_multiple",
        "wagtailimages:create_multiple_from_uploaded_image",
        "wagtailimages:delete_multiple",
        "wagtailimages:delete_upload_multiple",
        "wagtailimages:edit_multiple",
    },
    "they only take a form, of a screen that is seen": {
        "desk_bulk",
        "desk_bundle_remove",
        "desk_bundle_reopen",
        "desk_claim",
        "desk_results",
        "desk_revoke",
        "desk_unclaim",
        "notices_read",
        "press_clipping_check",
        "press_advance_take_back",
        "press_confirm_by_staff",
        "press_hook_replay",
        "press_hook_rotate",
        "press_hook_switch",
        "press_hook_try",
        "press_question_answer",
        "press_question_close",
        "press_person_invite",
        "review_invite",
        "review_link_revoke",
        "takedown_retry",
        "wagtailadmin_pages:lock",
        "wagtailadmin_pages:unlock",
        "wagtailadmin_workflows:enable",
        "wagtailadmin_workflows:enable_task",
        "wagtailadmin_workflows:remove",
    },
    "closed to everyone, or leading elsewhere": {
        "consent_by_code",
        "consent_print",  # a file to print
        "takedown_of_consent",
        "notices_open",
        "help_part",
        "press_clients:delete",
        "press_confirmations:add",
        "press_confirmations:delete",
        "press_confirmations:edit",
        "press_confirmations:history",
        "press_confirmations:history_results",
        "press_confirmations:usage",
        "press_deliveries:add",
        "press_deliveries:delete",
        "press_deliveries:edit",
        "press_deliveries:history",
        "press_deliveries:history_results",
        "press_deliveries:usage",
        "press_downloads:add",
        "press_downloads:delete",
        "press_downloads:edit",
        "press_downloads:history",
        "press_downloads:history_results",
        "press_downloads:usage",
        "press_advances:add",
        "press_hook_events:add",
        "press_advances:delete",
        "press_hook_events:delete",
        "press_advances:edit",
        "press_hook_events:edit",
        "press_advances:history",
        "press_hook_events:history",
        "press_advances:history_results",
        "press_hook_events:history_results",
        "press_advances:usage",
        "press_hook_events:usage",
        "press_hooks:delete",
        "press_hub:add",
        "press_hub:edit",
        "press_hub:usage",
        "press_keys:edit",
        "press_keys:usage",
        "press_people:delete",
        "press_questions:add",
        "press_questions:delete",
        "press_questions:edit",
        "press_questions:history",
        "press_questions:history_results",
        "press_questions:usage",
        "wagtailadmin_pages:convert_alias",
        "wagtailadmin_pages:revisions_index",
        "wagtailadmin_pages:revisions_unschedule",
        "wagtailadmin_pages:unpublish",
        "wagtailimages:url_generator",
        "wagtailimages:url_generator_output",
        "wagtailsettings:edit",
        "wagtailsettings:preview_on_edit",
        "wagtailsnippets:index",
        "wagtailsnippets_pages_movement:delete",
    },
}
SCRIPTS = NO_SCREEN["they answer scripts"]
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Route:
    name: str
    arguments: tuple[str, ...]

    @property
    def namespace(self) -> str:
        return self.name.rpartition(":")[0]

    def addresses(self, world: World) -> Iterator[str]:
        """With every subject that has all the arguments; once without, if there are none."""
        if not self.arguments:
            yield reverse(self.name)
            return
        seen = set()
        for subject in world.subjects(self.namespace):
            if set(self.arguments) - subject.keys() or ("?" in subject) is not self.is_bulk:
                continue
            try:
                url = reverse(self.name, kwargs={name: subject[name] for name in self.arguments})
            except NoReverseMatch:
                continue
            query = subject.get("?", "")
            address = f"{url}?{query}" if query else url
            if address not in seen:
                seen.add(address)
                yield address

    @property
    def is_bulk(self) -> bool:
        return self.name == "wagtail_bulk_action"


def routes(resolver=None, prefix: str = "", namespace: str = "") -> Iterator[Route]:
    """Every named route of the admin that shows something."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            inner = namespace + (f"{pattern.namespace}:" if pattern.namespace else "")
            yield from routes(pattern, route, inner)
        elif isinstance(pattern, URLPattern) and pattern.name and route.startswith(PREFIX):
            name = namespace + pattern.name
            if name not in APART:
                yield Route(name, tuple(ARGUMENT.findall(route)))
