"""How far a client has read: in the ledger and, with the embargo right, in what is sent early."""

from __future__ import annotations


class Position(int):
    """The ledger's number, which is all there is to it for most clients; `early` is the other one.

    As text `12`, or `12.3` where something was sent early: so the cursors of clients without the
    right are as they would be without such a thing.
    """

    early: int

    def __new__(cls, seq: int, early: int = 0) -> Position:
        made = super().__new__(cls, seq)
        made.early = early
        return made

    def __str__(self) -> str:
        seq = int.__repr__(self)
        return f"{seq}.{self.early}" if self.early else seq


def read(text: str) -> Position:
    """Raises ValueError for anything but what `str` of a position gives."""
    seq, _point, early = text.partition(".")
    found = Position(int(seq), int(early or 0))
    if str(found) != text:
        raise ValueError(text)
    return found
