"""EXIF, as cameras and phones write it (CIPA DC-008), read by Pillow."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

DESCRIPTION, ARTIST, COPYRIGHT, ORIENTATION = 0x010E, 0x013B, 0x8298, 0x0112
EXIF_IFD, GPS_IFD, TAKEN = 0x8769, 0x8825, 0x9003


@dataclass(frozen=True, slots=True)
class Camera:
    description: str = ""
    artist: str = ""
    copyright: str = ""
    taken: str = ""
    has_location: bool = False
    orientation: int = 1


def read(image: Image.Image) -> Camera:
    try:
        exif = image.getexif()
        taken = exif.get_ifd(EXIF_IFD).get(TAKEN)
        location = exif.get_ifd(GPS_IFD)
    except Exception:  # noqa: BLE001 - a maker's broken EXIF raises whatever it likes
        return Camera()
    turn = exif.get(ORIENTATION, 1)
    return Camera(
        description=_text(exif.get(DESCRIPTION)),
        artist=_text(exif.get(ARTIST)),
        copyright=_text(exif.get(COPYRIGHT)),
        taken=_text(taken),
        # Tag 0 is only the version of the block: phones write it with location switched off.
        has_location=any(tag not in (0, 29) for tag in location),
        orientation=turn if isinstance(turn, int) and 1 <= turn <= 8 else 1,
    )


def _text(value: object) -> str:
    """Pillow decodes EXIF's text as Latin-1; phones and editors write UTF-8 there."""
    if isinstance(value, bytes):
        raw = value
    elif isinstance(value, str):
        try:
            raw = value.encode("latin-1")
        except UnicodeEncodeError:
            return value
    else:
        return ""
    raw = raw.split(b"\0")[0]
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
