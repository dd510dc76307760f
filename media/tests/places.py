"""The two places where files are kept, seen past the storage: what is there, and taking it away."""

from __future__ import annotations

import os
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

KEYS = {"access_key": "khoa-thu", "secret_key": "mat-khau-thu", "region_name": "us-east-1"}


class Disk:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.storage = {"BACKEND": "media.stores.local.LocalStorage"}

    def names(self) -> list[str]:
        """Of all that is stored, sorted."""
        files = (path for path in self.root.rglob("*") if path.is_file())
        return sorted(str(path.relative_to(self.root)) for path in files)

    def put(self, name: str, content: bytes = b"x", days: int = 0) -> None:
        """As if stored so many days ago."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        then = time.time() - days * 86_400
        os.utime(path, (then, then))

    def lose(self, name: str) -> None:
        (self.root / name).unlink()

    @contextmanager
    def down(self) -> Iterator[None]:
        """Its folder is away, and something else is in its place."""
        away = self.root.with_name("away")
        self.root.mkdir(parents=True, exist_ok=True)
        self.root.rename(away)
        self.root.write_bytes(b"")
        try:
            yield
        finally:
            self.root.unlink()
            away.rename(self.root)


class Server:
    """moto in a thread: what it keeps outlives a stop."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        from moto.server import ThreadedMotoServer

        self._moto = ThreadedMotoServer("127.0.0.1", self.port, verbose=False)
        self._moto.start()

    def stop(self) -> None:
        """Really: nobody listens at its port any more."""
        self._moto.stop()
        self._moto._server.server_close()

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *error) -> None:
        self.stop()


class Bucket:
    def __init__(self, server: Server) -> None:
        import boto3

        self.server, self.name = server, f"anh-{uuid.uuid4().hex}"
        self.client = boto3.client(
            "s3",
            endpoint_url=server.url,
            aws_access_key_id=KEYS["access_key"],
            aws_secret_access_key=KEYS["secret_key"],
            region_name=KEYS["region_name"],
        )
        self.client.create_bucket(Bucket=self.name)
        self.options = KEYS | {"bucket_name": self.name, "endpoint_url": server.url}
        self.storage = {"BACKEND": "media.stores.bucket.BucketStorage", "OPTIONS": self.options}

    def names(self) -> list[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        return sorted(one["Key"] for page in pages for one in page.get("Contents", ()))

    def put(self, name: str, content: bytes = b"x", days: int = 0) -> None:
        from moto.s3.models import s3_backends

        self.client.put_object(Bucket=self.name, Key=name, Body=content)
        kept = s3_backends["123456789012"]["aws"].buckets[self.name].keys[name]
        kept.last_modified = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=days)

    def lose(self, name: str) -> None:
        self.client.delete_object(Bucket=self.name, Key=name)

    @contextmanager
    def down(self) -> Iterator[None]:
        self.server.stop()
        try:
            yield
        finally:
            self.server.start()
