"""`make gold`: every figure, and what this change gained and lost against the committed baseline.

The baseline holds fingerprints of misses, never their words. `--save` writes it anew.
"""

import json
import sys
from pathlib import Path

from tests.gold.scoring import SHARED, fingerprint, score_folder

BASELINE = Path(__file__).parent / "baseline.json"


def main() -> int:
    figures, misses = score_folder(SHARED / "gold", SHARED / "corpus")
    old = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {"figures": {}, "misses": {}}
    now = {k: {fingerprint(k, row): row for row in rows} for k, rows in misses.items() if k != "defects"}
    for figure, value in figures.items():
        before = old["figures"].get(figure)
        print(f"{figure:12} {value:.4f}" + (f"  ({value - before:+.4f})" if before is not None else ""))
    for figure, rows in sorted(now.items()):
        before = set(old["misses"].get(figure, []))
        lost = [row for key, row in rows.items() if key not in before]
        gained = len(before - set(rows))
        if lost or gained:
            print(f"\n{figure}: {gained} gained, {len(lost)} lost")
            print("\n".join(f"  - {row}" for row in lost))
    if "--save" in sys.argv:
        saved = {"figures": figures, "misses": {k: sorted(rows) for k, rows in sorted(now.items())}}
        BASELINE.write_text(json.dumps(saved, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
