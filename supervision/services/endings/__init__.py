"""Ending a title (Art. 16, 19): findings, notice, reply, referral, announcement, and what courts make of a decision."""

from supervision.services.endings.announcing import Announcement, announce
from supervision.services.endings.hearing import Delivery, drop, notify, refer, reply
from supervision.services.endings.opening import Findings, open
from supervision.services.endings.superior import Order, overturn, resume, stay

__all__ = [
    "Announcement",
    "Delivery",
    "Findings",
    "Order",
    "announce",
    "drop",
    "notify",
    "open",
    "overturn",
    "refer",
    "reply",
    "resume",
    "stay",
]
