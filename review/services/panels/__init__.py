"""Expert panels (Art. 12): forming, assigning, starting, concluding."""

from review.services.panels.assigning import Outcome, assign, distribute, replace
from review.services.panels.concluding import Choice, conclude
from review.services.panels.forming import form
from review.services.panels.reminding import remind
from review.services.panels.starting import start

__all__ = ["Choice", "Outcome", "assign", "conclude", "distribute", "form", "remind", "replace", "start"]
