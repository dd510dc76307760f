"""Everything that press clients are told: webhooks, mails, reminders. For cron, each minute."""

from __future__ import annotations

from stories.press.management.commands import send_webhooks


class Command(send_webhooks.Command):
    help = "Một lượt báo tin cho báo chí: webhook, thư, nhắc xác nhận; --forever chạy liên tục."
    parts = ()
