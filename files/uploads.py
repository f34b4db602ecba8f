"""The first upload handler: a request that is too large ends before its files are written."""

from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from files import limits


class RequestLimit(FileUploadHandler):
    """RequestDataTooBig, shown as 413, as soon as the declared or received size passes ``limits.MAX_REQUEST_BYTES``."""

    received = 0

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, Any],  # noqa: N803 (Django's name)
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, MultiValueDict[str, Any]] | None:
        self._check(content_length)
        return None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        self._check(self.received)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _check(self, size: int) -> None:
        if size > limits.MAX_REQUEST_BYTES:
            raise RequestDataTooBig(f"request of {size} bytes")
