"""Refusals: why a step was not taken. Each has an HTTP status and words for the person who asked."""


class Refusal(Exception):
    """A step was not taken and nothing was changed. ``status`` is the HTTP answer, ``title`` its heading."""

    status = 409
    title = "现在不能办理"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Stale(Refusal):
    """Somebody else acted on the subject after the page was rendered."""

    title = "内容已被他人更新"


class WrongStage(Refusal):
    """The subject is not in a state from which the step may be taken."""


class Blocked(Refusal):
    """The stage is right, but a rule forbids the step now; ``reasons`` are the words beside the disabled button."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons


class Repeated(Refusal):
    """An idempotency key came back with another body or from another person."""

    title = "该页面已提交过"


class TooMany(Refusal):
    """One address asked too often; ``retry_after`` seconds later it may ask again."""

    status = 429
    title = "查询次数过多"

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NotAllowed(Refusal):
    """The actor may not take the step, seen on fresh data."""

    status = 403
    title = "您没有办理此事项的权限"


class AlreadyDone(Exception):
    """The same form came again: nothing is done twice, the person is led to ``url``, where the first one led."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url
