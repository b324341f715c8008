"""luoshi 落实: read an issued plan into a ledger.

>>> from luoshi import read_plan
>>> plan = read_plan("方案.docx")            # doctest: +SKIP
>>> plan.tasks[0].lead                       # doctest: +SKIP
('区发改局',)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from luoshi.core.plan.reading import read_plan as read_plan

__version__ = "0.1.0"
__all__ = ["__version__", "read_plan"]

# Loaded on first use: `luoshi --help` and the web server's settings need none of the reader.
_LAZY = {"read_plan": "luoshi.core.plan.reading"}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'luoshi' has no attribute {name!r}")
