"""In which formats a release is given out: the parameter `format` of the press routes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from stories.press import pictures
from stories.press.faces import (
    blocks,
    docx,
    house,
    native,
    newsml,
    ninjs,
    ninjs3,
    nitf,
    radio,
    superdesk,
    text,
)

JSON = "application/json; charset=utf-8"


class JsonFormat(StrEnum):
    """What the feed can carry: one JSON object a release."""

    NATIVE = "native"
    NINJS = "ninjs"
    NINJS_3_1 = "ninjs-3.1"
    SUPERDESK = "superdesk"


class Format(StrEnum):
    NATIVE = "native"
    NINJS = "ninjs"
    NINJS_3_1 = "ninjs-3.1"
    SUPERDESK = "superdesk"
    NITF = "nitf"
    NEWSML_G2 = "newsml-g2"
    TEXT = "text"
    RADIO = "radio"
    DOCX = "docx"


@dataclass(frozen=True, slots=True)
class Face:
    """`render(payload, base)` gives the document's bytes; `ending` of a file to be kept."""

    content_type: str
    render: Callable[[dict, str], bytes]
    ending: str = ""


def _json(render: Callable[[dict, str], dict]) -> Face:
    def rendered(payload: dict, base: str) -> bytes:
        document = render(payload, base)
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()

    return Face(JSON, rendered)


def _plain(render: Callable[[dict, str], str]) -> Face:
    return Face("text/plain; charset=utf-8", lambda payload, base: render(payload, base).encode())


def _word(payload: dict, base: str) -> bytes:
    return docx.render(payload, base, pictures.jpegs(payload))


FACES = {
    Format.NINJS: _json(ninjs.render),
    Format.NINJS_3_1: _json(ninjs3.render),
    Format.SUPERDESK: _json(superdesk.render),
    Format.NITF: Face(f"{nitf.MEDIA_TYPE}; charset=utf-8", nitf.document),
    Format.NEWSML_G2: Face(f"{newsml.MEDIA_TYPE}; charset=utf-8", newsml.document),
    Format.TEXT: _plain(text.render),
    Format.RADIO: _plain(radio.render),
    Format.DOCX: Face(docx.MEDIA_TYPE, _word, "docx"),
}
CONTENT_TYPES = [JSON, *(face.content_type for face in FACES.values())]


@dataclass(frozen=True, slots=True)
class Document:
    content: bytes
    content_type: str
    filename: str = ""


def listed(
    stored: bytes, name: JsonFormat, base: str, names: frozenset[str] = frozenset()
) -> bytes:
    """One entry of the feed; the native text may keep relative addresses (`responses.listed`)."""
    if name == JsonFormat.NATIVE:
        return native.picked(stored, names)
    return FACES[Format(name)].render(json.loads(stored), base)


def document(
    stored: bytes,
    name: Format,
    base: str,
    *,
    length: int | None = None,
    names: frozenset[str] = frozenset(),
) -> Document:
    """A stored payload in this format; `length` shortens plain text (see `faces.text`), `names`
    are what to keep of the native one."""
    if name == Format.NATIVE:
        return Document(native.absolute(native.picked(stored, names), base), JSON)
    payload = json.loads(stored)
    face = FACES[name]
    if length is not None:
        return Document(text.render(payload, base, length).encode(), face.content_type)
    filename = f"{_file_name(payload)}.{face.ending}" if face.ending else ""
    return Document(face.render(payload, base), face.content_type, filename)


def _file_name(payload: dict) -> str:
    if payload["kind"] in house.WITHDRAWN:
        return f"{payload['kind']}-{payload['uuid'][:8]}"
    return blocks.slug(payload)
