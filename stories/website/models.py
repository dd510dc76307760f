from stories.website.headless.models import PreviewLink

__all__ = ["PreviewLink"]
