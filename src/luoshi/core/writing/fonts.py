"""The five types of official papers, and what stands in for one that is not installed.

The .docx always names the types the offices use; only the PDF made here may need a stand-in, and says so. Nothing is
shipped: 方正小标宋, 仿宋_GB2312 and 楷体_GB2312 have owners, the free types come with the distribution.
"""

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

TITLE, BLACK, KAI, FANG, SONG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"
STAND_INS: dict[str, tuple[str, ...]] = {
    TITLE: ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun"),
    BLACK: ("SimHei", "Noto Sans CJK SC", "Source Han Sans SC", "FandolHei", "WenQuanYi Zen Hei"),
    KAI: ("KaiTi_GB2312", "楷体", "KaiTi", "FandolKai", "LXGW WenKai", "AR PL KaitiM GB", "AR PL UKai CN",
          "Noto Serif CJK SC", "Source Han Serif SC"),
    FANG: ("FangSong_GB2312", "仿宋", "FangSong", "FandolFang", "FandolFang R", "Noto Serif CJK SC", "Source Han Serif SC"),
    SONG: ("SimSun", "Noto Serif CJK SC", "Source Han Serif SC", "FandolSong"),
}  # fmt: skip
"""Type of the standard → what may stand in for it, best first."""

_SAME = {
    TITLE: ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
    BLACK: ("SimHei",),
    KAI: ("KaiTi_GB2312", "楷体", "KaiTi"),
    FANG: ("FangSong_GB2312", "仿宋", "FangSong"),
    SONG: ("SimSun",),
}
_BOLD = {TITLE: "Serif"}  # a serif of ordinary weight is too thin for a title


@dataclass(frozen=True, slots=True)
class Choice:
    """What is used for one type of the standard: itself, another cut of it, or a stand-in; "" when nothing fits."""

    wanted: str
    used: str

    @property
    def exact(self) -> bool:
        """Whether the type itself, or the same under another name, is used."""
        return self.used == self.wanted or self.used in _SAME[self.wanted]


def installed() -> frozenset[str]:
    """The families fontconfig knows here; empty where there is no fontconfig."""
    command = shutil.which("fc-list")
    if not command:
        return frozenset()
    ran = subprocess.run([command, ":", "family"], capture_output=True, check=False, timeout=30)
    names = ran.stdout.decode("utf-8", "replace").replace("\n", ",").split(",")
    return frozenset(name.strip().replace("\\", "") for name in names if name.strip())


def choose(families: Iterable[str]) -> tuple[Choice, ...]:
    """Which type is used for each of the five."""
    have = frozenset(families)
    return tuple(
        Choice(wanted, next((name for name in (wanted, *others) if name in have), ""))
        for wanted, others in STAND_INS.items()
    )


def said(choices: Iterable[Choice]) -> str:
    """Which types were used, in one or two sentences for the person who looks at the PDF."""
    own, other = [], []
    for choice in choices:
        if choice.exact:
            own.append(choice.wanted)
        else:
            other.append(f"{choice.wanted}用{choice.used or '系统默认字体'}代替")
    if not other:
        return f"字体：{'、'.join(own)}，均已安装。"
    first = f"字体：{'、'.join(own)}已安装；" if own else "字体："
    return f"{first}{'，'.join(other)}。Word 文件中写的仍是标准字体，在装有这些字体的电脑上打开即按标准字体显示。"


def substitution(choices: Iterable[Choice]) -> str:
    """A fontconfig file with the stand-ins, for the process that prints."""
    rules = "".join(
        f'<match target="pattern"><test name="family" qual="any"><string>{escape(choice.wanted)}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{escape(choice.used)}</string></edit>'
        + (
            '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit>'
            if _BOLD.get(choice.wanted, "\0") in choice.used
            else ""
        )
        + "</match>"
        for choice in choices
        if choice.used and choice.used != choice.wanted
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{rules}</fontconfig>'
    )
