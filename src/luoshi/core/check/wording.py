"""Words that went wrong: sentences joined without a mark, bounds said twice, set phrases with a sign too few or too many,
one heading unlike its sisters, an item that is all heading."""

import re
from collections import defaultdict
from collections.abc import Iterator

from luoshi.core.check.findings import Finding
from luoshi.core.check.phrases import near_misses
from luoshi.core.check.proof import Proof
from luoshi.core.pattern import HAN, pattern, places
from luoshi.core.plan.model import Task
from luoshi.core.quantity import NUMBER, UNIT
from luoshi.core.source.markers import FIRST, FOURTH, SECOND, THIRD
from luoshi.core.source.outline import Node
from luoshi.core.units.names import is_unit_like

_LEAST = "至少|不少于|不低于|不得少于|不得低于|不小于|最低|不止"
_BOUND_TWICE = pattern(
    rf"(?:(?:(?:{_LEAST})[^,。;、\d\n]{{0,6}}|超过|突破){NUMBER}(?:{UNIT})?(?P<above>及?以上)"
    rf"|(?:不超过|不高于|不多于|至多|最多)[^,。;、\d\n]{{0,6}}{NUMBER}(?:{UNIT})?(?P<below>以内|以下)"
    rf"|(?:大约|约)[^,。;、\d\n]{{0,2}}{NUMBER}(?:{UNIT})?(?P<about>左右))"
)
_RANGE_BOUND = pattern(
    rf"{NUMBER}(?:%|{UNIT})?[-—–~～至]{NUMBER}(?:{UNIT}|千伏)(?:\([^()]*\))?及?以[上下内](?!的?.{{0,2}}项目)"
)
_ONE_OF_TWO = pattern(
    rf"(?P<pair>城乡|男女)(?P<what>{HAN}{{2,16}})分别[^,。;\d]{{0,8}}?(?P<number>{NUMBER}[^,。;、\d]{{0,6}})(?=[,。;]|$)"
)
_FROM_LOST = pattern(
    rf"(?<![从由])(?:不低于|每人每年|每月)?{NUMBER}(?P<unit>元/[年月])(?:提高|提升|增加|上调)(?:到|至)"
)
_TWO_VERBS = pattern(r"(?:开展|实施|进行|推行|组织)(?:坚持|力争|确保|做好|抓好|加大|努力|突出|围绕)")
_LEAST_TWICE, _MOST_TWICE = 3, 14
_TWICE = pattern(
    rf"(?P<what>{HAN}{{{_LEAST_TWICE},{_MOST_TWICE}}})、(?P=what)(?=[、,。;)等和及]|$)"
)  # matched where _said_again finds it worth while
_ADDRESSEE = pattern(
    r"^[ ]*(?P<who>(?:乡镇|镇|乡|街道|苏木)(?:人民政府|办事处))[、,][^\n]{2,80}:[ ]*$", re.MULTILINE
)
_ABSTRACT = "流动|潜力|服务|设施|预期|信心|资源|改革|治理|体系|水平|机制|能力|环境|活力|负担|限制|质量|效益|一体化|融合|倍数|建设|发展|结构|渠道|行动|企业|整合|保障|成果|负担"
_MANNER = "进一步|切实|力争|全面|着力|大力|不断|加快|有效|深入|积极|稳步|扎实|持续"
_ACT = "畅通|优化|完善|培育壮大|培育|推进|提升|加强|打造|组建|增强|精准挖掘|挖掘|取消|减轻|减少|扩大|释放|选派|健全|深化|构建|激发|实施|落实|严格|支持|引导|整合|盘活|巩固|保障|防范|化解|提振|让"
_GLUED = pattern(
    rf"(?:(?<=[。,;:\n])|^)[ ]*(?:{_MANNER})?(?:{_ACT}|推动|促进|加快|坚持|做好|抓好|清理|规范|专业化)[^、,。;:\n()“”\d]{{1,14}}?(?:{_ABSTRACT})"
    rf"(?P<second>(?:(?:{_MANNER})(?:{_ACT})|(?:{_ACT}))(?!行动|工程|计划|机制|的|和|与|及|力度|能力|水平|项目|试点|方案|战略|上|为){HAN}{{4,}})(?=[,。;、])"
)
_BY_MANNER = pattern(rf"(?:{_MANNER})(?:{_ACT})")
_LINKED = pattern(rf"(?:{_ABSTRACT})(?:{_MANNER})?(?:{_ACT})")
_NAMED_END = pattern(
    r"(?:措施|政策|办法|制度|行动|工程|计划|方案|项目|机制|活动|战略|试点|力度|水平|体系|工作|能力|上|中|时|后|的)$"
)
_COUNTED_ACT = pattern(
    rf"{NUMBER}(?:{UNIT})(?<![年月日天])(?P<act>(?:实施|推进|加快|力争|打造|开展|培育|新增|深化|加强|提升|稳步)(?={HAN}{{3}})|“(?=[^“”]{{2,8}}”(?!企业)[^,。;]{{0,8}}{NUMBER}))"
)
_RUN_IN = 22


def bounds(proof: Proof) -> Iterator[Finding]:
    """至少4篇以上: one bound too many. 6-8家以上: a range and a bound."""
    for m in _BOUND_TWICE.finditer(proof.text):
        word = m["above"] or m["below"] or m["about"]
        said = proof.printed(m.start(), m.end())
        message = f"“{said}”前后两头都说了界限，含义重复，请只留其一。"
        yield proof.finding("bound-twice", m.start(), m.end(), message, mend=said.removesuffix(word))
    for m in _RANGE_BOUND.finditer(proof.text):
        message = f"“{proof.printed(m.start(), m.end())}”既是区间又有“以上、以下”，界限不清，请只留其一。"
        yield proof.finding("range-bound", m.start(), m.end(), message)
    for m in _ONE_OF_TWO.finditer(proof.text):
        message = f"“{m['pair']}{m['what']}分别…”应有两个数值，这里只有一个，请补全，或删去“分别”。"
        yield proof.finding("half-missing", m.start(), m.end(), message)
    for m in _FROM_LOST.finditer(proof.text) if "元/年" in proof.text or "元/月" in proof.text else ():
        line = max(proof.text.rfind(sign, 0, m.start()) for sign in "\n。;,") + 1
        if not re.search(r"从|由", proof.text[line : m.start()]):
            message = f"“{proof.printed(m.start(), m.end())}…”前面像是少了“从”字，请核对。"
            yield proof.finding("word-missing", m.start(), m.end(), message)


def repeated_items(proof: Proof) -> Iterator[Finding]:
    """A、A: one thing twice in a row, so that another is missing."""
    for m in _said_again(proof.text):
        if not is_unit_like(m["what"]) or "、" in m.group():
            message = f"“{m['what']}”连写了两次，请删去一个，或核对是否应为另一项。"
            yield proof.finding("repeated-item", m.start(), m.end(), message, mend=m["what"])


def _said_again(text: str) -> Iterator[re.Match[str]]:
    """What _TWICE.finditer would find, asked only where the signs behind a 、 stand before it too."""
    done = 0
    for comma in places(text, "、"):
        opening = text[comma + 1 : comma + 1 + _LEAST_TWICE]
        at = text.find(opening, max(done, comma - _MOST_TWICE), comma)
        while at >= 0:
            if m := _TWICE.match(text, at):
                yield m
                done = m.end()
                break
            at = text.find(opening, at + 1, comma)


def set_phrases(proof: Proof) -> Iterator[Finding]:
    """A fixed phrase with a sign too few, too many, or another one."""
    for start, end, phrase in near_misses(proof.text):
        message = f"“{proof.printed(start, end)}”像是“{phrase}”之误，请核对。"
        yield proof.finding("set-phrase", start, end, message, mend=phrase)
    for m in _TWO_VERBS.finditer(proof.text):
        message = f"“{m.group()}”两个动词连用，像是改稿时漏删了一个，请核对。"
        yield proof.finding("two-verbs", max(0, m.start() - 2), m.end(), message)
    for m in _ADDRESSEE.finditer(proof.text):
        message = f"主送机关以“{m['who']}”开头，前面像是少了“各”字。"
        yield proof.finding("word-missing", m.start("who"), m.end("who"), message, mend=f"各{m['who']}")


def joined_sentences(proof: Proof) -> Iterator[Finding]:
    """Two clauses without a mark between them; a quantity with the next clause right behind its unit."""
    for m in _GLUED.finditer(proof.text):
        second = m["second"]
        if "的" in second or _NAMED_END.search(second):
            continue
        sure = _BY_MANNER.match(second) or len(_LINKED.findall(second)) > 0
        message = f"“{second[:8]}…”前面像是少了逗号或顿号，请核对断句。"
        yield proof.finding("mark-missing" if sure else "mark-doubtful", m.start(), m.end(), message)
    for m in _COUNTED_ACT.finditer(proof.text):
        stop = min(m.end() + 6, len(proof.text))
        message = f"数量后面直接连着“{proof.text[m.start('act') : stop]}”，中间像是少了标点，请核对。"
        yield proof.finding("mark-missing", m.start(), stop, message)


def unlike_headings(proof: Proof) -> Iterator[Finding]:
    """One run-in heading of several that does not end with the stop the others end with."""
    families: dict[tuple[int, int], list[Node]] = defaultdict(list)
    for node in proof.paper.outline.nodes:
        if node.rank in (FIRST, SECOND, THIRD, FOURTH):
            families[node.parent, node.rank].append(node)
    for family in families.values():
        run_in = [node for node in family if _runs_in(proof, node)]
        plain = [node for node in run_in if not re.search("[,、，]", node.heading)]
        if len(family) < 4 or len(plain) * 4 < len(family) * 3:
            continue
        for node in family:
            body = node.start + len(node.marker)
            words = proof.text[body : body + _RUN_IN]
            m = re.match(r"[^,、:。;\n]{4,16}[,、:]", words)
            if node not in run_in and m and len(node.heading) > _RUN_IN:
                message = "同级各项的小标题都以句号结尾，这一项误用了逗号或顿号，标题与内容连成了一句。"
                yield proof.finding("heading-style", node.start, body + m.end(), message)
    yield from _unlike_openings(proof)


def _runs_in(proof: Proof, node: Node) -> bool:
    end = node.start + len(node.marker) + len(node.heading)
    return len(node.heading) <= _RUN_IN and proof.text[end : end + 2].strip()[:1] == "。"


_OPENING = pattern(
    rf"(?:(?<=[。\n])|^)[ ]*(?P<verb>{HAN}{{2}})(?P<rest>{HAN}{{2,8}})(?P<mark>。|、(?=将|把|对|要|通过|坚持|建立|定期|严格))"
)


def _unlike_openings(proof: Proof) -> Iterator[Finding]:
    """强化甲。…强化乙。…强化丙、将…: openings of one section, of which one has the wrong mark."""
    found: dict[tuple[int, str, int], list[re.Match[str]]] = defaultdict(list)
    for m in _OPENING.finditer(proof.text):
        found[proof.paper.outline.index_at(m.start("verb")), m["verb"], len(m["rest"])].append(m)
    for openings in found.values():
        odd = [m for m in openings if m["mark"] == "、"]
        if len(odd) == 1 and len(openings) > 2:
            words = odd[0].group().strip()
            message = f"与“{odd[0]['verb']}…。”并列的小标题都以句号结尾，这里误用了顿号。"
            yield proof.finding(
                "heading-style", odd[0].start("verb"), odd[0].end(), message, mend=words[:-1] + "。"
            )


# A heading with a pause or a number in it is the whole promise.
_SAYS_MORE = re.compile(r".[,，]|[一-鿿]\d")


def empty_items(proof: Proof) -> Iterator[Finding]:
    """A task of which only the title and the owners are printed, while its sisters say what to do."""
    families: dict[str, list[tuple[int, int, bool]]] = defaultdict(list)
    for task in proof.plan.tasks:
        if task.form == "prose" and task.owners and task.heading:
            start, end = proof.ranges[task.span]
            said = _unowned(proof, task, start, end)
            rest = said.partition(task.heading)[2] if task.heading in said else said
            told = bool(_SAYS_MORE.search(task.heading) or rest.strip("。:; \n"))
            families[task.path.rpartition("/")[0]].append((start, start + len(said), told))
    for family in families.values():
        full = sum(1 for _, _, told in family if told)
        if len(family) < 4 or full * 4 < len(family) * 3:
            continue
        for start, end, told in family:
            if not told:
                message = "这一项只有标题和责任单位，没有写要做什么、做到什么程度，无从考核，请补充内容。"
                yield proof.finding("empty-item", start, end, message)


def _unowned(proof: Proof, task: Task, start: int, end: int) -> str:
    """The words of a task before its owners."""
    first = min((proof.clean(o.span)[0] for o in task.owners if o.span), default=end)
    opened = max(proof.text.rfind("(", start, first), proof.text.rfind("\n", start, first))
    return proof.text[start:opened] if opened > start else ""
