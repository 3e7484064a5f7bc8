"""Booking by one typed line: understood, never guessed."""

from services.quickline.service import book, order, understand
from services.quickline.types import Choice, Instead, Kind, Part, Question, Receipt

__all__ = ["Choice", "Instead", "Kind", "Part", "Question", "Receipt", "book", "order", "understand"]
