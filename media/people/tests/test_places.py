"""Who stands where in a picture: asked beside the name, told with the picture."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from media.metadata.xmp import name
from media.models import Depiction
from media.people import services
from stories import factories
from stories.releases.models import Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(people):
    made = [factories.person(one) for one in ("Bùi Thị Ba", "Cao Thị Hai", "An Thị Một")]
    for one in made:
        factories.consent(one, people["editor"])
    return made


@pytest.fixture
def picture(three):
    return factories.picture(people=three)


def places() -> dict[str, int | None]:
    return dict(Depiction.objects.values_list("person__name", "order"))


def post(client, picture, orders: dict, ticked=()) -> str:
    data = {
        "title": picture.title,
        "collection": picture.collection_id,
        "terms": picture.terms,
        "people": [one.pk for one in ticked],
    } | {f"people-order-{one.pk}": said for one, said in orders.items()}
    url = reverse("wagtailimages:edit", args=[picture.pk])
    return client.post(url, data, follow=True).content.decode()


def test_a_number_beside_the_name_is_kept(client, people, three, picture) -> None:
    client.force_login(people["editor"])
    third, second, first = three
    post(client, picture, {first: "1", second: "2", third: ""}, ticked=three)
    assert places() == {"An Thị Một": 1, "Cao Thị Hai": 2, "Bùi Thị Ba": None}
    shown = client.get(reverse("wagtailimages:edit", args=[picture.pk])).content.decode()
    assert f'name="people-order-{second.pk}" value="2"' in shown
    assert 'aria-label="Cao Thị Hai: thứ mấy từ trái sang"' in shown


def test_a_number_says_that_she_is_in_it(client, people, three) -> None:
    picture = factories.picture(no_recognisable_person=False)
    client.force_login(people["editor"])
    post(client, picture, {three[0]: "1", three[1]: ""})
    assert places() == {"Bùi Thị Ba": 1}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("2", "2"), "cùng một số thứ tự"),
        (("0", ""), "số từ 1 đến 99"),
        (("100", ""), "số từ 1 đến 99"),
        (("giữa", ""), "số từ 1 đến 99"),
        (("-1", ""), "số từ 1 đến 99"),
    ],
)
def test_what_is_no_place_is_said_and_comes_back(
    client, people, three, picture, typed, words
) -> None:
    client.force_login(people["editor"])
    said = post(client, picture, dict(zip(three, typed, strict=False)), ticked=three)
    assert words in said
    assert f'name="people-order-{three[0].pk}" value="{typed[0]}"' in said
    assert set(places().values()) == {None}


def test_who_leaves_the_picture_leaves_her_place(people, three, picture) -> None:
    third, second, first = three
    services.set_depicted(
        picture=picture, people=three, orders={first.pk: 1, second.pk: 2, third.pk: 3}
    )
    services.set_depicted(picture=picture, people=[first, third])
    assert places() == {"An Thị Một": 1, "Bùi Thị Ba": 3}


def released(people, picture, named) -> dict:
    page = factories.story(people["editor"], lead_picture=picture, named=named)
    page = factories.publish(page, people)
    return Item.objects.get(pk=page.uuid).current.data


def press_names(data: dict) -> list[str]:
    files = {one["name"]: one["href"] for one in data["pictures"][0]["renditions"]}
    with default_storage.open(files["press"].removeprefix("/tep/")) as file:
        content = file.read()
    with Image.open(io.BytesIO(content)) as image:
        root = ElementTree.fromstring(image.info["xmp"])
    (found,) = root.iter(name("Iptc4xmpExt:PersonInImage"))
    return [item.text for item in found.iter(name("rdf:li"))]


def test_the_press_and_the_reader_get_the_names_from_left_to_right(
    client, people, three, picture
) -> None:
    third, second, first = three
    services.set_depicted(
        picture=picture, people=three, orders={first.pk: 1, second.pk: 2, third.pk: 3}
    )
    data = released(people, picture, three)
    names = ["An Thị Một", "Cao Thị Hai", "Bùi Thị Ba"]
    assert data["pictures"][0]["persons"] == names
    assert press_names(data) == names


def test_only_of_whom_the_text_names_is_the_name_told(people, three, picture) -> None:
    third, second, first = three
    services.set_depicted(
        picture=picture, people=three, orders={first.pk: 1, second.pk: 2, third.pk: 3}
    )
    data = released(people, picture, [third])
    assert data["pictures"][0]["persons"] == ["Bùi Thị Ba"]
    assert "Cao Thị Hai" not in str(data)


def test_without_places_nothing_of_it_is_told(people, three, picture) -> None:
    data = released(people, picture, three)
    assert "persons" not in data["pictures"][0]


def test_the_readers_page_says_who_is_who(client, people, three, picture) -> None:
    third, second, _first = three
    orders = {second.pk: 1, third.pk: 2}
    services.set_depicted(picture=picture, people=three, orders=orders)
    data = released(people, picture, three)
    said = client.get(data["href"]).content.decode()
    assert "Từ trái sang phải: Cao Thị Hai, Bùi Thị Ba." in said


@pytest.mark.parametrize("where", ["resumable_page", "wagtailimages:edit"])
def test_wherever_places_are_asked_the_page_lays_them_beside_the_names(
    client, people, picture, where
) -> None:
    client.force_login(people["editor"])
    page = client.get(reverse(where, args=[picture.pk] if ":" in where else [])).text
    sheets = [finders.find(path) for path in re.findall(r'href="/static/([^"?]+\.css)', page)]
    assert any(".people-in-picture > div" in Path(sheet).read_text() for sheet in sheets)
