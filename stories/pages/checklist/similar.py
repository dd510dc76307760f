"""Near-duplicate texts, found among a hundred thousand in three queries.

A text is a set of shingles (three folded words). One-permutation MinHash (Li, Owen, Zhang 2012)
keeps the smallest hash of each of 128 bins; the share of bins that agree estimates the Jaccard
similarity of two sets (standard error at most .044, exact for short texts). Bands of three bins,
empty ones filled from their neighbour (Shrivastava, Li 2014), are the keys under which a text is
found: of texts that are half alike 96 % share one of 24, of unrelated ones hardly any.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from django.db import connection
from django.utils.translation import gettext as _

from stories.pages.checklist.problems import AMBER, RED, Problem
from stories.pages.models.sketch import TextBand, TextSketch
from stories.units.selectors import fold

ALIKE, SAME = 0.5, 0.9
BINS, BANDS, ROWS = 128, 24, 3
SHORTEST = 40  # words; shorter texts are alike by chance
MOST_HITS = 5000  # bands looked at: beyond, the text is a form letter and its twins are many
FULL_LIST = 20  # texts compared
EMPTY = 0xFFFFFFFF
_WORD = re.compile(r"[^\W_]+")
_PACK = struct.Struct(f"<{BINS}I")
_BAND = struct.Struct("<q")


class _WordHashes(dict[str, int]):
    """A word's number, remembered: an archive has few words, each met many times."""

    def __missing__(self, word: str) -> int:
        if len(self) > 200_000:
            self.clear()
        value = self[word] = crc32((fold(word) or word).encode())
        return value


_word_hashes = _WordHashes()


def sketch(text: str) -> bytes:
    """512 bytes for a text of at least 40 words, none for a shorter one."""
    words = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    if len(words) < SHORTEST:
        return b""
    numbers = [_word_hashes[word] for word in words]
    bins = [EMPTY] * BINS
    shingles = zip(numbers, numbers[1:], numbers[2:], strict=False)
    for a, b, c in set(shingles):
        mixed = (a * 0x9E3779B97F4A7C15 ^ b * 0xC2B2AE3D27D4EB4F ^ c * 0x165667B19E3779F9) * (
            0xD6E8FEB86659FD93
        )
        value, place = mixed >> 24 & 0xFFFFFFFF, mixed >> 57 & 127
        if value < bins[place]:
            bins[place] = value
    return _PACK.pack(*bins)


def similarity(one: bytes, other: bytes) -> float:
    """Estimated share (0 to 1) of the shingles of both that are in both."""
    if not one or not other:
        return 0.0
    pairs = list(zip(_PACK.unpack(one), _PACK.unpack(other), strict=True))
    filled = [(a, b) for a, b in pairs if a != EMPTY or b != EMPTY]
    return sum(a == b for a, b in filled) / len(filled)


def bands(drawn: bytes) -> list[int]:
    """The keys (64 bit, signed) under which a sketch is found."""
    if not drawn:
        return []
    bins = _densified(_PACK.unpack(drawn))
    keys = []
    for band in range(BANDS):
        packed = struct.pack(f"<I{ROWS}Q", band, *bins[band * ROWS : (band + 1) * ROWS])
        keys.append(_BAND.unpack(struct.pack("<II", crc32(packed), crc32(packed, 0x5BD1E995)))[0])
    return keys


def _densified(bins: tuple[int, ...]) -> list[int]:
    """Each empty bin takes from the next filled one, marked by how far that is."""
    filled = list(bins)
    last, distance = 0, 0
    for place in range(2 * BINS - 1, -1, -1):
        value = bins[place % BINS]
        if value != EMPTY:
            last, distance = value, 0
        else:
            distance += 1
        if place < BINS:
            filled[place] = last + (distance << 32)
    return filled


def words_of(data: dict) -> str:
    return f"{data['lead']}\n{data['text']}"


def remember(contents: Iterable[dict]) -> None:
    """Keep the sketches of these contents, which go public now (as many queries for 200 as for 1).

    A correction replaces the item's sketch and keeps its place in the order.
    """
    by_uuid = {data["uuid"]: data for data in contents}
    known = {str(row.uuid): row for row in TextSketch.objects.filter(uuid__in=by_uuid)}
    new, changed = [], []
    for uuid, data in by_uuid.items():
        drawn = sketch(words_of(data))
        if (row := known.get(uuid)) is None:
            title = data["title"]
            new.append(TextSketch(uuid=uuid, type=data["type"], title=title, sketch=drawn))
        elif bytes(row.sketch) != drawn or row.title != data["title"]:
            row.sketch, row.title = drawn, data["title"]
            changed.append(row)
    if changed:
        TextBand.objects.filter(text__in=changed).delete()
        TextSketch.objects.bulk_update(changed, ["sketch", "title"])
    TextSketch.objects.bulk_create(new)
    _add_bands([(value, row.pk) for row in [*new, *changed] for value in bands(row.sketch)])


def _add_bands(rows: Sequence[tuple[int, int]]) -> None:
    """(value, text) as they are: making models of 24 keys a text was a tenth of an import."""
    if rows:
        table = TextBand._meta.db_table
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (value, text_id) VALUES (%s, %s)",  # noqa: S608
                rows,
            )


def likest(data: dict) -> tuple[TextSketch, float] | None:
    """The earlier public text of the same type that is most alike, and how much; three queries."""
    drawn = sketch(words_of(data))
    if not drawn:
        return None
    hits = TextBand.objects.filter(value__in=bands(drawn), text__type=data["type"]).exclude(
        text__uuid=data["uuid"]
    )
    own = TextSketch.objects.filter(uuid=data["uuid"]).values_list("pk", flat=True).first()
    if own is not None:
        hits = hits.filter(text__lt=own)
    shared = Counter(hits.values_list("text", flat=True)[:MOST_HITS])
    best = [pk for pk, _count in shared.most_common(FULL_LIST)]
    found = [
        (row, similarity(drawn, bytes(row.sketch)))
        for row in TextSketch.objects.filter(pk__in=best).order_by("pk")
    ]
    return max(found, key=lambda pair: pair[1], default=None)


def problems(page, data: dict) -> Iterator[Problem]:
    found = likest(data)
    if found is None or found[1] < ALIKE:
        return
    earlier, share = found
    # What is public already is not kept from a correction by what it resembles.
    severity = RED if share >= SAME and not page.live else AMBER
    said = {"percent": round(share * 100), "title": earlier.title}
    if severity == RED:
        message = _(
            "Giống khoảng %(percent)d%% bài đã đăng “%(title)s”. Hãy trả lại với lý do trùng bài."
        )
    else:
        message = _(
            "Giống khoảng %(percent)d%% bài đã đăng “%(title)s”. Hãy đọc bài đó xem có trùng không."
        )
    yield Problem("similar", severity, message % said, "body", f"/id/{earlier.uuid}/")
