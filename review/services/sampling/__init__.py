"""The random satisfaction sample of Art. 11: drawn, asked, replaced, redrawn by two persons, closed."""

from review.services.sampling.asking import answer, note_answer, note_attempt, renew_link, replace, send_links
from review.services.sampling.closing import approve_redraw, close, propose_redraw, refuse_redraw, void
from review.services.sampling.drawing import draw

__all__ = [
    "answer",
    "approve_redraw",
    "close",
    "draw",
    "note_answer",
    "note_attempt",
    "propose_redraw",
    "refuse_redraw",
    "renew_link",
    "replace",
    "send_links",
    "void",
]
