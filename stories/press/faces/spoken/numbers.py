"""Numbers in Vietnamese words, as the north says them (linh, nghìn, mốt, lăm).

Own code, since of what there is num2words 0.5.14 says 1010 as “một nghìn lẻ mười”, 1.005.000 as
“một triệu năm nghìn” and 3,5 as “ba phẩy năm mươi”, and vietnam-number is under the GPL. Below a
thousand the tests hold a table of what a speaker says.
"""

from __future__ import annotations

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", "nghìn", "triệu")
BILLION = 10**9
LONGEST = 15  # digits; longer ones are codes and are said digit by digit


def cardinal(number: int) -> str:
    """A whole number, 0 ≤ number < 10¹⁵: 1500000 → “một triệu năm trăm nghìn”."""
    if number < BILLION:
        return _below_billion(number, full=False)
    high, low = divmod(number, BILLION)
    words = f"{cardinal(high)} tỷ"
    return f"{words} {_below_billion(low, full=True)}" if low else words


def decimal(whole: str, part: str) -> str:
    """`3`, `5` → “ba phẩy năm”; a part that begins with 0 or is long goes digit by digit."""
    said = digits(part) if part.startswith("0") or len(part) > 2 else cardinal(int(part))
    return f"{cardinal(int(whole))} phẩy {said}"


def digits(text: str) -> str:
    """Each digit by itself, as telephone numbers are said."""
    return " ".join(DIGITS[int(digit)] for digit in text)


def month(number: int) -> str:
    """The fourth month is “tháng tư”."""
    return "tư" if number == 4 else cardinal(number)


def day(number: int) -> str:
    """The first ten days are “mùng một” … “mùng mười”."""
    return f"mùng {cardinal(number)}" if number <= 10 else cardinal(number)


def _below_billion(number: int, *, full: bool) -> str:
    """`full`: something stands before it, so a missing hundred is said (“không trăm”)."""
    if number == 0:
        return DIGITS[0]
    groups = []
    for scale in SCALES:
        number, group = divmod(number, 1000)
        groups.append((group, scale))
    said: list[str] = []
    for group, scale in reversed(groups):
        if group:
            said.append(_group(group, full=full or bool(said)))
            if scale:
                said.append(scale)
    return " ".join(said)


def _group(number: int, *, full: bool) -> str:
    """One to 999; with `full` always with its hundreds: 5 → “không trăm linh năm”."""
    hundreds, rest = divmod(number, 100)
    said = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    if rest:
        said.append(_tens(rest, after_hundred=bool(said)))
    return " ".join(said)


def _tens(number: int, *, after_hundred: bool) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return f"linh {DIGITS[ones]}" if after_hundred else DIGITS[ones]
    said = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if ones == 0:
        return said
    if ones == 5:
        return f"{said} lăm"
    if ones == 1 and tens > 1:
        return f"{said} mốt"
    return f"{said} {DIGITS[ones]}"
