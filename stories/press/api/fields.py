"""`?fields=`: only some of a document's top-level names, for who needs no more."""

from __future__ import annotations

from django.utils.translation import gettext as _

from stories.press import schemas
from stories.press.errors import BadParameter

ALWAYS = frozenset({"uuid", "uri", "version", "kind"})  # without them nobody knows what it is
KNOWN = frozenset(
    name
    for schema in (schemas.Story, schemas.Exemplar, schemas.FeedItem, schemas.Picture)
    for name in schema.model_fields
) | {"of"}
DESCRIPTION = (
    "Chỉ cho format=native: tên các trường cấp ngoài cùng, cách nhau bằng dấu phẩy, ví dụ "
    "title,lead,href. uuid, uri, version, kind luôn có. Bỏ trống: tất cả."
)


def read(given: str, output: str) -> frozenset[str]:
    """The names to keep; empty for all. Raises BadParameter."""
    names = frozenset(name.strip() for name in given.split(",")) - {""}
    if not names:
        return names
    if output != "native":
        raise BadParameter("fields", "only-native", _("Chỉ dùng với format=native."))
    if unknown := sorted(names - KNOWN):
        told = _("Không có trường này: %(names)s.") % {"names": ", ".join(unknown)[:200]}
        raise BadParameter("fields", "unknown-field", told)
    return names | ALWAYS
