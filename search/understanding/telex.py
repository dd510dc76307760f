"""TELEX keys left undecoded: "nguowif" for "người" (the phone's keyboard was set to English).

One syllable at a time. Whether the decoded word is meant is for the vocabulary to say: "was" and
"boss" stay what they are.
"""

from __future__ import annotations

import re
import unicodedata

from search.text import exact

_TONES = {"f": "\u0300", "s": "\u0301", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"u": "ư", "o": "ơ", "a": "ă"}
_VOWELS = frozenset("aăâeêioôơuưy")
_KEYS = re.compile(r"[fsrxjw]|dd|d.*d|aa|ee|oo|a.*a|e.*e|o.*o")
_SHAPE = re.compile(
    r"(?P<start>ngh|ng|nh|gh|gi|kh|th|ph|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    r"(?P<vowels>[aăâeêioôơuưy]{1,3})"
    r"(?P<end>ngh|ng|nh|ch|[cmnpt])?"
)


def decode(word: str) -> str:
    """The exact form of the syllable that these keys type, or "" where they type none.

    `word` is lower-case ASCII letters.
    """
    if not (2 <= len(word) <= 12 and word.isascii() and word.isalpha() and _KEYS.search(word)):
        return ""
    letters: list[str] = []
    tone = ""
    for key in word:
        if key in _TONES and _VOWELS.intersection(letters):
            tone = _TONES[key]
        elif key == "z" and tone:
            tone = ""
        elif key == "w":
            if not _add_horn(letters):
                letters.append("ư")
        elif key in _HATS and key in letters and _hat(letters, key):
            pass
        elif key == "d" and letters and letters[0] == "d":
            letters[0] = "đ"
        else:
            letters.append(key)
    bare = "".join(letters)
    shape = _SHAPE.fullmatch(bare)
    if shape is None:
        return ""
    decoded = _place(shape, tone)
    return "" if decoded == word else exact(decoded)


def _add_horn(letters: list[str]) -> bool:
    for at in range(len(letters) - 1, -1, -1):
        letter = letters[at]
        if letter == "o" and at and letters[at - 1] in "uư" and letters[: at - 1] != ["q"]:
            letters[at - 1 : at + 1] = ["ư", "ơ"]
            return True
        if letter == "a" and at and letters[at - 1] == "u" and letters[: at - 1] != ["q"]:
            letters[at - 1] = "ư"
            return True
        if letter in _HORNS:
            letters[at] = _HORNS[letter]
            return True
    return False


def _hat(letters: list[str], key: str) -> bool:
    """Put the hat on the vowel of the same syllable; False where consonants closed it twice."""
    at = len(letters) - 1 - letters[::-1].index(key)
    letters[at] = _HATS[key]
    return True


def _place(shape: re.Match[str], tone: str) -> str:
    start, vowels, end = shape["start"] or "", shape["vowels"], shape["end"] or ""
    if not tone:
        return start + vowels + end
    at = next((i for i in range(len(vowels) - 1, -1, -1) if vowels[i] in "ăâêôơ"), None)
    if at is None:
        if "ư" in vowels:
            at = vowels.index("ư")
        elif len(vowels) == 1:
            at = 0
        elif end or len(vowels) == 3 or vowels in ("oa", "oe", "uy"):
            at = 1
        else:
            at = 0
    marked = unicodedata.normalize("NFC", vowels[at] + tone)
    return start + vowels[:at] + marked + vowels[at + 1 :] + end
