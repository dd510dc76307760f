"""How the archive reads Vietnamese: one fold and one exact form, for indexing and for asking.

*Fold* is what matches: NFC, casefold, đ to d, marks stripped. *Exact* is what ranks first: NFC,
lower case, the tone mark placed the new way (hoà, thuỷ), so that two spellings of a word are one.
Both engines see only strings that went through here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e")
)
_TIDY = {
    **_INVISIBLE,
    # Eth and African D are pasted for Đ; they look the same.
    ord("Ð"): "Đ",
    ord("Ɖ"): "Đ",
    ord("ð"): "đ",
    ord("ɖ"): "đ",
    # Marks that NFC found no letter for.
    **dict.fromkeys(range(0x0300, 0x0370)),
    **dict.fromkeys(map(ord, "\u00a0\u1680\u2007\u202f\u205f\u3000"), " "),
    # Control characters separate words; they never reach an engine.
    **{code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"},
}
_UNTIDY = re.compile(f"[{''.join(map(re.escape, map(chr, _TIDY)))}]")
_WORD = re.compile(r"\w+")

_TONES = "\u0300\u0301\u0309\u0303\u0323"
_OLD_TONE = {
    unicodedata.normalize("NFC", first + tone) + second: first
    + unicodedata.normalize("NFC", second + tone)
    for first, second in ("oa", "oe", "uy")
    for tone in _TONES
}
_OLD_TONE_PATTERN = re.compile("|".join(_OLD_TONE))
_MEMO_LIMIT = 300_000


def tidy(text: str) -> str:
    """NFC text as people see it: Đ itself, plain spaces, nothing invisible."""
    text = unicodedata.normalize("NFC", text)
    if _UNTIDY.search(text):
        text = unicodedata.normalize("NFC", text.translate(_TIDY))
    return text


# Of places, tags and people: an archive has few, each in many entries.
tidy_name = lru_cache(20_000)(tidy)


def fold(text: str) -> str:
    """The form that matches: "Đường Hoà Bình" and "duong hoa binh" are one."""
    text = tidy(text)
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFC", bare).replace("đ", "d")


def exact(text: str) -> str:
    """The form that keeps its marks: NFC, lower case, "hòa" as "hoà"."""
    text = tidy(text)
    if text.isascii():
        return text.lower()
    return _OLD_TONE_PATTERN.sub(lambda match: _OLD_TONE[match[0]], text.lower())


class _Memo(dict[str, str]):
    """A function of one word, remembered: an archive has few words, each met many times."""

    def __init__(self, function) -> None:
        super().__init__()
        self.function = function

    def __missing__(self, word: str) -> str:
        if len(self) > _MEMO_LIMIT:
            self.clear()
        value = self[word] = self.function(word)
        return value


_exact_word = _Memo(exact)
_fold_word = _Memo(fold)


def words(text: str) -> list[str]:
    """The words of a text in their exact form, in order."""
    text = tidy(text).lower().replace("_", " ")
    remembered = _exact_word
    return [remembered[word] for word in _WORD.findall(text)]


name_words = lru_cache(20_000)(words)


def fold_words(exact_words: list[str]) -> list[str]:
    """The same words folded; one for one."""
    remembered = _fold_word
    return [remembered[word] for word in exact_words]


def tokenise(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return fold_words(words(text))


def _folded_letter(char: str) -> str:
    folded = fold(char)
    return folded if len(folded) == 1 else char


# By code point; a string is what `str.translate` is quickest with, and beyond it nothing changes.
_ALIGNED = "".join(map(_folded_letter, map(chr, range(0x2200))))


def fold_aligned(text: str) -> str:
    """Fold a tidy text so that every offset stays: for marking what matched in the original."""
    return text.translate(_ALIGNED)
