"""Refusals of this room. Each has an HTTP status and Chinese words; a view that lets one through gets its page."""


class FileRefusal(Exception):
    """Something about a file cannot be done; nothing was changed."""

    title = "文件不能办理"

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


class Refused(FileRefusal):
    """An upload is not accepted: 413 too big, 415 type, 422 content. ``message`` says what to do."""

    title = "文件没有接收"


class NotServed(FileRefusal):
    """A stored file is not handed out (409): still 待检, refused, missing or altered."""

    title = "文件暂时不能查看"

    def __init__(self, message: str) -> None:
        super().__init__(message, 409)
