"""Booking by one typed line: understood, never guessed."""

from services.quickline.service import book, order, understand
from services.quickline.types import Choice, Instead, Interpretation, Kind, Part, Question

__all__ = ["Choice", "Instead", "Interpretation", "Kind", "Part", "Question", "book", "order", "understand"]
