"""What pages and upper rooms read about projects: `projects_of(government, as_of)`, `rates(government, day)`."""

from luoshi.projects.queries.rates import Behind, Card, Rates, behind, rates
from luoshi.projects.queries.standing import Said, Standing, projects_of

__all__ = ["Behind", "Card", "Rates", "Said", "Standing", "behind", "projects_of", "rates"]
