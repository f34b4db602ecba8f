"""The book: platforms, titles, plaques, amendments and bans."""

from registry.models.amendments import Amendment
from registry.models.bans import Ban, BanQuerySet
from registry.models.book import Plaque, Platform, Title, new_token

__all__ = ["Amendment", "Ban", "BanQuerySet", "Plaque", "Platform", "Title", "new_token"]
