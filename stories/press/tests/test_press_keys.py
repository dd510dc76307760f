"""Keys: given once, kept as a digest, two at a time, taken back at once."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from stories.press import keys, services
from stories.press.models import PressClient, PressKey

pytestmark = pytest.mark.django_db


def command(*args: str) -> str:
    out = StringIO()
    call_command("press_key", *args, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_only_the_digest_is_stored(newspaper):
    key, plain = services.create_key(client=newspaper)
    stored = PressKey.objects.filter(pk=key.pk).values().get()
    assert not any(plain in str(value) for value in stored.values())
    assert stored["sha256"] == keys.digest(plain)
    assert plain.startswith(stored["prefix"])


def test_a_client_has_at_most_two_live_keys(newspaper):
    first, _plain = services.create_key(client=newspaper)
    services.create_key(client=newspaper)
    with pytest.raises(services.TooManyKeys):
        services.create_key(client=newspaper)
    services.revoke_key(key=first)
    services.create_key(client=newspaper)


def test_an_expired_key_makes_room(newspaper):
    past = timezone.now() - timedelta(seconds=1)
    services.create_key(client=newspaper, expires_at=past)
    services.create_key(client=newspaper, expires_at=past)
    services.create_key(client=newspaper)


def test_use_is_noted_at_most_once_a_minute(newspaper, client, django_assert_num_queries):
    key, plain = services.create_key(client=newspaper)
    headers = {"X-API-Key": plain}
    client.get("/api/v1/press/feed/", headers=headers)
    key.refresh_from_db()
    noted = key.last_used_at
    assert noted is not None
    # key with client, page, head of the ledger: and no write
    with django_assert_num_queries(3):
        client.get("/api/v1/press/feed/", headers=headers)
    services.note_use(key_id=key.pk, now=noted + timedelta(seconds=59))
    key.refresh_from_db()
    assert key.last_used_at == noted
    services.note_use(key_id=key.pk, now=noted + timedelta(seconds=60))
    key.refresh_from_db()
    assert key.last_used_at == noted + timedelta(seconds=60)


def test_the_command_creates_client_and_key_and_prints_only_the_key():
    printed = command("bao-phu-tho", "--create", "--organisation", "Báo Phú Thọ")
    assert keys.well_formed(printed.strip())
    assert PressClient.objects.get(name="bao-phu-tho").organisation == "Báo Phú Thọ"
    assert PressKey.objects.live().get().sha256 == keys.digest(printed.strip())


def test_the_command_lists_without_the_key_and_revokes_by_prefix():
    plain = command("bao-phu-tho", "--create").strip()
    listed = command("--list")
    assert keys.display(plain) in listed
    assert plain not in listed
    command("bao-phu-tho", "--revoke", keys.display(plain))
    assert not PressKey.objects.live().exists()
    assert "đã thu hồi" in command("bao-phu-tho", "--list")


@pytest.mark.parametrize(
    "args",
    [
        ["--create"],
        ["Báo Phú Thọ", "--create"],
        ["bao-phu-tho", "--revoke", "gsdt_khong-co"],
        ["bao-phu-tho", "--create", "--days", "0"],
    ],
)
def test_the_command_says_what_is_wrong(args):
    with pytest.raises(CommandError):
        command(*args)
