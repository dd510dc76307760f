"""Is this word spelt as a Vietnamese syllable can be? What tells right text from garbled text.

Initials and rhymes as in school grammar (bảng âm vần tiếng Việt), old and new tone placement alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = {"\N{COMBINING GRAVE ACCENT}", "\N{COMBINING ACUTE ACCENT}"} | {
    "\N{COMBINING HOOK ABOVE}",
    "\N{COMBINING TILDE}",
    "\N{COMBINING DOT BELOW}",
}
INITIALS = "ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x|"
RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ic ich im in inh ip it iu
iê iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam oan oang oanh oao oap oat oay
oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt
ơ ơi ơm ơn ơp ơt u ua uâng uân uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt
up ut uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu
ươc ươi ươm ươn ương ươp ươt ươu y ych yn ynh yt yêm yên yêng yêt yêu
"""
# “k”, “gh”, “ngh” stand before e, ê, i, y alone; “c” and “ng” never do.
SYLLABLE = re.compile(
    f"(?!(?:k|n?gh)[^eêiyh]|(?:c|ng)[eêiy])(?:{INITIALS})(?:{'|'.join(RHYMES.split())})"
)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """One word without punctuation, in Unicode, in small letters, capitals, or with one capital."""
    if word not in (word.lower(), word.upper(), word.capitalize()):
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    bare = "".join(letter for letter in letters if letter not in TONES)
    if len(letters) - len(bare) > 1:
        return False
    return SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None
