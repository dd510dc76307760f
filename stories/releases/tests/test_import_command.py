"""`manage.py import_stories`: what it prints, what it answers, what it refuses."""

from __future__ import annotations

import csv
import gzip
import io
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from stories.pages.services import bulk
from stories.releases.models import Item
from stories.releases.tests.archive import line, stream

pytestmark = pytest.mark.django_db


def command(*args: str) -> tuple[int, str, str]:
    """Exit code, standard output and error."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_stories", *args, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), f"{err.getvalue()}{error}"
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "kho.jsonl"
    path.write_bytes(stream(line(), line("bai-2", source_url="x")).read())
    return str(path)


@pytest.fixture
def spoiled(tmp_path):
    path = tmp_path / "hong.jsonl"
    path.write_bytes(stream(line(), line("=1+1", title=None), "{").read())
    return str(path)


def test_good_lines_answer_0_and_a_summary(people, archive) -> None:
    code, out, err = command(archive, "--approved-by", "tuyengiao")
    assert (code, err) == (0, "")
    assert "2 dòng; mới 2, đính chính 0, không đổi 0, hỏng 0" in out
    assert "Trường không dùng đến: source_url (1)." in out


def test_bad_lines_answer_1_and_a_report(people, spoiled, tmp_path) -> None:
    report = tmp_path / "bao-cao.csv"
    code, out, err = command(spoiled, "--approved-by", "tuyengiao", "--report", str(report))
    assert code == 1
    assert "mới 1" in out and "hỏng 2" in out
    assert "Dòng 2 [=1+1]: title: Thiếu trường bắt buộc." in err
    assert "Dòng 3: JSON hỏng" in err
    rows = list(csv.reader(report.open(encoding="utf-8-sig")))
    assert rows[0] == ["dòng", "mã", "trường", "lý do"]
    assert rows[1] == ["2", "'=1+1", "title", "Thiếu trường bắt buộc."]
    assert Item.objects.count() == 1


def test_a_dry_run_says_so(people, spoiled) -> None:
    code, out, _err = command(spoiled, "--approved-by", "tuyengiao", "--dry-run")
    assert (code, Item.objects.count()) == (1, 0)
    assert "Chạy thử, chưa ghi gì" in out


def test_gzip_and_standard_input_are_read_alike(people, tmp_path, monkeypatch) -> None:
    packed = tmp_path / "kho.jsonl.gz"
    packed.write_bytes(gzip.compress(stream(line()).read()))
    assert command(str(packed), "--approved-by", "tuyengiao")[0] == 0
    stdin = io.TextIOWrapper(io.BufferedReader(stream(line("bai-2"))))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert command("-", "--approved-by", "tuyengiao")[0] == 0
    assert Item.objects.count() == 2


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("khong-co", "Không có tài khoản"),
        ("bientap.lamthao", "không thuộc Ban Tuyên giáo"),
        ("quantri", "không thuộc Ban Tuyên giáo"),
        ("tuyengiao2", "đã khóa"),
    ],
)
def test_nobody_but_an_active_board_member_approves(people, archive, who, why) -> None:
    people["board2"].is_active = False
    people["board2"].save()
    code, _out, err = command(archive, "--approved-by", who)
    assert (code, Item.objects.count()) == (2, 0)
    assert why in err


def test_a_missing_file_is_said_plainly(people) -> None:
    code, _out, err = command("/khong/co.jsonl", "--approved-by", "tuyengiao")
    assert code == 2
    assert "/khong/co.jsonl" in err


def test_a_database_that_stops_is_said_plainly_with_what_is_saved(
    people, archive, monkeypatch
) -> None:
    def full(*args) -> None:
        raise OperationalError("disk full")

    monkeypatch.setattr(bulk, "_log", full)
    code, out, err = command(archive, "--approved-by", "tuyengiao")
    assert (code, Item.objects.count()) == (3, 0)
    assert "mới 0" in out and "disk full" in err


def test_statements_are_not_kept_in_memory_and_the_connection_is_as_before(people, archive) -> None:
    before = pragma("mmap_size")
    with CaptureQueriesContext(connection) as kept:
        command(archive, "--approved-by", "tuyengiao")
    assert not [query for query in kept.captured_queries if "wagtailcore_page" in query["sql"]]
    assert "make_debug_cursor" not in vars(connection)
    assert before == pragma("mmap_size")


def pragma(name: str) -> object:
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()
