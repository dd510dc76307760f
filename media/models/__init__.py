from media.models.file import File
from media.models.picture import Picture, Rendition
from media.models.public_file import PublicFile
from media.people.models import Consent, Depiction, ExpiryNotice, Person

__all__ = [
    "Consent",
    "Depiction",
    "ExpiryNotice",
    "File",
    "Person",
    "Picture",
    "PublicFile",
    "Rendition",
]
