"""The link by which a person sets her password: signed, good once, for three days.

A new password, or signing in, makes every link sent before worthless; so does a new address.
"""

from __future__ import annotations

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from stories.press.models import PressPerson


class Tokens(PasswordResetTokenGenerator):
    key_salt = "stories.press.room.links"


tokens = Tokens()


def path(person: PressPerson) -> str:
    name = urlsafe_base64_encode(str(person.pk).encode())
    return reverse("press_set_password", args=[name, tokens.make_token(person)])


def read(name: str, token: str) -> PressPerson | None:
    """The active person of a link that holds, else None."""
    try:
        pk = int(urlsafe_base64_decode(name))
    except ValueError:
        return None
    person = PressPerson.objects.active().filter(pk=pk).first() if pk < 2**63 else None
    return person if person is not None and tokens.check_token(person, token) else None
