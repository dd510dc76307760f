"""A newsroom for trial: a reporter, and who looks after its people."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from accounts.backends import DEMO_PASSWORD
from stories.press.models import PressClient, PressPerson

NEWSROOM = "bao-phu-tho"  # also the README's example of a client
PEOPLE = (
    ("phongvien.baophutho@example.vn", "Lê Minh Quân", False),
    ("quanly.baophutho@example.vn", "Ngô Thị Thanh", True),
)


def add() -> list[str]:
    """What is there already stays as it is."""
    details = {"organisation": "Báo Phú Thọ", "contact_email": "toasoan.baophutho@example.vn"}
    paper, _made = PressClient.objects.get_or_create(name=NEWSROOM, defaults=details)
    missing = [one for one in PEOPLE if not PressPerson.objects.filter(email=one[0]).exists()]
    password = make_password(DEMO_PASSWORD) if missing else ""
    PressPerson.objects.bulk_create(
        PressPerson(client=paper, email=email, name=name, is_admin=admin, password=password)
        for email, name, admin in missing
    )
    return [email for email, _name, _admin in PEOPLE]
