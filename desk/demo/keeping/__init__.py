"""The three years after the plaque: reports, checks, evaluations, activities, changes and endings of the city's platforms."""

from desk.demo.city import City
from desk.demo.keeping import changes, complaints, endings, evaluations, gatherings, handovers, old_books, yearly

STORIES = (old_books, yearly, gatherings, evaluations, changes, endings, complaints, handovers)


def schedule(city: City) -> None:
    """Put the supervision of the city's platforms on the timeline."""
    for story in STORIES:
        story.schedule(city)
