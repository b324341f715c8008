"""Orders and what happens to them; what lights are judged by. States change only through `journal.moves`."""

from luoshi.supervision.models.lights import LightRule, Pace, rollup_words
from luoshi.supervision.models.orders import (
    EVERYWHERE,
    UNTIMED,
    Conclusion,
    Evidence,
    Extension,
    InspectionPlan,
    OfOrder,
    Order,
    OrderQuerySet,
    Recheck,
    Reply,
    Review,
    Share,
    Verification,
    Written,
)

__all__ = [
    "EVERYWHERE", "UNTIMED", "Conclusion", "Evidence", "Extension", "InspectionPlan", "LightRule", "OfOrder", "Order", "OrderQuerySet",
    "Pace", "Recheck", "Reply", "Review", "Share", "Verification", "Written", "rollup_words",
]  # fmt: skip
