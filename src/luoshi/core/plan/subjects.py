"""Whose duty a sentence speaks of: the words it opens with, up to 要, 应, 每月, 定期 …."""

from luoshi.core.pattern import HAN, pattern
from luoshi.core.plan.force_people import looks_like_seat
from luoshi.core.units.names import is_collective

_BODIES = "局|委|办|厅|院|部|会|处|室|中心|公司|集团|银行|街道|镇|乡|政府|单位|部门|专班|小组|指挥部|机构|组|地区|县市区|会议"
_BODY_ENDS = (*_BODIES.split("|"), ")")
_BODY = pattern(
    r"(?!在|对|与|打造|搭建|建立|通过|依托|以|向|把|将|为|用|从|推动|完善|加强|强化|落实|做好|实行|坚持|按|请).*"
    rf"(?:{_BODIES})(?:\([^()]*\))?$"
)
_NO_ACTOR = pattern(r"的|机制|制度|\d")
_OPENERS = pattern(
    r"^(?:原则上|其中|同时|此外|请|由|并由|确保|并|(?:要)?切实发挥|要|\d+[名位](?=[省市州县区乡镇各])|\(.{1,3}\)|\d+[.、])+"
)
_OPENER_SIGNS = frozenset("原其同此请由并确要切(")  # or a digit
_ENDS = pattern(
    r"原则上|(?<![主重])要|应(?!急)|须|需|必须|将|至少|不少于|负责(?!人|同志)|牵头(?![人单部领副])|围绕|按时|及时|建立|根据|按照|按|"
    r"逐(?=[周旬月季年半])|每(?=半|季|月|年|周|旬|日|天|个|两|双|人|逢)|全年|年度|定期|适时|不定期|认真谋划|认真|并|不|组织|实行|开展|召开|确定|明确|报送|分别"
)
_GENERIC = pattern(r"(?:主要|分管|有关)(?:领导|负责人|负责同志)$")
_PART_PLAYED = pattern(rf"发挥({HAN}{{2,20}}?)(?:的)?作用")


_FAR = 1000  # characters to look back for the beginning of a sentence: keeps the cost of a text linear


def after_last(text: str, at: int, signs: str) -> int:
    """Where the piece of text that holds `at` begins: after the last of `signs` before it.

    >>> after_last("一。二,三", 4, "。,"), after_last("一。二,三", 4, "。"), after_last("一", 1, "。")
    (4, 2, 0)
    """
    begin = max(0, at - _FAR)
    for sign in signs:
        begin = max(begin, text.rfind(sign, begin, at) + 1)
    return begin


def unwrapped(words: str) -> str:
    """Words without the line ends in them and the blanks around those."""
    if "\n" not in words:
        return words
    first, *middle, last = words.split("\n")
    return "".join((first.rstrip(), *(line.strip() for line in middle), last.lstrip()))


def opening_subject(words: str) -> str | None:
    """The actor these words open with, if they do.

    >>> [opening_subject(w) for w in ("各牵头单位要以高度责任感", "原则上市长至少", "力争全年新增企业", "强化统筹")]
    ['各牵头单位', '市长', None, None]
    """
    words = words.strip()
    if words[:1].isdigit() or words[:1] in _OPENER_SIGNS:
        words = _OPENERS.sub("", words)
    ends = _ENDS.search(words)
    name = (words[: ends.start()] if ends else words).partition(",")[0].strip().rstrip("于在")
    if not 2 <= len(name) <= 30 or _NO_ACTOR.search(name):
        return None
    bodily = name.endswith(_BODY_ENDS) and _BODY.match(name)
    return name if bodily or looks_like_seat(name) or is_collective(name) else None


def subject_at(text: str, at: int) -> tuple[str | None, int]:
    """(actor, where its clause or `at` begins) for the words at `at`: the subject of the clause, else of the
    sentence, else whose part is played up (发挥工作专班作用). A bare 主要领导 takes the sentence's subject before it."""
    subject = None
    for signs in (",。;:\n“”", ",。;:\n“”、"):  # 各乡镇、街道每月报告; 旬调度、县发改局每月通报
        subject = subject or opening_subject(text[after_last(text, at, signs) : at])
    begin = text.index(subject, after_last(text, at, ",。;:\n“”")) if subject else at
    if subject and not _GENERIC.match(subject):
        return subject, begin
    wider, sentence = None, at
    for signs in (";。\n", "。\n"):
        sentence = after_last(text, at, signs)
        wider = wider or opening_subject(text[sentence : min(at, sentence + 30)])
    if subject:
        return (wider or "") + subject, begin
    if wider is None and (part := _PART_PLAYED.search(text, sentence, at)):
        wider = part[1]
    return wider, at
