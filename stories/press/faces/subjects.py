"""What a release is about, as every face lists it: codes of our vocabularies, tags, exemplars."""

from __future__ import annotations

from urllib.parse import quote

from stories.press.faces import house

SINGLE = ("group", "movement", "exemplar_kind", "stage")


def terms(payload: dict) -> list[tuple[str, dict]]:
    """(scheme, term): content, group, movement and campaigns, then the free tags."""
    found = [("content", term) for term in payload.get("contents", ())]
    for name in SINGLE:
        if payload.get(name):
            found.append((name.replace("_", "-"), payload[name]))
    found += [("campaign", term) for term in payload.get("campaigns", ())]
    return found + [("tag", {"code": tag, "name": tag}) for tag in payload.get("tags", ())]


def told_of(payload: dict) -> list[tuple[str, dict]]:
    """(kind, exemplar): individuals are a `person`, collectives an `organisation`, the rest an
    `object`; a profile tells of its own exemplar too."""
    told = list(payload.get("exemplars", ()))
    if payload["type"] == "exemplar":
        told.append(payload)
    kinds = {"individual": "person", "collective": "organisation"}
    return [
        (kinds.get((one.get("exemplar_kind") or {}).get("code"), "object"), one) for one in told
    ]


def uri(base: str, scheme: str, code: str) -> str:
    """Address of one of our terms; an identifier."""
    return f"{house.scheme(base, scheme)}/{quote(code, safe='')}"
