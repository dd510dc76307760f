"""The words of the consent form, the same on every kind of paper.

Plain and short: a form that isn't understood isn't consent (Decree 13/2023/NĐ-CP, article 11; for
children of seven and more their own word beside the guardian's, article 20).
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from media.people.models import Consent
from media.people.purposes import Purpose, Scope

LINE = "…………………………"


@dataclass(frozen=True, slots=True)
class Form:
    """What is printed, top to bottom. `children` and `guardian` are empty for grown-ups."""

    code: str
    address: str  # in the QR code
    house: str
    unit: str
    title: str
    intro: list[str]
    who: list[str]
    scopes: list[str]
    purposes: list[str]
    terms: list[str]
    withdrawing: list[str]
    guardian: list[str]
    child: list[str]
    place: str
    signatures: tuple[str, str]
    foot: str


def of(consent: Consent) -> Form:
    """The form of a prepared consent; its person must have a collection."""
    person = consent.person
    minor = person.is_minor()
    contact = settings.CONSENT_CONTACT or f"{LINE}{LINE}{LINE}"
    return Form(
        code=consent.code,
        address=settings.PUBLIC_BASE_URL + reverse("consent_by_code", args=[consent.code]),
        house=_("HỘI LIÊN HIỆP PHỤ NỮ TỈNH PHÚ THỌ"),
        unit=_("Nơi lập phiếu: %(unit)s") % {"unit": person.unit_name},
        title=_("PHIẾU ĐỒNG Ý CHO GIỚI THIỆU GƯƠNG ĐIỂN HÌNH"),
        intro=_intro(person.name, minor),
        who=[
            _("Họ và tên: %(name)s") % {"name": person.name},
            _("Năm sinh: %(born)s") % {"born": person.born or LINE},
        ],
        scopes=[str(scope.label) for scope in Scope],
        purposes=[str(purpose.label) for purpose in Purpose],
        terms=[_("Đến khi rút lại"), _("Đến hết ngày …… / …… / …………")],
        withdrawing=[
            _(
                "Ông/Bà có thể rút lại sự đồng ý bất cứ lúc nào, không cần nêu lý do: gọi điện, "
                "nhắn tin, gửi thư hoặc đến gặp Hội, và đọc mã phiếu %(code)s."
            )
            % {"code": consent.code},
            _("Liên hệ: %(contact)s") % {"contact": contact},
            _(
                "Khi đó Hội gỡ bài, ảnh khỏi trang web và báo ngay cho những nơi đã nhận. Báo, "
                "bản tin đã in và chương trình đã phát thì không thu lại được."
            ),
        ],
        guardian=_guardian(person) if minor else [],
        child=[_("Ý kiến của cháu (từ đủ 7 tuổi): cháu đồng ý")] if minor else [],
        place=_("……………………, ngày …… tháng …… năm ………"),
        signatures=(
            _("Người đại diện của Hội"),
            _("Cha, mẹ hoặc người giám hộ") if minor else _("Người đồng ý"),
        ),
        foot=_("Phiếu lập thành hai bản: người ký giữ một bản, Hội giữ một bản. Mã phiếu: %(code)s")
        % {"code": consent.code},
    )


def _intro(name: str, minor: bool) -> list[str]:
    if minor:
        asked = _(
            "Kính gửi cha, mẹ hoặc người giám hộ của cháu %(name)s. Hội mong được kể về cháu để "
            "nhiều người cùng biết và học theo việc tốt. Hội chỉ đăng những gì Ông/Bà đồng ý và "
            "đánh dấu vào ô dưới đây."
        )
    else:
        asked = _(
            "Kính gửi %(name)s. Hội mong được giới thiệu việc làm của Ông/Bà để nhiều người cùng "
            "biết và học theo. Hội chỉ đăng những gì Ông/Bà đồng ý và đánh dấu vào ô dưới đây."
        )
    free = _("Ông/Bà có quyền không đồng ý; điều đó không ảnh hưởng gì đến quyền lợi của mình.")
    return [asked % {"name": name}, free]


def _guardian(person) -> list[str]:
    guardian = person.guardian
    return [
        _("Họ và tên người giám hộ: %(name)s") % {"name": guardian.name if guardian else LINE * 2},
        _("Quan hệ với cháu: %(line)s") % {"line": LINE},
    ]


def headings() -> dict[str, str]:
    """The numbered headings, by the part of the form that they stand over."""
    return {
        "who": _("1. Người được giới thiệu"),
        "scopes": _("2. Đồng ý để Hội dùng"),
        "purposes": _("3. Được đăng ở"),
        "terms": _("4. Thời hạn"),
        "withdrawing": _("5. Muốn rút lại thì làm thế nào"),
        "guardian": _("6. Người giám hộ đồng ý thay"),
    }


def signing_hint() -> str:
    return _("(ký, ghi rõ họ tên)")


def qr_png(form: Form) -> bytes:
    out = io.BytesIO()
    segno.make(form.address, error="m").save(out, kind="png", scale=6, border=2)
    return out.getvalue()
