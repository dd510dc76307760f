from stories.moderation.models.approval import Approval
from stories.moderation.models.bundle import Bundle, BundleItem
from stories.moderation.models.claim import Claim
from stories.moderation.models.deputy import Deputy
from stories.moderation.models.emergency import EmergencyRelease
from stories.moderation.models.reminder import Reminder
from stories.moderation.models.review_link import ReviewLink, ReviewLinkVisit
from stories.moderation.models.tasks import BoardApprovalTask, ReviewState, UnitReviewTask

__all__ = [
    "Approval",
    "BoardApprovalTask",
    "Bundle",
    "BundleItem",
    "Claim",
    "Deputy",
    "EmergencyRelease",
    "Reminder",
    "ReviewLink",
    "ReviewLinkVisit",
    "ReviewState",
    "UnitReviewTask",
]
