"""`luoshi bulletin verify`: are the papers that were issued still what they were?"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import django
from django.db import DatabaseError

from luoshi.site import home


def main(argv: Sequence[str]) -> int:
    """Look at every issued paper; returns 0 when all are as issued, 1 when one is not, 2 with one sentence when none can be."""
    parser = argparse.ArgumentParser("luoshi bulletin", description="印发的公文。")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verify")
    verbs.add_parser("verify", help="逐件核对已印发的公文，指出文件、事实、文稿有没有被改动")
    parser.parse_args(argv)
    try:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
        home.ensure_home(home.data_dir())
        django.setup()
        return _verify()
    except home.BadSurroundings as reason:
        print(reason, file=sys.stderr)
    except DatabaseError as error:
        first = str(error).strip().splitlines()[0]
        print(f"读不到公文（{first}）。请检查数据目录或数据库地址是否正确。", file=sys.stderr)
    return 2


def _verify() -> int:
    lists = import_module("luoshi.bulletins.queries.lists")
    seen = broken = 0
    for bulletin in lists.frozen().iterator(chunk_size=20):
        seen += 1
        if sentence := lists.altered(bulletin):
            broken += 1
            print(sentence)
    if broken:
        print(
            f"{seen}件已印发的公文中有{broken}件与印发时不符，请保护现场并联系安全审计员。", file=sys.stderr
        )
        return 1
    print(f"{seen}件已印发的公文与印发时一致。" if seen else "还没有印发过公文。")
    return 0
