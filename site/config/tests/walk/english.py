"""What of a text is English.

Stricter than a list of English words: whatever is written in plain ASCII letters and can't be a
Vietnamese syllable counts, and so does a text that is word for word a message of Wagtail's or
Django's, even where each of its words could be Vietnamese ("Then", "On", "Can").
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.translation import trans_real

from config.tests.walk import catalogues
from search.understanding.thesaurus import ABBREVIATIONS
from stories.pages.word.syllables import is_syllable

ALLOWED = {
    # names of formats, programs and standards, and what Vietnamese took over from English
    *("email", "pdf", "word", "excel", "url", "csv", "xlsx", "docx", "odt", "txt", "html", "json"),
    *(
        "jpeg",
        "jpg",
        "png",
        "webp",
        "heic",
        "heif",
        "atom",
        "ninjs",
        "api",
        "sha",
        "unicode",
        "tcvn",
        "vni",
    ),
    *("web", "video", "byte", "webhook", "wagtail", "youtube", "vimeo"),
    # keys, as they are printed on the keyboard
    *("ctrl", "shift", "alt", "enter", "esc", "tab", "del", "backspace", "cmd"),
    # the abbreviations that the archive knows from the start: LHPN, UBND, …
    *(short.lower() for short in ABBREVIATIONS),
    *("elasticsearch", "postgresql"),
    # the host name of a trial
    "localhost",
}
# Addresses, mail addresses, file names, user names, keys and hashes: names, not prose.
NAMES = re.compile(
    r"\bPT-\w{4}-\w{3}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}\b|https?://\S+|\S*@\S+|(?<!\w)/[\w./?=&%-]*|(?:\.|\b)[\w-]+(?:[._][\w-]+)+\b|\b\w*\d\w*\b"
    r"|\b[a-z]+(?:-[a-z]+){2,}\b|\bVNI-Times\b|\.VnTime\b|%\(\w+\)\w?"
)
WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=50_000)
def leftovers(text: str) -> tuple[str, ...]:
    """The English words of a text that people read; none, if it is Vietnamese."""
    text = " ".join(text.split())
    found = tuple(word for word in WORD.findall(NAMES.sub(" ", text)) if _is_foreign(word))
    return (text,) if not found and text in untranslated() else found


def is_english(msgid: str) -> bool:
    """Whether a message has English in it at all: not so “%(name)s:”, “Email”, “%s KB”."""
    return any(_is_foreign(word) for word in WORD.findall(NAMES.sub(" ", msgid)))


@lru_cache(maxsize=20_000)
def _is_foreign(word: str) -> bool:
    return (
        len(word) > 2
        and word.isascii()
        and word.lower() not in ALLOWED
        and not is_syllable(word.lower())
    )


@lru_cache(maxsize=1)
def untranslated() -> frozenset[str]:
    """Messages whose Vietnamese differs from them: to read one of them is to read English."""
    vietnamese = trans_real.translation("vi")
    return frozenset(
        msgid
        for msgid in catalogues.msgids()
        if msgid.isascii() and len(msgid) > 1 and vietnamese.gettext(msgid) != msgid
    )
