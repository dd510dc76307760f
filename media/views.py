"""Serving stored files: released ones to everyone, the rest to staff who may see the picture."""

from __future__ import annotations

import hashlib

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from media.models import Picture, PublicFile, Rendition
from media.standing_in import with_those_stood_in_for

# Always ask again: what was withdrawn must not stay in anyone's cache. Asking costs a query.
PUBLIC = "public, max-age=0, must-revalidate"


@require_safe
def stored_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """`/tep/<name>`: 404 for whatever the requester may not see, so that names can't be probed."""
    if PublicFile.objects.filter(name=name).exists():
        cache = PUBLIC
    elif may_see(request.user, name):
        cache = "private, no-store"
    else:
        raise Http404
    # A rendition's file never changes under its name: the name is its version.
    etag = f'"{hashlib.sha256(name.encode()).hexdigest()[:24]}"'
    response = get_conditional_response(request, etag=etag) or file_response(name)
    response["ETag"], response["Cache-Control"] = etag, cache
    return response


def file_response(name: str) -> HttpResponseBase:
    """A stored file, whoever asks; 404 where there is none. The caller asks who may."""
    try:
        response = FileResponse(default_storage.open(name))
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def may_see(user, name: str) -> bool:
    """Staff see the files of those pictures that their collections let them choose or change.

    A deputy also sees what those see for whom they stand in.
    """
    if not user.is_authenticated or not user.has_perm("wagtailadmin.access_admin"):
        return False
    picture = Picture.objects.filter(file=name).first()
    if picture is None:
        rendition = Rendition.objects.filter(file=name).select_related("image").first()
        picture = rendition.image if rendition else None
    if picture is None:
        return False
    policy = policy_registry.get_by_type(Picture)
    return any(
        policy.user_has_any_permission_for_instance(person, ["choose", "change"], picture)
        for person in with_those_stood_in_for(user)
    )
