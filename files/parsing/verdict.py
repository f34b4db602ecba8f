"""How a check says no."""


class Rejected(Exception):
    """The file is not accepted; ``status`` is 415 (not what it claims to be) or 422 (its content cannot be used)."""

    def __init__(self, message: str, status: int = 422) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
