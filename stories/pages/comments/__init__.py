"""Comments on a draft: in Wagtail's editor, on the review screen, and at the gate."""
