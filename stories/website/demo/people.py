"""The demo accounts, made only where DEBUG is on."""

from __future__ import annotations

from django.contrib.auth.models import Group

from accounts import roles
from accounts.models import User
from stories.units.models import Unit
from stories.units.selectors import fold

PASSWORD = "guong-sang-2026"  # noqa: S105 - demo accounts, refused unless DEBUG
PROVINCE = "25"

# username: family and middle name, given name, group (a province-wide one, or of the unit's two)
CAST: dict[str, tuple[str, str, str]] = {
    "bientap.lamthao": ("Nguyễn Thị Thu", "Hà", "editors:08494"),
    "duyet.lamthao": ("Đào Thị", "Minh", "reviewers:08494"),
    "bientap.vietri": ("Lê Hoài", "Phương", "editors:07900"),
    "duyet.vietri": ("Phạm Bích", "Hạnh", "reviewers:07900"),
    "duyet.tinh": ("Hoàng Thị", "Tuyết", f"reviewers:{PROVINCE}"),
    "tuyengiao": ("Trần Thị Hồng", "Vân", roles.BOARD),
    "tuyengiao2": ("Bùi Thị", "Quyên", roles.BOARD),
    "vanphong": ("Vũ Thanh", "Loan", roles.OFFICE),
    "quantri": ("Đỗ Thị", "Nga", ""),
}
EDITORS = (
    ("Hà Thị", "Duyên"),
    ("Đinh Thị", "Lương"),
    ("Phùng Thị", "Hiền"),
    ("Cao Thị", "Mai"),
    ("Tạ Thu", "Hương"),
    ("Nguyễn Thị", "Thơ"),
    ("Lương Thị", "Xuân"),
    ("Trịnh Thị", "Nhàn"),
)


def account(username: str) -> User:
    """One of the cast, made when missing; an account that is there keeps its password."""
    family, given, group = CAST[username]
    user = _person(username, family, given, PASSWORD)
    if username == "quantri" and not user.is_superuser:
        user.is_superuser = user.is_staff = True
        user.save(update_fields=["is_superuser", "is_staff"])
    field, _colon, code = group.partition(":")
    if code:
        user.groups.add(getattr(Unit.objects.get(code=code), field))
    elif group:
        user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user


def editor_of(unit: Unit) -> User:
    """The unit's editor: of the cast, or one who has no password and so can't log in."""
    for username, (_family, _given, group) in CAST.items():
        if group == f"editors:{unit.code}":
            return account(username)
    family, given = EDITORS[int(unit.official_code) % len(EDITORS)]
    user = _person(f"bientap.{fold(unit.short).replace(' ', '')}", family, given, None)
    user.groups.add(unit.editors)
    return user


def reviewer_of(unit: Unit) -> User:
    """The unit's reviewer of the cast, or the province's, who may review every unit below."""
    for username, (_family, _given, group) in CAST.items():
        if group == f"reviewers:{unit.code}":
            return account(username)
    return account("duyet.tinh")


def _person(username: str, family: str, given: str, password: str | None) -> User:
    found = User.objects.filter(username=username).first()
    return found or User.objects.create_user(
        username, f"{username}@example.vn", password, last_name=family, first_name=given
    )
