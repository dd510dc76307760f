"""The demo accounts, made only where DEBUG is on."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
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


class Cast:
    """The accounts by name, each looked up or made once."""

    def __init__(self) -> None:
        self.made: dict[str, User] = {}
        self.password = make_password(PASSWORD)  # hashing takes time: once for all of them

    def account(self, username: str) -> User:
        """One of the cast; an account that is there already keeps its password."""
        if username not in self.made:
            family, given, group = CAST[username]
            user = _person(username, family, given, self.password)
            if username == "quantri" and not user.is_superuser:
                user.is_superuser = user.is_staff = True
                user.save(update_fields=["is_superuser", "is_staff"])
            field, _colon, code = group.partition(":")
            if code:
                user.groups.add(getattr(Unit.objects.get(code=code), field))
            elif group:
                user.groups.add(Group.objects.get_or_create(name=group)[0])
            self.made[username] = user
        return self.made[username]

    def editor_of(self, unit: Unit) -> User:
        """The unit's editor: of the cast, or one who has no password and so can't log in."""
        known = _holder(f"editors:{unit.code}")
        if known:
            return self.account(known)
        username = f"bientap.{fold(unit.short).replace(' ', '')}"
        if username not in self.made:
            family, given = EDITORS[int(unit.official_code) % len(EDITORS)]
            user = _person(username, family, given, make_password(None))
            user.groups.add(unit.editors)
            self.made[username] = user
        return self.made[username]

    def reviewer_of(self, unit: Unit) -> User:
        """The unit's reviewer of the cast, or the province's, who may review every unit below."""
        return self.account(_holder(f"reviewers:{unit.code}") or "duyet.tinh")


def _holder(office: str) -> str | None:
    return next((name for name, (_family, _given, group) in CAST.items() if group == office), None)


def _person(username: str, family: str, given: str, password: str) -> User:
    """`password` is hashed already."""
    values = {"email": f"{username}@example.vn", "first_name": given, "last_name": family}
    return User.objects.get_or_create(username=username, defaults=values | {"password": password})[
        0
    ]
