"""The words of tus 1.0.0 (https://tus.io/protocols/resumable-upload): headers in, headers out."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import http_date

from media.resumable.parts import ALGORITHMS

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
CONTENT_TYPE = "application/offset+octet-stream"
MISMATCH = 460  # the protocol's own status for bytes that are not those of the checksum


class BadHeader(Exception):
    """A header that the protocol doesn't know so; `status` is its answer."""

    def __init__(self, name: str, status: int = 400) -> None:
        super().__init__(name)
        self.name, self.status = name, status


def method(request: HttpRequest) -> str:
    """The method meant. It may be overridden, for clients that can't send PATCH, of a POST only:
    Django asks for a CSRF token by the real method."""
    if request.method == "POST":
        return request.headers.get("X-HTTP-Method-Override", "POST").upper()
    return request.method or ""


def number(request: HttpRequest, name: str) -> int:
    """A header of a non-negative whole number. Raises BadHeader."""
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise BadHeader(name)
    return int(text)


def metadata(request: HttpRequest) -> dict[str, str]:
    """`Upload-Metadata: key base64,key base64,key`. Raises BadHeader."""
    found: dict[str, str] = {}
    for pair in filter(None, request.headers.get("Upload-Metadata", "").split(",")):
        key, _space, value = pair.strip().partition(" ")
        if not key or key in found:
            raise BadHeader("Upload-Metadata")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise BadHeader("Upload-Metadata") from error
    return found


def checksum(request: HttpRequest) -> tuple[str, bytes] | None:
    """`Upload-Checksum: sha1 base64`. Raises BadHeader."""
    text = request.headers.get("Upload-Checksum")
    if text is None:
        return None
    algorithm, _space, value = text.partition(" ")
    if algorithm not in ALGORITHMS:
        raise BadHeader("Upload-Checksum")
    try:
        return algorithm, base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise BadHeader("Upload-Checksum") from error


def answer(status: int, *, expires: datetime | None = None, **headers: object) -> HttpResponse:
    """An answer without a body; `upload_offset=5` is the header `Upload-Offset: 5`."""
    response = HttpResponse(status=status, headers={"Cache-Control": "no-store"})
    for name, value in headers.items():
        response[name.replace("_", "-").title()] = str(value)
    if expires:
        response["Upload-Expires"] = http_date(expires.timestamp())
    return response


def refusal(status: int, words: str) -> HttpResponse:
    response = JsonResponse({"success": False, "error_message": words}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def abilities() -> HttpResponse:
    return answer(
        204,
        tus_version=VERSION,
        tus_extension=EXTENSIONS,
        tus_max_size=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE,
        tus_checksum_algorithm=",".join(ALGORITHMS),
    )
