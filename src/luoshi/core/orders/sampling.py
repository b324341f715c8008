"""Which closed orders are looked at again: a share of them, drawn so that nobody can choose and anybody can recompute."""

import hashlib
from collections.abc import Iterable

LEAST = 1


def drawn(keys: Iterable[int], per_cent: int, seed: str) -> tuple[int, ...]:
    """`per_cent` of the keys (at least one), in order of a hash of the seed (2026年第三季度) and the key; the same seed and keys
    give the same draw. ValueError for a share that is none.

    >>> drawn([1, 2, 3, 4], 50, "2026年第三季度") == drawn([4, 3, 2, 1], 50, "2026年第三季度")
    True
    """
    if not 0 < per_cent <= 100:
        raise ValueError(f"抽查比例应在1%到100%之间，现在是{per_cent}%。")
    ordered = sorted(set(keys), key=lambda key: hashlib.sha256(f"{seed}/{key}".encode()).hexdigest())
    return tuple(ordered[: max(LEAST, -(-len(ordered) * per_cent // 100))]) if ordered else ()
