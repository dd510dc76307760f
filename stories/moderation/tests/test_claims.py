"""“Tôi đang duyệt”: one at a time, for two hours, and no approving past a colleague by accident."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from stories import factories
from stories.moderation import claims
from stories.moderation.models import Approval, Claim
from stories.moderation.tests.reviews import waiting


@pytest.mark.django_db
def test_a_claim_is_refused_to_a_second_and_free_again_when_released(people) -> None:
    state = waiting(people)
    claims.take(state=state, user=people["board"])
    with pytest.raises(claims.Claimed, match="tuyengiao đang duyệt"):
        claims.take(state=state, user=people["board2"])
    assert not claims.release(state=state, user=people["board2"])
    assert claims.release(state=state, user=people["board"])
    assert claims.take(state=state, user=people["board2"]).user == people["board2"]


@pytest.mark.django_db
def test_a_claim_runs_out_after_two_hours(people) -> None:
    state = waiting(people)
    claims.take(state=state, user=people["board"])
    Claim.objects.update(claimed_at=timezone.now() - timedelta(hours=2))
    assert claims.of(state) is None
    claims.take(state=state, user=people["board2"])
    assert claims.of(state).user == people["board2"]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["editor", "reviewer", "admin"])
def test_only_who_may_approve_may_claim(people, who) -> None:
    with pytest.raises(PermissionDenied):
        claims.take(state=waiting(people), user=people[who])


@pytest.mark.django_db
def test_approving_what_a_colleague_claimed_asks_first(people) -> None:
    state = waiting(people)
    page = state.workflow_state.content_object.specific
    claims.take(state=state, user=people["board"])
    with pytest.raises(claims.Claimed):
        factories.act(page, people["board2"])
    assert not Approval.objects.exists()
    assert factories.act(page, people["board2"], over_claim=True).live


@pytest.mark.django_db
def test_the_review_screen_asks_before_approving_past_a_colleague(client, people) -> None:
    state = waiting(people)
    page = state.workflow_state.content_object.specific
    claims.take(state=state, user=people["board"])
    client.force_login(people["board2"])
    url = f"/quan-tri/duyet/{page.pk}/"
    assert "tuyengiao đang duyệt bài này" in client.get(url).content.decode()
    said = {
        "approve": "1",
        "sha256": state.revision.as_object().content_sha256(),
        "accepted": factories.ambers(page),
    }
    assert client.post(url, said).url == url
    assert not Approval.objects.exists()
    client.post(url, said | {"over_claim": "1"})
    assert Approval.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.xdist_group("concurrency")
def test_of_two_who_claim_at_once_one_wins(people) -> None:
    state = waiting(people)
    start, won, lost = threading.Barrier(4), [], []

    def take(user) -> None:
        try:
            start.wait(10)
            won.append(claims.take(state=state, user=user).user)
        except claims.Claimed as refusal:
            lost.append(refusal.claim.user)
        finally:
            connection.close()

    crowd = [factories.user(f"ban{n}", "Ban Tuyên giáo") for n in range(4)]
    threads = [threading.Thread(target=take, args=(user,)) for user in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(won) == 1
    assert lost == won * 3
