from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.permissions import policy_registry

from media.people import chooser, permissions
from media.people import urls as people_urls
from media.people.models import Person
from media.rendering import NotesOperation
from media.resumable import urls as upload_urls
from media.resumable.menu import UploadItem
from media.services import stored


@hooks.register("register_image_operations")
def operations() -> list:
    return [("notes", NotesOperation)]


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [*upload_urls.urlpatterns, *people_urls.urlpatterns]


@hooks.register("register_admin_menu_item")
def upload_item() -> UploadItem:
    return UploadItem()


@hooks.register("insert_global_admin_css")
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("media/uploads.css"))


@hooks.register("before_serve_document")
def documents_are_for_staff(document, request) -> None:
    """No document is public: only staff whose collections hold it may download it.

    A file that is lost is 404, wherever files are kept.
    """
    policy = policy_registry.get(document)
    if not policy.user_has_any_permission_for_instance(
        request.user, ["choose", "change"], document
    ) or not stored(document.file.name):
        raise Http404


class PeopleMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return permissions.may_look(request.user)


@hooks.register("register_admin_menu_item")
def people_item() -> PeopleMenuItem:
    return PeopleMenuItem(
        _("Con người, đồng ý"), reverse("people"), name="people", icon_name="user", order=250
    )


@hooks.register("register_admin_viewset")
def person_chooser() -> chooser.PersonChooserViewSet:
    register_admin_url_finder(Person, chooser.PersonURLFinder)
    return chooser.viewset


@hooks.register("describe_collection_contents")
def people_keep_their_collection(collection) -> dict | None:
    """A collection that people are in isn't deleted."""
    count = Person.objects.filter(collection=collection).count()
    words = ngettext("%(count)d người", "%(count)d người", count) % {"count": count}
    return {"count": count, "count_text": words, "url": reverse("people")} if count else None
