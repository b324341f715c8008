"""`luoshi journal verify`: is the record of who did what still what it was?"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.db import DatabaseError

from luoshi.site import home

HOLDS = "办理记录完整，没有发现改动。"
EARLIER = "上次留存时第{position}条的校验值与现在不同，这一条以前的记录被整段改写过。"


class CannotVerify(Exception):
    """The records cannot be walked; the text is one sentence that says why and what to do."""


def main(argv: Sequence[str]) -> int:
    """Walk every chain; returns 0 when all hold, 1 when one does not, 2 with one sentence when none can be."""
    asked = _arguments(argv)
    try:
        kept = _kept(asked.against)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
        home.ensure_home(home.data_dir())
        django.setup()
        broken, heads = _walk(kept)
        if asked.save:
            Path(asked.save).write_text(json.dumps(heads, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except (CannotVerify, home.BadSurroundings) as reason:
        print(reason, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"留存文件写不进去：{asked.save}（{error.strerror}）。请换一个地方。", file=sys.stderr)
        return 2
    except DatabaseError as error:
        first = str(error).strip().splitlines()[0]
        print(f"读不到办理记录（{first}）。请检查数据目录或数据库地址是否正确。", file=sys.stderr)
        return 2
    if broken:
        print(f"办理记录有{broken}处不符，请保护现场并联系安全审计员。", file=sys.stderr)
        return 1
    print(HOLDS)
    return 0


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("luoshi journal", description="办理记录。")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verify")
    verify = verbs.add_parser("verify", help="逐条核对，指出被改动、缺失或插入的记录")
    verify.add_argument(
        "--save", metavar="文件", help="把各地区最后一条的校验值留存一份，请放到系统以外的地方"
    )
    verify.add_argument("--against", metavar="文件", help="与以前留存的校验值对照，查出整段改写")
    return parser.parse_args(argv)


def _kept(path: str | None) -> dict[str, Any]:
    """What `--save` wrote earlier: name of the government -> position and hash of its last event."""
    if path is None:
        return {}
    try:
        kept = json.loads(Path(path).read_text("utf-8"))
        return {
            name: {"position": int(head["position"]), "hash": str(head["hash"])}
            for name, head in kept.items()
        }
    except OSError as error:
        raise CannotVerify(f"打不开留存文件：{path}（{error.strerror}）。") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CannotVerify(f"{path}不是“luoshi journal verify --save”留存的文件。") from error


def _walk(kept: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Print every place that does not hold; returns how many, and the head of every chain."""
    sealing = import_module("luoshi.journal.sealing")
    broken, heads = 0, {}
    for pk, name in _governments():
        sealing.seal(pk)
        for fault in sealing.verify(pk):
            broken += 1
            which = f"（记录号{fault.event_id}）" if fault.event_id else ""
            print(f"{name}第{fault.position}条{which}：{fault.sentence}")
        head = sealing.head_of(pk)
        if head and name in kept and sealing.hash_at(pk, kept[name]["position"]) != kept[name]["hash"]:
            broken += 1
            print(f"{name}：{EARLIER.format(position=kept[name]['position'])}")
        if head:
            heads[name] = {"position": head.position, "hash": head.hash}
            print(f"{name}：共{head.position}条，最后一条的校验值{head.hash}")
    for name in sorted(set(kept) - set(heads)):
        broken += 1
        print(f"{name}：上次留存时有记录，现在一条也没有。")
    return broken, heads


def _governments() -> Iterator[tuple[int, str]]:
    """Every government that has records, also one that was deleted behind the program's back."""
    sealing = import_module("luoshi.journal.sealing")
    names = dict(import_module("luoshi.org.models").Government.objects.values_list("pk", "name"))
    for pk in sorted(sealing.governments() | set(names)):
        yield pk, names.get(pk, f"地区{pk}")
