"""A phone that speaks tus, for tests: one signed-in client and what it sends."""

from __future__ import annotations

import base64

from media.models import Upload

BASE = "/quan-tri/tai-anh/tep/"
PART = "application/offset+octet-stream"


def told(name: str) -> str:
    return f"filename {base64.b64encode(name.encode()).decode()}"


class Phone:
    def __init__(self, client, user=None) -> None:
        self.client = client
        if user:
            client.force_login(user)

    def ask(self, method: str, url: str, body: bytes = b"", kind: str = PART, **headers):
        """`upload_offset=5` is the header `Upload-Offset: 5`; None leaves a header out."""
        given = {"tus_resumable": "1.0.0", "x_requested_with": "XMLHttpRequest"} | headers
        named = {
            key.replace("_", "-"): str(value) for key, value in given.items() if value is not None
        }
        return self.client.generic(method, url, body, content_type=kind, headers=named)

    def begin(self, size: int, name: str = "anh.jpg", **headers):
        given = {"upload_length": size, "upload_metadata": told(name)} | headers
        return self.ask("POST", BASE, kind="", **given)

    def begun(self, size: int, name: str = "anh.jpg") -> str:
        """The address of a new upload."""
        return self.begin(size, name)["Location"]

    def patch(self, url: str, offset: int, body: bytes, **headers):
        return self.ask("PATCH", url, body, **({"upload_offset": offset} | headers))

    def offset(self, url: str) -> int:
        return int(self.ask("HEAD", url)["Upload-Offset"])

    def finish(self, url: str, **data):
        return self.client.post(f"{url}xong/", data, headers={"x-requested-with": "XMLHttpRequest"})

    def sent(self, content: bytes, name: str = "anh.jpg") -> str:
        """The address of an upload that is here as a whole, not yet finished."""
        url = self.begun(len(content), name)
        assert not content or self.patch(url, 0, content).status_code == 204
        return url


def row(url: str) -> Upload:
    return Upload.objects.get(pk=url.rstrip("/").rpartition("/")[2])
