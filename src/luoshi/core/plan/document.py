"""Title, number, issuer, date and plan year of the paper."""

from luoshi.core.plan.model import Document
from luoshi.core.plan.paper import Paper


def find_document(paper: Paper) -> Document:
    """What the head of the paper says about itself."""
    return Document()
