"""Files in a bucket of an S3-compatible server.

The bucket is for us alone: objects are stored without an ACL, which is private, and nobody gets an
address of the server. A file is stored with one request, so it is there as a whole or not at all,
and fetched with one, before its answer begins.
"""

from __future__ import annotations

import shutil
from contextlib import closing, contextmanager
from tempfile import SpooledTemporaryFile
from time import monotonic

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from django.utils.translation import gettext as _
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from media.stores.base import Reached, StorageDown

CONNECT, READ, ATTEMPTS = 2, 10, 2  # seconds, seconds, requests in all
PAUSE = 5.0  # seconds for which it is not asked again whether the server is there
IN_MEMORY = 1024 * 1024  # bytes; larger files are fetched to the disk
ONE_REQUEST = 64 * 1024 * 1024  # bytes; more than any upload may have

CLIENT = Config(
    connect_timeout=CONNECT,
    read_timeout=READ,
    retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
    # Checksums that not every compatible server knows.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
NOT_THERE = {"404", "NoSuchKey"}


class Fetched(File):
    """A file of the bucket, fetched; opened again after closing, it is fetched again."""

    def __init__(self, storage: BucketStorage, name: str) -> None:
        self.storage = storage
        super().__init__(storage.fetch(name), name)

    def open(self, mode="rb"):
        if self.closed:
            self.file = self.storage.fetch(self.name)
        self.seek(0)
        return self


class BucketStorage(Reached, S3Storage):
    FAULTS = (BotoCoreError, ClientError, Boto3Error)

    def __init__(self, **given) -> None:
        usual = {
            "client_config": CLIENT,
            "transfer_config": TransferConfig(use_threads=False, multipart_threshold=ONE_REQUEST),
            "file_overwrite": False,
            "querystring_auth": False,
            # Should the bucket be open by mistake, no browser runs what is in it.
            "object_parameters": {"ContentType": "application/octet-stream"},
        }
        super().__init__(**usual | given)
        self._down_until = self._up_until = 0.0

    def told(self, fault: Exception) -> Exception:
        if not isinstance(fault, ClientError) or fault.operation_name == "HeadBucket":
            return StorageDown(str(fault))
        lost = fault.response["Error"]["Code"] in NOT_THERE
        return FileNotFoundError(str(fault)) if lost else StorageDown(str(fault))

    @contextmanager
    def reaching(self):
        """A server that was down a moment ago keeps nobody else waiting."""
        if monotonic() < self._down_until:
            raise StorageDown("down a moment ago")
        try:
            with super().reaching():
                yield
        except StorageDown:
            self._down_until, self._up_until = monotonic() + PAUSE, 0.0
            raise

    def probe(self) -> None:
        if monotonic() < self._up_until:
            return
        with self.reaching():
            self._ask("head_bucket")
        self._up_until = monotonic() + PAUSE

    def fetch(self, name: str) -> SpooledTemporaryFile:
        """Raises FileNotFoundError, StorageDown."""
        folder = settings.FILE_UPLOAD_TEMP_DIR
        file = SpooledTemporaryFile(IN_MEMORY, dir=folder)  # noqa: SIM115 - the caller closes it
        try:
            with self.reaching(), closing(self._ask("get_object", name)["Body"]) as body:
                shutil.copyfileobj(body, file)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    def _open(self, name, mode="rb"):
        if mode != "rb":
            raise ValueError(mode)  # files are stored as a whole, with save()
        return Fetched(self, name)

    def delete(self, name):
        """What isn't there is no error; a bucket that isn't there is (unlike S3Storage's)."""
        with self.reaching():
            self._ask("delete_object", name)

    def url(self, name, parameters=None, expire=None, http_method=None):
        """Our own address, where it is asked who may see the file."""
        return settings.MEDIA_URL + filepath_to_uri(name)

    def exposures(self, name: str) -> list[str]:
        found, place = [], {"bucket": self.bucket_name}
        if self._strangers_get(name):
            found.append(
                _("Người lạ tải được tệp thẳng từ kho “%(bucket)s”: hãy bỏ quyền đọc công khai.")
                % place
            )
        with self.reaching():
            if self._ask("get_bucket_versioning").get("Status") == "Enabled":
                found.append(
                    _("Kho “%(bucket)s” giữ bản cũ của tệp: hãy tắt, kẻo ảnh đã xóa vẫn còn.")
                    % place
                )
        return found

    def _strangers_get(self, name: str) -> bool:
        client = self.unsigned_connection.meta.client
        try:
            client.get_object(Bucket=self.bucket_name, Key=name)["Body"].close()
        except ClientError:  # refused, as it should be
            return False
        except BotoCoreError as fault:
            raise StorageDown(str(fault)) from fault
        return True

    def _ask(self, what: str, name: str | None = None) -> dict:
        given = {} if name is None else {"Key": self._normalize_name(clean_name(name))}
        return getattr(self.connection.meta.client, what)(Bucket=self.bucket_name, **given)
