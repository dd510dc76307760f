from __future__ import annotations

from django.http import Http404
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.permissions import policy_registry

from media.rendering import NotesOperation
from media.resumable import urls
from media.resumable.menu import UploadItem


@hooks.register("register_image_operations")
def operations() -> list:
    return [("notes", NotesOperation)]


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return urls.urlpatterns


@hooks.register("register_admin_menu_item")
def upload_item() -> UploadItem:
    return UploadItem()


@hooks.register("insert_global_admin_css")
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("media/uploads.css"))


@hooks.register("before_serve_document")
def documents_are_for_staff(document, request) -> None:
    """No document is public: only staff whose collections hold it may download it."""
    policy = policy_registry.get(document)
    if not policy.user_has_any_permission_for_instance(
        request.user, ["choose", "change"], document
    ):
        raise Http404
