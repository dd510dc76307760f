"""Newsrooms and their people, and a browser for each."""

from __future__ import annotations

import re

from django.core import mail
from django.test import Client

from stories.press import rounds
from stories.press.models import PressClient, PressPerson

PASSWORD = "non-la-khu-5"
ROOM = "/bao-chi/"
SIGN_IN = "/bao-chi/dang-nhap/"


def newsroom(name: str = "bao-phu-tho", kind: str = "newspaper") -> PressClient:
    return PressClient.objects.create(name=name, organisation=f"Tòa soạn {name}", kind=kind)


def person(client: PressClient, email: str = "lan@bao.example", **fields) -> PressPerson:
    made = PressPerson(client=client, name=f"Phóng viên {email}", email=email, **fields)
    made.set_password(PASSWORD)
    made.save()
    return made


def browser(of: PressPerson | None = None) -> Client:
    """Signed in through the door, as she would."""
    client = Client()
    if of is not None:
        answer = client.post(SIGN_IN, {"email": of.email, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
    return client


def mailed() -> list[mail.EmailMessage]:
    """What a round mails to people."""
    before = len(mail.outbox)
    done = rounds.run("people")
    assert not done.broken
    return mail.outbox[before:]


def link(message: mail.EmailMessage) -> str:
    """The path of the link that sets a password."""
    return re.search(r"http://testserver(/bao-chi/mat-khau/\S+)", message.body).group(1)
