"""Text typed in the fonts of the nineties, recognised and converted to Unicode NFC.

Two encodings live on in the offices' files, both as letters of Windows-1252 that only look right
in their own fonts:

- TCVN3, the “ABC” fonts (`.VnTime`, `.VnArial`…): one code a letter, the right half of TCVN
  5712:1993 (glibc's and XFree86's `TCVN5712-1` without its combining marks and toned capitals).
  Toned capitals have no codes: they are typed with the codes of the small letters in a font whose
  name ends in H (`.VnTimeH`), which draws everything as capitals.
- VNI Windows (`VNI-Times`…): a vowel, then a code for its mark (table of xvnkb's `vni.h`).

The font's name tells; where it doesn't, the share of words that become Vietnamese syllables does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from enum import StrEnum

from stories.pages.word.syllables import is_syllable

_TCVN3 = (
    ("¡¢£¤¥¦§¨©ª«¬\xad®", "ĂÂÊÔƠƯĐăâêôơưđ"),
    ("µ¶·¸¹", "àảãáạ"),
    ("»¼½¾Æ", "ằẳẵắặ"),
    ("ÇÈÉÊË", "ầẩẫấậ"),
    ("ÌÎÏÐÑ", "èẻẽéẹ"),
    ("ÒÓÔÕÖ", "ềểễếệ"),
    ("×ØÜÝÞ", "ìỉĩíị"),
    ("ßáâãä", "òỏõóọ"),
    ("åæçèé", "ồổỗốộ"),
    ("êëìíî", "ờởỡớợ"),
    ("ïñòóô", "ùủũúụ"),
    ("õö÷øù", "ừửữứự"),
    ("úûüýþ", "ỳỷỹýỵ"),
)
TCVN3 = {
    code: letter for codes, letters in _TCVN3 for code, letter in zip(codes, letters, strict=True)
}

_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_CIRCUMFLEX = dict(zip("âáàåãä", ["", *_VNI_TONES.values()], strict=True))
_VNI_BREVE = dict(zip("êéèúüë", ["", *_VNI_TONES.values()], strict=True))
_VNI_ALONE = dict(zip("ôöíìæóòîñ", "ơưíìỉĩịỵđ", strict=True))


def _vni() -> dict[str, str]:
    """Every code of VNI, alone or after its vowel, in small letters → the letter."""
    pairs = dict(_VNI_ALONE)
    for vowel in "aeouyôö":
        for mark, tone in _VNI_TONES.items():
            pairs[vowel + mark] = _VNI_ALONE.get(vowel, vowel) + tone
    for vowel in "aeo":
        for mark, tone in _VNI_CIRCUMFLEX.items():
            pairs[vowel + mark] = vowel + "\u0302" + tone
    for mark, tone in _VNI_BREVE.items():
        pairs["a" + mark] = "a\u0306" + tone
    del pairs["yï"]  # ỵ has a code of its own
    small = {code: unicodedata.normalize("NFC", letter) for code, letter in pairs.items()}
    return small | {code.upper(): letter.upper() for code, letter in small.items()}


VNI = _vni()
VNI_MARKS = {code[1].lower() for code in VNI if len(code) == 2}
_VNI_CODE = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)), re.IGNORECASE)

TOKEN = re.compile(r"[^\s.,;:!?()\[\]{}“”\"'‘’…–/+=*<>-]+")
# Letters that Windows-1252 has beyond Latin-1: they don't speak against a legacy encoding.
CP1252 = set("ŒœŠšŸŽžƒ")
WORDS_ENOUGH = 4
SHARE_ENOUGH = 0.85


class Encoding(StrEnum):
    UNICODE = ""
    TCVN3 = "TCVN3 (ABC)"
    TCVN3_CAPITALS = "TCVN3 (ABC), chữ hoa"
    VNI = "VNI"

    @property
    def family(self) -> Encoding:
        return Encoding.TCVN3 if self is Encoding.TCVN3_CAPITALS else self


def of_font(name: str) -> Encoding:
    """What a font's name promises: ".VnTimeH" → TCVN3_CAPITALS, "Times New Roman" → UNICODE."""
    bare = name.strip().lower().replace(" ", "")
    if bare.startswith(("vni-", "vni_")):
        return Encoding.VNI
    if bare.startswith(".vn"):
        return Encoding.TCVN3_CAPITALS if bare.endswith("h") else Encoding.TCVN3
    return Encoding.UNICODE


def convert(text: str, encoding: Encoding) -> str:
    """`text` in Unicode NFC; what the encoding doesn't know stays as it is."""
    match encoding:
        case Encoding.TCVN3:
            text = _raise_capitals("".join(TCVN3.get(letter, letter) for letter in text))
        case Encoding.TCVN3_CAPITALS:
            text = "".join(TCVN3.get(letter, letter) for letter in text).upper()
        case Encoding.VNI:
            text = _VNI_CODE.sub(_vni_letter, text)
    return unicodedata.normalize("NFC", text)


def _vni_letter(found: re.Match[str]) -> str:
    code = found[0]
    letter = VNI[code.lower()]
    return letter.upper() if code[0].isupper() else letter


def _raise_capitals(text: str) -> str:
    """“NG¦êI” can only be typed as “NGƯờI”: a toned small letter among capitals is a capital."""
    return TOKEN.sub(lambda found: _all_capitals(found[0]), _all_capitals(text))


def _all_capitals(text: str) -> str:
    small = [letter for letter in text if letter.islower()]
    capitals = sum(letter.isupper() for letter in text)
    return text.upper() if capitals >= 2 and small and all(map(_toned, small)) else text


def _toned(letter: str) -> bool:
    return bool(set(unicodedata.normalize("NFD", letter)) & set(_VNI_TONES.values()))


def is_unicode(text: str) -> bool:
    """Whether the text holds letters that no legacy encoding can hold (“ế”, “ư”, “đ”)."""
    return any(
        letter > "ÿ" and letter not in CP1252 and unicodedata.category(letter)[0] in "LM"
        for letter in text
    )


def recognise(
    text: str, *, font: Encoding = Encoding.UNICODE, known: Collection[Encoding] = ()
) -> Encoding:
    """The encoding that `text` is in.

    `font` is what the font promises. It is believed unless the text is Unicode all the same (typed
    later, the font forgotten). `known` are encodings found elsewhere in the document: for those
    a single word is enough.
    """
    if is_unicode(text):
        return Encoding.UNICODE
    if font is not Encoding.UNICODE:
        as_it_is, converted = share(text, Encoding.UNICODE), share(text, font)
        return Encoding.UNICODE if as_it_is > converted else font
    as_it_is = share(text, Encoding.UNICODE)
    best = max((Encoding.TCVN3, Encoding.VNI), key=lambda encoding: share(text, encoding))
    enough = 1 if best in known else WORDS_ENOUGH
    fits = share(text, best)
    if fits >= SHARE_ENOUGH and fits > as_it_is and len(_marked(text)) >= enough:
        return best
    return Encoding.UNICODE


def share(text: str, encoding: Encoding) -> float:
    """The share, of the words with letters beyond ASCII, that are syllables when read so (0-1)."""
    words = _marked(text)
    good = sum(_holds(word, encoding) and is_syllable(convert(word, encoding)) for word in words)
    return good / len(words) if words else 0.0


def _holds(word: str, encoding: Encoding) -> bool:
    """Whether every letter of the word has a meaning in the encoding."""
    match encoding:
        case Encoding.UNICODE:
            return True
        case Encoding.VNI:
            return _VNI_CODE.sub("", word).isascii()
        case _:
            return all(letter.isascii() or letter in TCVN3 for letter in word)


def _marked(text: str) -> list[str]:
    """Words with anything that a legacy encoding could mean as a letter; “×” alone is no word."""
    return [
        word
        for word in TOKEN.findall(text)
        if any(map(_means, word)) and any(map(str.isalpha, word))
    ]


def _means(letter: str) -> bool:
    return letter in TCVN3 or letter.lower() in VNI or letter.lower() in VNI_MARKS


def own_marks_back(texts: Sequence[str]) -> list[str]:
    """VNI texts of neighbouring runs: a mark that Word split from its vowel goes back to it."""
    whole = list(texts)
    for number in range(1, len(whole)):
        left, right = whole[number - 1], whole[number]
        if left and right and (left[-1] + right[0]).lower() in VNI:
            whole[number - 1], whole[number] = left + right[0], right[1:]
    return whole
