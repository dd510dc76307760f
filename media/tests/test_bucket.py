"""The bucket: for us alone, asked a bounded time, and never mistaken for an empty one."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request

import pytest
from django.core.checks import run_checks
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from config import env
from media.stores import bucket
from media.stores.base import StorageDown
from media.tests.places import KEYS, Bucket

NAME = "images/chi-lan.jpg"
GIVEN = KEYS | {"bucket_name": "anh", "endpoint_url": "https://kho.example.vn"}


@pytest.fixture
def place(object_server) -> Bucket:
    return Bucket(object_server)


@pytest.fixture
def store(place) -> bucket.BucketStorage:
    return bucket.BucketStorage(**place.options)


def test_what_is_stored_is_private_and_no_browser_would_run_it(place, store) -> None:
    page = SimpleUploadedFile("a.html", b"<script>", content_type="text/html")
    name = store.save("documents/a.html", page)
    found = place.client.get_object(Bucket=place.name, Key=name)
    assert found["ContentType"] == "application/octet-stream"
    grants = place.client.get_object_acl(Bucket=place.name, Key=name)["Grants"]
    assert [(one["Grantee"]["Type"], one["Permission"]) for one in grants] == [
        ("CanonicalUser", "FULL_CONTROL")
    ]
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{place.server.url}/{place.name}/{name}")


def test_a_large_file_goes_through_the_disk_in_both_directions(place, store) -> None:
    content = bytes(range(256)) * 40_000  # 10 MB
    name = store.save("documents/to.pdf", ContentFile(content))
    assert "-" not in place.client.head_object(Bucket=place.name, Key=name)["ETag"]  # one request
    with store.open(name) as file:
        assert file.file._rolled
        assert file.size == len(content)
        assert file.read() == content
    assert file.closed
    assert file.open().read(4) == content[:4]
    file.close()


def test_a_bucket_that_is_not_there_is_no_empty_bucket(place, store) -> None:
    """Else what is withdrawn would seem to be gone from a bucket whose name has a slip."""
    wrong = bucket.BucketStorage(**place.options | {"bucket_name": "khong-co"})
    for ask in (wrong.probe, lambda: wrong.delete(NAME), lambda: wrong.listdir("images")):
        wrong._down_until = 0.0
        with pytest.raises(StorageDown):
            ask()


def test_the_command_that_checks_files_says_so(place, settings, db, capsys) -> None:
    settings.STORAGES = settings.STORAGES | {"default": place.storage}
    call_command("media_files", "check")
    assert "Đủ tệp." in capsys.readouterr().out
    place.client.put_object(Bucket=place.name, Key=NAME, Body=b"abc", ACL="public-read")
    with pytest.raises(SystemExit):
        call_command("media_files", "check")
    assert "hãy bỏ quyền đọc công khai" in capsys.readouterr().out


def test_each_wait_is_bounded() -> None:
    assert (bucket.CLIENT.connect_timeout, bucket.CLIENT.read_timeout) == (2, 10)
    assert bucket.CLIENT.retries == {"mode": "standard", "total_max_attempts": 2}
    assert bucket.CLIENT is bucket.BucketStorage(**GIVEN).client_config


@pytest.fixture
def silent():
    """A server that takes connections and never answers; how many it took."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)

        def taken() -> int:
            count = 0
            try:
                while True:
                    server.accept()[0].close()
                    count += 1
            except TimeoutError:
                return count

        yield server.getsockname()[1], taken


def test_a_server_that_is_silent_is_asked_twice_and_then_left_alone(silent, monkeypatch) -> None:
    port, taken = silent
    impatient = bucket.CLIENT.merge(bucket.Config(read_timeout=0.1))
    given = KEYS | {"bucket_name": "anh", "endpoint_url": f"http://127.0.0.1:{port}"}
    store = bucket.BucketStorage(**given, client_config=impatient)
    with pytest.raises(StorageDown):
        store.open(NAME)
    assert taken() == bucket.ATTEMPTS
    for ask in (store.probe, lambda: store.exists(NAME), lambda: store.open(NAME)):
        with pytest.raises(StorageDown, match="a moment ago"):
            ask()
    assert taken() == 0


def test_whether_it_is_there_is_not_asked_each_time(place, store) -> None:
    store.probe()
    with place.down():
        store.probe()
        with pytest.raises(StorageDown):
            store.exists(NAME)
        with pytest.raises(StorageDown):
            store.probe()


def test_without_a_word_of_it_files_are_on_the_disk() -> None:
    none = dict.fromkeys(GIVEN, "")
    assert env.storage(**none) == {"BACKEND": "media.stores.local.LocalStorage"}
    made = env.storage(**none | {"access_key": "a"})
    assert made["BACKEND"] == "media.stores.bucket.BucketStorage"
    assert made["OPTIONS"]["region_name"] == "us-east-1"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"secret_key": ""}, "Còn thiếu: S3_SECRET_KEY."),
        ({"bucket_name": "", "access_key": ""}, "Còn thiếu: S3_BUCKET, S3_ACCESS_KEY."),
        ({"endpoint_url": "kho.example.vn"}, "S3_ENDPOINT_URL phải bắt đầu bằng https://"),
    ],
)
def test_what_is_half_given_is_said_in_vietnamese(settings, change, words) -> None:
    settings.STORAGES = settings.STORAGES | {"default": env.storage(**GIVEN | change)}
    (found,) = [one for one in run_checks() if one.id.startswith("media.")]
    assert words in found.msg and found.hint


def test_what_is_given_whole_passes(settings) -> None:
    settings.STORAGES = settings.STORAGES | {"default": env.storage(**GIVEN)}
    assert not [one for one in run_checks() if one.id.startswith("media.")]
    assert isinstance(storages["default"], bucket.BucketStorage)


def test_a_bucket_that_shows_or_keeps_what_it_should_not_is_told_of(place, store) -> None:
    name = store.save(NAME, ContentFile(b"abc"))
    assert store.exposures(name) == []
    place.client.put_object_acl(Bucket=place.name, Key=name, ACL="public-read")
    on = {"Status": "Enabled"}
    place.client.put_bucket_versioning(Bucket=place.name, VersioningConfiguration=on)
    strangers, versions = store.exposures(name)
    assert "Người lạ tải được tệp" in strangers and "giữ bản cũ" in versions
