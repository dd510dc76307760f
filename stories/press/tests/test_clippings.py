"""Where clients published what they took: recorded, looked at on a click, chased, kept apart."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.audit.models import AuditEntry
from media import upkeep as files
from stories import factories
from stories.press import rounds, services
from stories.press.clippings import comparing, items, published, reading
from stories.press.clippings import services as clippings
from stories.press.models import ClippingCheck, PressClipping, PressDelivery
from stories.press.outgoing import fetcher
from stories.press.outgoing.fetcher import Fetched
from stories.press.room.tests import newsrooms
from stories.press.tests import ledger, servers
from stories.releases.models import Item, Takedown, TakedownItem

OURS = (
    "Sáng nào chị Lan cũng ra sân phơi lá, mười năm nay không nghỉ ngày nào. Hội LHPN tỉnh Phú Thọ "
    "đã giúp chị mở lớp dạy nghề cho hai mươi chị em trong xã, ai cũng có thu nhập đều hằng tháng."
)
RELEASED = {
    "title": "Chị Lan giữ nghề nón lá",
    "lead": "Ba mươi năm một nghề.",
    "text": OURS,
    "pictures": [{"credit": "Ảnh: Thu Hà"}],
}
ROOM = "/bao-chi/bai-da-dang/"


def html(*paragraphs: str, head: str = "<title>Báo Phú Thọ</title>") -> bytes:
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def compared(*paragraphs: str, released: dict = RELEASED, **more: str) -> comparing.Figures:
    return comparing.compare(released, reading.read(html(*paragraphs, **more), "utf-8"))


def test_a_page_that_took_the_text_is_told_from_one_that_did_not() -> None:
    whole = compared("Chị Lan giữ nghề nón lá", f"Ba mươi năm một nghề. {OURS}")
    assert (whole.title_found, whole.overlap, whole.is_there) == (True, 100, True)
    half = compared("Một tít khác", OURS[: len(OURS) // 2].upper())
    assert (half.title_found, half.is_there) == (False, True)
    assert 30 < half.overlap < 60
    other = compared("Giá xăng hôm nay tăng", "Sáng nào chị Lan cũng đi chợ. " * 40)
    assert (other.title_found, other.is_there, other.is_no_more) == (False, False, True)
    only_title = compared("Bài đã gỡ", head="<title>Chị Lan giữ nghề nón lá</title>")
    assert (only_title.is_there, only_title.is_no_more) == (False, False)


def test_the_union_s_name_in_the_text_itself_is_no_credit() -> None:
    assert not compared(OURS).source_found
    assert compared(OURS, "(Theo Hội LHPN tỉnh Phú Thọ)").source_found
    assert compared(OURS, "Nguồn: Hội Liên hiệp Phụ nữ tỉnh Phú Thọ").source_found
    assert compared(OURS).picture_credit_found is False
    assert compared(OURS, "Ảnh: Thu Hà").picture_credit_found is True
    assert compared(OURS, released=RELEASED | {"pictures": []}).picture_credit_found is None


def test_of_a_purged_text_nothing_is_claimed() -> None:
    figures = compared(OURS, released={"purged": True, "title": "ĐÃ XÓA NỘI DUNG", "text": "x"})
    assert (figures.title_found, figures.overlap, figures.is_there) == (None, None, False)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2026-11-20T08:00:00+07:00">', 20),
        ('<script>{"datePublished": "2026-11-19"}</script>', 19),
        ('<meta property="article:published_time" content="2999-01-01">', None),
        ("", None),
    ],
)
def test_the_day_that_a_page_gives(head, day) -> None:
    found = reading.read(html("x", head=head), "").dated_on
    assert found == (date(2026, 11, day) if day else None)


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("<p>Chị Lan</p>".encode("windows-1258", "replace"), "windows-1258"),
        (b"", "utf-8"),
        (b"\0\0<p>a", "utf-7"),
        (b"<!--", ""),
        (b"\xff\xfe\x00", "unicode_escape"),
        (b"<div>" * 100_000 + b"a", "utf-8"),
        (b'<?xml version="1.0" encoding="UTF-16"?><html><p>a</p></html>', "punycode"),
    ],
)
def test_a_page_of_any_bytes_is_read_without_a_word(body, charset) -> None:
    assert isinstance(reading.read(body, charset).text, str)


@pytest.fixture
def taken(db) -> PressClipping:
    """A story that the paper took and published on the web."""
    paper = newsrooms.newsroom()
    release = ledger.story(1, title=RELEASED["title"], lead=RELEASED["lead"], text=OURS)
    give(paper, release)
    return clip(paper, Item.objects.get(pk=ledger.nth(1)))


def give(client, *releases) -> None:
    services.record_deliveries(
        client_id=client.pk, seqs=[one.seq for one in releases], channel=PressDelivery.Channel.ITEM
    )


def clip(client, item: Item, **values) -> PressClipping:
    fields = {
        "item": item,
        "version": 1,
        "medium": "online",
        "published_on": timezone.localdate(),
        "place": "",
        "url": "https://bao.example/bai",
        "source_credit": "",
        "picture_credit": "",
        "note": "",
    }
    person = client.people.first() or newsrooms.person(client, f"{client.name}@bao.example")
    by = clippings.Recorder(person=person)
    return clippings.record_clipping(client=client, values=fields | values, scan=None, by=by)


@pytest.fixture
def page(monkeypatch):
    """What the newspaper's page is; the addresses that were fetched are kept."""
    said = {"answer": Fetched(200, body=html(OURS), host="bao.example"), "asked": []}

    def fetch(url: str) -> Fetched:
        said["asked"].append(url)
        return said["answer"]

    monkeypatch.setattr(fetcher, "fetch", fetch)
    return said


def looked(clipping: PressClipping) -> ClippingCheck:
    """A look, later than the one before."""
    ClippingCheck.objects.update(at=timezone.now() - timedelta(minutes=2))
    by = clippings.Recorder(person=clipping.person)
    return clippings.check_page(clipping=clipping, by=by)


def test_what_is_kept_of_a_page_is_figures_and_a_hash(taken, page) -> None:
    page["answer"] = Fetched(200, body=html(OURS, "bí mật của tòa soạn"), host="bao.example")
    check = looked(taken)
    assert (check.outcome, check.status, check.by_name) == ("there", 200, taken.person.name)
    assert check.overlap > 85
    assert len(check.sha256) == 64
    taken.refresh_from_db()
    assert taken.last_check == check
    assert "bí mật" not in json.dumps(list(ClippingCheck.objects.values()), default=str)
    entry = AuditEntry.objects.get(action="clipping_checked")
    assert json.loads(entry.data)["outcome"] == "there"


def test_a_page_counts_as_taken_down_when_the_server_or_the_words_say_so(taken, page) -> None:
    empty = Fetched(200, body=html("Trang chủ"), host="bao.example")
    page["answer"] = empty
    assert looked(taken).outcome == "absent"  # it was never seen there: drawn by scripts, perhaps
    page["answer"] = Fetched(200, body=html(OURS))
    assert looked(taken).outcome == "there"
    page["answer"] = Fetched(error="Máy chủ trả lời quá chậm.")
    assert looked(taken).outcome == "failed"
    page["answer"] = empty
    assert looked(taken).outcome == "gone"
    for status in (404, 410):
        page["answer"] = Fetched(status, error=f"Máy chủ trả lời mã {status}.")
        assert looked(taken).outcome == "gone"
    page["answer"] = Fetched(403, error="Máy chủ trả lời mã 403.")
    assert looked(taken).outcome == "failed"
    taken.refresh_from_db()
    assert not taken.is_gone


def test_another_address_begins_anew(taken, page) -> None:
    looked(taken)
    values = {name: getattr(taken, name) for name in clippings.FIELDS}
    by = clippings.Recorder(person=taken.person)
    other = values | {"url": "https://bao.example/khac"}
    changed = clippings.change_clipping(clipping=taken, values=other, scan=None, by=by)
    assert (changed.last_check, changed.checks.count()) == (None, 0)
    page["answer"] = Fetched(200, body=html("Trang khác"))
    assert looked(changed).outcome == "absent"


def test_pages_are_looked_at_one_at_a_time_and_not_again_at_once(taken, page) -> None:
    by = clippings.Recorder(person=taken.person)
    clippings.check_page(clipping=taken, by=by)
    with pytest.raises(clippings.NotNow, match="vừa được kiểm tra"):
        clippings.check_page(clipping=taken, by=by)
    other = clip(taken.client, taken.item, url="https://bao.example/hai")
    ClippingCheck.objects.update(outcome="running")
    with pytest.raises(clippings.NotNow, match="trang khác"):
        clippings.check_page(clipping=other, by=by)
    assert page["asked"] == ["https://bao.example/bai"]


def test_no_page_is_fetched_but_for_a_person_s_post(taken, page, client, people) -> None:
    lan = newsrooms.browser(taken.person)
    client.force_login(people["board"])
    own, staff = f"{ROOM}{taken.pk}/kiem-tra/", reverse("press_clipping_check", args=[taken.pk])
    assert lan.get(own).status_code == client.get(staff).status_code == 405
    client.get(reverse("press_clippings:inspect", args=[taken.pk]))
    client.get(reverse("press_clippings:index"))
    lan.get(ROOM)
    lan.get(f"{ROOM}{taken.pk}/")
    rounds.run()
    Client().post(own)
    Client().post(staff)
    client.force_login(people["editor"])
    client.post(staff)
    assert page["asked"] == []
    assert lan.post(own).status_code == 302
    assert page["asked"] == [taken.url]


def test_the_button_fetches_the_page_itself(taken, here) -> None:
    with servers.receiver() as server:
        server.answers(200, {"Content-Type": "text/html"}, html(OURS))
        PressClipping.objects.update(url=f"{server.base}/bai")
        answer = newsrooms.browser(taken.person).post(f"{ROOM}{taken.pk}/kiem-tra/", follow=True)
    assert "Bài còn trên trang" in answer.content.decode()
    assert [path for _method, path, _headers, _body in server.requests] == ["/bai"]


def test_another_newsroom_s_clippings_are_not_there(taken, page) -> None:
    hoa = newsrooms.person(newsrooms.newsroom("dai-ptth", "broadcaster"), "hoa@dai.example")
    foreign = newsrooms.browser(hoa)
    for path, method in (("", "get"), ("", "post"), ("kiem-tra/", "post"), ("ban-chup/", "get")):
        assert getattr(foreign, method)(f"{ROOM}{taken.pk}/{path}").status_code == 404
        assert getattr(Client(), method)(f"{ROOM}{taken.pk}/{path}").status_code == 302
    assert taken.title not in foreign.get(ROOM).content.decode()
    assert page["asked"] == []


def form(**values) -> dict:
    fields = {"medium": "online", "published_on": timezone.localdate().isoformat()}
    return fields | {"url": "https://bao.example/x", "item": ledger.nth(1)} | values


def test_a_reporter_records_changes_and_shows_her_scan(taken, place) -> None:
    lan = newsrooms.browser(taken.person)
    scan = SimpleUploadedFile("trang 3.JPG", factories.jpeg(), "image/jpeg")
    answer = lan.post(ROOM, form(medium="print", url="", scan=scan, source_credit="yes"))
    assert answer.status_code == 302, answer.context["form"].errors
    made = PressClipping.objects.order_by("-pk").first()
    assert (made.client, made.person, made.version) == (taken.client, taken.person, 1)
    assert made.scan.name.startswith("clippings/")
    shown = lan.get(f"{ROOM}{made.pk}/ban-chup/")
    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    assert lan.get(f"/tep/{made.scan.name}").status_code == 404
    assert made.scan.name not in files.missing()
    assert made.scan.name in set(files._names())
    again = lan.post(f"{ROOM}{made.pk}/", form(medium="print", url="", place="trang 3"))
    assert again.status_code == 302, again.context["form"].errors
    made.refresh_from_db()
    assert (made.place, bool(made.scan)) == ("trang 3", True)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"published_on": "2999-01-01"}, "published_on"),
        ({"url": ""}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "ftp://bao.example/x"}, "url"),
        ({"url": "https://u:p@bao.example/"}, "url"),
        ({"medium": "radio", "url": ""}, "place"),
        ({"item": ""}, "item"),
        ({"scan": SimpleUploadedFile("x.jpg", b"<html><script>alert(1)</script>")}, "scan"),
    ],
)
def test_what_can_t_be_is_refused_with_a_word(taken, values, field) -> None:
    answer = newsrooms.browser(taken.person).post(ROOM, form(**values))
    assert list(answer.context["form"].errors) == [field]
    assert PressClipping.objects.count() == 1


def test_which_items_a_client_may_name(taken, people) -> None:
    paper = taken.client
    ledger.story(2, purposes=["radio_tv"], title="Chỉ cho đài")
    ledger.story(3, title="Bài mới")
    draft = factories.story(people["editor"], title="Bản nháp")
    assert items.found_for(paper, f"http://testserver/id/{ledger.nth(3)}") is not None
    assert (
        items.found_for(paper, "http://testserver/phu-nu-dat-to/bai-3/").pk
        == Item.objects.get(pk=ledger.nth(3)).pk
    )
    for text in (ledger.nth(2), str(draft.uuid), draft.url_path, "", "/", "bai-3"):
        assert items.found_for(paper, text) is None
    ledger.withdraw(ledger.nth(1))
    ledger.withdraw(ledger.nth(3))
    assert items.found_for(paper, ledger.nth(1)) is not None  # it has the text
    assert items.found_for(paper, ledger.nth(3)) is None
    (own,) = items.recent(paper)
    assert own.title.startswith("THU HỒI")
    assert items.version_used(paper, own.item) == 1
    page = newsrooms.browser(taken.person).get(f"{ROOM}?bai={ledger.nth(2)}").content.decode()
    assert "Chỉ cho đài" not in page
    assert "Bản nháp" not in page


def test_the_record_of_a_takedown_says_where_it_is_still_out(taken, page) -> None:
    looked(taken)
    release = ledger.withdraw(ledger.nth(1))
    takedown = Takedown.objects.create(of="item", target=ledger.nth(1), reason="consent")
    TakedownItem.objects.create(takedown=takedown, item=taken.item, release=release)
    (row,) = published.section(takedown).rows
    assert row[4] == taken.url
    assert row[5].startswith("còn đăng")
    page["answer"] = Fetched(410, error="Máy chủ trả lời mã 410.")
    looked(taken)
    assert published.section(takedown).rows[0][5].startswith("đã gỡ")


def test_what_is_purged_takes_scan_and_note_along(taken, place) -> None:
    lan = newsrooms.browser(taken.person)
    scan = SimpleUploadedFile("a.jpg", factories.jpeg(), "image/jpeg")
    lan.post(f"{ROOM}{taken.pk}/", form(scan=scan, note="Chị Lan nói…"))
    taken.refresh_from_db()
    name = taken.scan.name
    assert taken.scan.storage.exists(name)
    rounds.run("clippings")
    taken.refresh_from_db()
    assert taken.scan
    Item.objects.filter(pk=taken.item_id).update(purged_at=timezone.now())
    rounds.run("clippings")
    taken.refresh_from_db()
    assert (taken.scan.name, taken.note, taken.url) == ("", "", "https://bao.example/x")


def test_the_board_records_changes_and_deletes_in_the_admin(taken, client, people) -> None:
    client.force_login(people["board"])
    add = reverse("press_clippings:add")
    values = form(client=taken.client.pk, about=f"http://testserver{taken.item.path}", version="")
    assert client.post(add, values | {"about": "/khong-co/"}).status_code == 200
    assert client.post(add, values | {"version": "7"}).status_code == 200
    assert PressClipping.objects.count() == 1
    answer = client.post(add, values)
    assert answer.status_code == 302, answer.context["form"].errors
    made = PressClipping.objects.order_by("-pk").first()
    assert (made.item, made.recorded_by, made.person) == (taken.item, people["board"], None)
    edit = reverse("press_clippings:edit", args=[made.pk])
    assert client.post(edit, values | {"source_credit": "no"}).status_code == 302
    made.refresh_from_db()
    assert made.source_credit == "no"
    assert client.post(reverse("press_clippings:delete", args=[made.pk])).status_code == 302
    assert PressClipping.objects.count() == 1
    done = list(AuditEntry.objects.filter(target=f"press_clipping:{made.pk}"))
    assert [one.action for one in done] == [
        f"clipping_{what}" for what in ("recorded", "changed", "deleted")
    ]
    client.force_login(people["editor"])
    for name in ("index", "add"):
        assert client.get(reverse(f"press_clippings:{name}")).status_code == 302
    assert client.get(reverse("press_clipping_scan", args=[taken.pk])).status_code in (302, 403)


def test_the_lists_take_as_many_queries_for_one_as_for_twenty(taken, people, client) -> None:
    lan, index = newsrooms.browser(taken.person), reverse("press_clippings:index")
    client.force_login(people["board"])

    def counts() -> tuple[int, int]:
        return queries(lambda: lan.get(ROOM)), queries(lambda: client.get(index))

    counts()  # what is read once for a process
    for_one = counts()
    for number in range(2, 21):
        give(taken.client, ledger.story(number))
        clip(taken.client, Item.objects.get(pk=ledger.nth(number)))
    lan.get(ROOM)  # reads the ledger on
    assert counts() == for_one
    # Session, person; confirmations' offset, ledger's head, open rows; what she took last, its
    # texts; how many clippings, theirs, their titles.
    assert for_one[0] <= 11


def queries(act) -> int:
    with CaptureQueriesContext(connection) as found:
        assert act().status_code == 200
    return len(found)
