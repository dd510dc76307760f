from stories.moderation.models.approval import Approval
from stories.moderation.models.tasks import BoardApprovalTask, ReviewState, UnitReviewTask

__all__ = ["Approval", "BoardApprovalTask", "ReviewState", "UnitReviewTask"]
