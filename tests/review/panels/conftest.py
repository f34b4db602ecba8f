"""The stage of these tests."""

from tests.review.people import call, city, monday

__all__ = ["call", "city", "monday"]
