"""Keys given and taken back are on record, by their beginning only."""

from __future__ import annotations

import pytest

from accounts.audit.models import AuditEntry
from stories.press import services
from stories.press.models import PressClient

pytestmark = pytest.mark.django_db


def test_a_key_created_and_revoked_is_in_the_audit_trail_without_the_key() -> None:
    before = AuditEntry.objects.count()
    client = PressClient.objects.create(name="bao-phu-tho", organisation="Báo Phú Thọ")
    key, plain = services.create_key(client=client)
    services.revoke_key(key=key)
    services.revoke_key(key=key)
    found = AuditEntry.objects.order_by("seq")[before:]
    assert [(entry.action, entry.target) for entry in found] == [
        ("key_created", f"press_key:{key.prefix}"),
        ("key_revoked", f"press_key:{key.prefix}"),
    ]
    assert all(plain not in entry.target + entry.data for entry in found)
