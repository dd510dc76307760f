"""Whatever keeps the files, it does it in the same way; and when it is away, people are told."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from media.stores.base import StorageDown

NAME = "images/chi-lan.jpg"


def test_a_file_is_kept_found_and_removed(place) -> None:
    name = default_storage.save(NAME, ContentFile(b"abc"))
    assert place.names() == [name] == [NAME]
    assert default_storage.exists(name) and default_storage.size(name) == 3
    with default_storage.open(name) as file:
        assert file.read(2) == b"ab"
        assert (file.size, file.name.endswith("chi-lan.jpg")) == (3, True)
    assert default_storage.listdir("images") == ([], ["chi-lan.jpg"])
    default_storage.delete(name)
    default_storage.delete(name)  # gone already: no error
    assert place.names() == []


def test_another_file_never_takes_the_place_of_one(place) -> None:
    first, second = (default_storage.save(NAME, ContentFile(text)) for text in (b"a", b"b"))
    assert place.names() == sorted([first, second])
    assert default_storage.open(first).read() == b"a"


def test_what_is_not_there_is_said_alike(place) -> None:
    place.put("images/khac.jpg")
    assert not default_storage.exists(NAME)
    for ask in (default_storage.open, default_storage.size, default_storage.get_modified_time):
        with pytest.raises(FileNotFoundError):
            ask(NAME)


def test_addresses_are_our_own(place) -> None:
    assert default_storage.url("images/chị lan.jpg") == "/tep/images/ch%E1%BB%8B%20lan.jpg"


def test_a_place_that_is_away_is_told_alike_and_comes_back(place) -> None:
    place.put(NAME)
    default_storage.probe()
    asked = [
        lambda: default_storage.open(NAME),
        lambda: default_storage.exists(NAME),
        lambda: default_storage.delete(NAME),
        lambda: default_storage.size(NAME),
        lambda: default_storage.save("images/moi.jpg", ContentFile(b"abc")),
        default_storage.probe,
    ]
    with place.down():
        for ask in asked:
            with pytest.raises(StorageDown):
                ask()
    default_storage.probe()
    assert place.names() == [NAME]
    assert default_storage.open(NAME).read() == b"x"
