"""A program of its own (see `pdf`): `pdf_inspector.py FILE` prints one line, a verdict.

`fine`, `locked`, `broken`, `too-much`, or `active` with the name of what the file would do. Every
object is looked at, those in compressed streams and those that nothing refers to as well: what a
reader would find, and what it would only find after a repair.
"""

from __future__ import annotations

import resource
import sys

MEMORY, SECONDS = 400 * 1024 * 1024, 15
DEEPEST = 50
ACTIONS = {  # ISO 32000-2, 12.6.4: what a file does beyond showing another place in itself
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/GoToE",
    "/Rendition",
    "/RichMediaExecute",
    "/Movie",
    "/Sound",
}
KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
TYPES = {"/EmbeddedFile"}


def verdict(path: str) -> str:
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                return "locked"
            if not len(pdf.pages):
                return "broken"
            found = next(filter(None, (active(thing) for thing in pdf.objects)), "")
    except pikepdf.PasswordError:
        return "locked"
    except MemoryError:
        return "too-much"
    except Exception as error:  # noqa: BLE001 - whatever the file made of the reader
        return "too-much" if "bad_alloc" in str(error) else "broken"
    return f"active {found}" if found else "fine"


def active(thing, depth: int = 0) -> str:
    """The name of what would run or be carried out, in an object and what stands inside it."""
    import pikepdf

    if depth > DEEPEST:
        return ""
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, value in thing.items():
            if key in KEYS:
                return key
            if isinstance(value, pikepdf.Name) and (
                (key == "/S" and str(value) in ACTIONS) or (key == "/Type" and str(value) in TYPES)
            ):
                return str(value)
            if not getattr(value, "is_indirect", False) and (found := active(value, depth + 1)):
                return found
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            if not getattr(value, "is_indirect", False) and (found := active(value, depth + 1)):
                return found
    return ""


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(verdict(sys.argv[1]) + "\n")
