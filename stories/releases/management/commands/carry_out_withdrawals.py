"""Do the steps of withdrawals that wait, or failed before. For cron, every five minutes."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from stories.releases.takedown import steps
from stories.releases.takedown.afterwards import sweep
from stories.releases.takedown.carry_out import carry_out


class Command(BaseCommand):
    help = "Làm các bước thu hồi đang chờ, hoặc lần trước chưa được."

    def handle(self, *args, **options) -> None:
        for takedown in sweep():
            self.stdout.write(f"{takedown}: {_('gỡ phần còn công khai')}")
        for outcome in carry_out():
            step = outcome.step
            kind = steps.kind(step.kind)
            said = f"{step.takedown} – {kind.label if kind else step.kind}"
            if outcome.why:
                self.stderr.write(f"{said}: {outcome.why}")
            else:
                self.stdout.write(f"{said}: {_('xong')}")
