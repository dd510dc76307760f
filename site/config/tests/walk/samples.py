"""One of everything that a screen of the admin can be about, and who may open it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth.models import Group
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.models import Site, Task, Workflow

from accounts.models import User
from accounts.notices.models import Notice
from accounts.roles import BOARD, OFFICE
from media.models import File
from media.people import services as people_services
from search.models import Promotion, Synonym
from stories import factories
from stories.moderation import bundles, deputies, emergency
from stories.pages.models import (
    Campaign,
    Content,
    Movement,
    TargetGroup,
    UnitSectionPage,
    Withdrawal,
)
from stories.press import services as press
from stories.press.models import (
    ClippingCheck,
    HubSubscription,
    PressClient,
    PressClipping,
    PressConfirmation,
    PressDelivery,
    PressDownload,
    PressHookEvent,
    PressPerson,
    PressQuestion,
)
from stories.press.tests import embargo
from stories.press.webhooks import services as hooks
from stories.releases.models import Advance, Item, Takedown
from stories.units.models import Unit

# Who walks: each with the name that the admin greets her by.
ROLES = {
    "editor": "Nguyễn Thị Hà",
    "reviewer": "Đào Thị Minh",
    "board": "Trần Thị Vân",
    "deputy": "Lý Thị Sen",
    "office": "Vũ Thị Loan",
    "admin": "Đỗ Thị Nga",
}


class World:
    """The people by role, and the subjects: values of the arguments that addresses take."""

    def __init__(self, people: dict[str, User]) -> None:
        self.people = dict(people)
        self.people["office"] = factories.user("vanphong", OFFICE)
        self.people["deputy"] = factories.user("duyetthay", OFFICE)
        for role, name in ROLES.items():
            person = self.people[role]
            person.last_name, _space, person.first_name = name.rpartition(" ")
            person.save()
        self.deputy = deputies.name_deputy(
            holder=self.people["board"],
            person=self.people["deputy"],
            unit=None,
            starts=timezone.localdate(),
            ends=timezone.localdate() + timedelta(days=3),
        )
        self.pages = dict(self._pages())
        self.objects = self._objects()
        self.woman = factories.person("Hoàng Thị Mẫu")
        self.consent = factories.consent(self.woman, self.people["editor"])
        unsigned = factories.person("Lò Thị Xoan")
        self.unsigned = factories.consent(unsigned, self.people["editor"], form=None)
        people_services.set_depicted(
            picture=self.pages["live"].lead_picture, people=[factories.person("Vi Thị Mơ")]
        )
        self.bundle = bundles.create(
            title="Chùm 8/3", user=self.people["board"], pages=[self.pages["waiting"]]
        )
        self._subjects: dict[str, list[dict[str, object]]] = {}

    def _pages(self) -> Iterator[tuple[str, object]]:
        """The first are opened by everyone, the others by the editor alone."""
        people, make = self.people, self._story
        yield "draft", make("Chị Hoa giữ vườn chè")
        yield "waiting", factories.submit(make("Chị Mận nuôi ong"), people["editor"])
        at_board = factories.submit(make("Chị Lựu mở lớp"), people["editor"])
        yield "at the board", factories.act(at_board, people["reviewer"])
        live = factories.publish(make("Chị Lan giữ nghề nón lá"), people)
        live.title = "Chị Lan giữ nghề nón"
        live.correction_note = "Sửa tít."
        live.save_revision(user=people["editor"])
        yield "live, with a correction", type(live).objects.get(pk=live.pk)
        section = UnitSectionPage.objects.get(unit__code=factories.LAM_THAO)
        yield "section", section
        yield "index", section.get_parent().specific
        yield "home", section.get_parent().get_parent().specific
        yield "root", section.get_root()
        returned = factories.submit(make("Chị Đào đan lưới"), people["editor"])
        said = {"reason": "facts", "comment": "Xin ghi rõ số hộ."}
        yield "returned", factories.act(returned, people["reviewer"], "reject", **said)
        yield "live", factories.publish(make("Chị Thơm dạy hát xoan"), people)
        gone = factories.publish(make("Chị Cúc làm mành"), people)
        gone.withdraw(Withdrawal("canceled", "Nhân vật đề nghị."), people["board"])
        yield "withdrawn", type(gone).objects.get(pk=gone.pk)
        locked = make("Chị Huệ trồng bưởi")
        locked.locked, locked.locked_by = True, people["admin"]
        locked.locked_at = timezone.now()
        locked.save()
        yield "locked", locked
        yield "profile", factories.exemplar(people["editor"])
        urgent = factories.submit(make("Chị Xoan cứu người"), people["editor"])
        self.emergency = emergency.ask(page=urgent, user=people["board"], reason="Việc gấp.")
        yield "urgent", urgent

    def _story(self, title: str):
        number = sum(map(ord, title))
        picture = factories.picture(title=f"Ảnh {title}", seed=number)
        return factories.story(self.people["editor"], title=title, lead_picture=picture)

    def _objects(self) -> dict[str, object]:
        """By the namespace of the screens, what `pk` stands for there."""
        client = PressClient.objects.create(name="bao-phu-tho", organisation="Báo Phú Thọ")
        item = Item.objects.public().first()
        now = timezone.now()
        delivery = PressDelivery.objects.create(
            client=client, item=item, version=1, channel="feed", first_at=now, last_at=now
        )
        reporter = PressPerson.objects.create(
            client=client, name="Bùi Thị Liên", email="lien@bao.example"
        )
        clipping = PressClipping.objects.create(
            client=client,
            item=item,
            version=1,
            medium="online",
            published_on=now.date(),
            url="https://bao.example/bai",
            scan=ContentFile(b"%PDF-1.4", "trang-3.pdf"),
            recorded_name="Bùi Thị Liên",
        )
        clipping.last_check = ClippingCheck.objects.create(
            clipping=clipping, outcome="there", overlap=87, by_name="Bùi Thị Liên"
        )
        clipping.save()
        self.clipping = clipping
        question = PressQuestion.objects.create(
            client=client, item=item, asker_name="Bùi Thị Liên", text="Xin thêm ảnh?"
        )
        took = PressDownload.objects.create(
            client=client, person=reporter, item=item, version=1, format="docx"
        )
        hook, _secret = hooks.create_hook(client=client, url="https://bao.example/moi")
        event = PressHookEvent.objects.create(hook=hook, release=item.current, state="dead")
        confirmation = PressConfirmation.objects.create(
            client=client, item=item, release=item.current
        )
        subscription = HubSubscription.objects.create(
            topic="/phu-nu-dat-to/atom.xml",
            callback="https://doc.example/nhan",
            host="doc.example",
            lease_until=now,
        )
        early = embargo.schedule(
            factories.story(self.people["editor"], title="Chị Sim gửi trước"),
            self.people,
            now + timedelta(days=1),
        )
        picture = factories.picture(seed=7)
        self.picture = picture
        self.file = File.objects.create(
            title="Bản gốc", file=ContentFile(b"chu", "ban-goc.txt"), collection=picture.collection
        )
        terms = (Movement, Content, TargetGroup, Campaign)
        made = {
            f"{kind}_pages_{model._meta.model_name}": model.objects.first()
            for model in terms
            for kind in ("wagtailsnippets", "wagtailsnippetchoosers")
        }
        return made | {
            "units": Unit.objects.get(code=factories.LAM_THAO),
            "press_clients": client,
            "press_people": reporter,
            "press_downloads": took,
            "press_advances": Advance.objects.get(item=early.uuid),
            "press_keys": press.create_key(client=client)[0],
            "press_deliveries": delivery,
            "press_confirmations": confirmation,
            "press_clippings": clipping,
            "press_questions": question,
            "press_hooks": hook,
            "press_hub": subscription,
            "press_hook_events": event,
            "search_synonyms": Synonym.objects.first(),
            "search_promotions": Promotion.objects.create(asked="20/10", page=self.pages["live"]),
            "wagtailsites": Site.objects.first(),
            "wagtailusers_users": self.people["editor"],
            "wagtailusers_groups": Group.objects.get(name=BOARD),
            "wagtaildocs_chooser": self.file,
            "wagtailimages_chooser": picture,
            "wagtailadmin_collections": picture.collection,
            "wagtailadmin_workflows": Workflow.objects.first(),
        }

    def subjects(self, namespace: str) -> list[dict[str, object]]:
        """For screens of this namespace: argument → value, one dict for each thing to show."""
        if namespace not in self._subjects:
            self._subjects[namespace] = list(self._about_everything(namespace))
        return self._subjects[namespace]

    def _about_everything(self, namespace: str) -> Iterator[dict[str, object]]:
        own = {"pk": self.objects[namespace].pk} if namespace in self.objects else {}
        task = Task.objects.first()
        yield {
            **own,
            "image_id": self.picture.pk,
            "document_id": self.file.pk,
            "filter_spec": "max-165x165",
            "collection_id": self.picture.collection_id,
            "workflow_pk": Workflow.objects.first().pk,
            "task_id": task.pk,
            "app_name": "pages",
            "deputy_id": self.deputy.pk,
            "slug": "viet-bai",
            "anchor": "viet-mot-bai",
            "uidb64": urlsafe_base64_encode(force_bytes(self.people["editor"].pk)),
            "token": PasswordResetTokenGenerator().make_token(self.people["editor"]),
        }
        if namespace == "wagtailadmin_workflows":
            yield from ({"pk": task.pk} for task in Task.objects.all())
        if not namespace:
            shown = (self.emergency, self.woman, self.consent, self.unsigned, self.bundle)
            for one in (*shown, self.clipping, *Takedown.objects.all(), *Notice.objects.all()[:3]):
                yield {"pk": one.pk}
            yield {"pk": self.woman.pk, "kind": "pdf", "code": self.consent.code}
        for model in ("storypage", "exemplarpage"):
            yield {
                "content_type_app_name": "pages",
                "content_type_model_name": model,
                "app_label": "pages",
                "model_name": model,
                "parent_page_id": self.pages["section"].pk,
            }
        for model in ("unitreviewtask", "boardapprovaltask"):
            yield {"app_label": "moderation", "model_name": model}
        for page in self.pages.values():
            yield from self._about(page, namespace)
        for action in ("delete", "move", "publish", "unpublish"):
            for page in ("draft", "live"):
                yield self._bulk("wagtailcore", "page", action, self.pages[page].pk)
        for action in ("delete", "add_tags", "add_to_collection"):
            yield self._bulk("media", "picture", action, self.picture.pk)
            yield self._bulk("media", "file", action, self.file.pk)
        for action in ("delete", "assign_role", "set_active_state"):
            yield self._bulk("accounts", "user", action, self.people["editor"].pk)
        yield self._bulk("pages", "movement", "delete", Movement.objects.first().pk)

    def _about(self, page, namespace: str) -> Iterator[dict[str, object]]:
        pk, other = page.pk, UnitSectionPage.objects.get(unit__code=factories.VIET_TRI)
        known = dict.fromkeys(
            ("page_id", "parent_page_id", "page_to_move_id", "page_pk", "section_id"), pk
        ) | {"destination_id": other.pk}
        if namespace == "wagtailadmin_pages":
            known["pk"] = pk
        if revision := page.revisions.order_by("pk").first():
            known |= {"revision_id": revision.pk}
            known |= {"revision_id_a": "earliest", "revision_id_b": "latest"}
        if state := page.workflow_states.first():
            known |= {"workflow_state_id": state.pk, "task_id": state.current_task_state.task_id}
            known |= {"task_state_id": state.current_task_state_id, "state_id": state.pk}
            known |= {"action_name": "reject"}
        yield known

    @staticmethod
    def _bulk(app: str, model: str, action: str, pk: int) -> dict[str, object]:
        return {"app_label": app, "model_name": model, "action": action, "?": f"id={pk}"}
