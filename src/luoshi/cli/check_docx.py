"""The drafter's own file back, with a Word comment at every finding; a file of another kind becomes a .docx of its text."""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from lxml import etree

from luoshi.cli.check import Result
from luoshi.cli.docx_comments import Remark, bare_docx, commented
from luoshi.cli.files import Misused
from luoshi.core.check.findings import SEVERITIES, Finding, rules

AUTHOR = "落实检查"
OTHERS = 3


def chunks(results: Iterable[Result], width: int) -> Iterator[bytes]:
    """The one file asked for."""
    for result in results:
        source = result.plan.source
        data = result.data if source.format == "docx" else bare_docx(source.text)
        remarks = [_remark(finding, source.text) for finding in result.findings]
        when = datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
        try:
            answer, _ = commented(data, remarks, AUTHOR, when)
        except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
            raise Misused(
                f"“{source.name}”的内部结构异常，加不了批注。请用 WPS 或 Word 另存为 docx 后再试。"
            ) from error
        yield answer


def _remark(finding: Finding, text: str) -> Remark:
    """The words are the spot's first line; which occurrence is counted without blanks, as they are found again."""
    rule = rules()[finding.code]
    spot = text[finding.span.start : finding.span.end].strip()
    words = "".join(spot.partition("\n")[0].split())
    before = "".join(text[: finding.span.start].split())
    nth = _occurrences(before, words)
    paragraphs = [f"【{SEVERITIES[finding.severity]}】{rule.title}：{finding.message}"]
    if finding.mend:
        paragraphs.append(f"建议改为：{finding.mend}")
    paragraphs += [f"另见：{o.quote}" + (f"（{o.note}）" if o.note else "") for o in finding.others[:OTHERS]]
    return Remark(words, nth, tuple(paragraphs))


def _occurrences(before: str, words: str) -> int:
    """How many times the words stand in front of the spot."""
    if not words:
        return 0
    count, place = 0, before.find(words)
    while place >= 0:
        count, place = count + 1, before.find(words, place + 1)
    return count
