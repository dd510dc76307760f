"""Deletions are on record, without what was in the picture or the document."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from accounts.audit.models import AuditEntry
from media.models import File
from stories import factories

pytestmark = pytest.mark.django_db


def test_deleted_pictures_and_documents_are_in_the_audit_trail(people) -> None:
    before = AuditEntry.objects.count()
    picture = factories.picture(title="Chị Lan")
    file = File.objects.create(title="Đơn của chị Lan", file=ContentFile(b"%PDF-", "don.pdf"))
    targets = [f"picture:{picture.uuid}", f"file:{file.pk}"]
    picture.delete()
    file.delete()
    found = AuditEntry.objects.order_by("seq")[before:]
    assert [(entry.action, entry.target) for entry in found] == [
        ("media_deleted", target) for target in targets
    ]
    assert all("Lan" not in entry.data for entry in found)
