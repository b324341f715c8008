"""Small files of every format, made here: 青禾县 does not exist."""

import io
import zipfile
import zlib
from datetime import date
from pathlib import Path

import xlsxwriter

FILES = Path(__file__).parent / "files"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LINES = ("青政办发〔2026〕3号", "青禾县2026年重点任务方案", "各乡镇人民政府，县直有关单位：")
HEADER = ("序号", "内容", "责任单位", "分管领导")


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """A w:p with one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def docx(body: str, **parts: str) -> bytes:
    """A docx with this body; other parts by their name (numbering, styles, footnotes, header1 …)."""
    named = {
        f"word/{name}.xml": f"<w:{ROOTS.get(name, 'hdr')} {W}>{part}</w:{ROOTS.get(name, 'hdr')}>"
        for name, part in parts.items()
    }
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **named})


ROOTS = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "comments": "comments"}


def cell(text: str = "", properties: str = "") -> str:
    """A w:tc with one paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    """A w:tbl of these rows of cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def plan_docx() -> bytes:
    """The plan that every format of these tests holds."""
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        "".join(cell(title) for title in HEADER),
        cell("一、任务清单", '<w:gridSpan w:val="4"/>'),
        cell("1") + cell("新建学校1所") + cell("县教育局、县财政局") + cell("王一鸣", down),
        cell("2") + cell("新建学校2所") + cell("县教育局、县财政局") + cell("", on),
    )
    body = "".join(map(paragraph, (*LINES, "1.推动增收减负", "2.创新消费业态")))
    return docx(body + table(*rows) + paragraph("全年固定资产投资增长8.5%以上。"))


def plan_xlsx() -> bytes:
    """A responsibility table with a title, per cents and dates; the same as files/plan.xls."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("任务分解")
    share, day = (
        book.add_format({"num_format": "0.0%"}),
        book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}),
    )
    sheet.merge_range(0, 0, 0, 3, "青禾县2026年重点任务责任分解表")
    sheet.write_row(1, 0, ["序号", "内容", "目标", "时限"])
    for i in range(3):
        sheet.write_row(2 + i, 0, [i + 1, f"第{i + 1}项工作"])
        sheet.write_number(2 + i, 2, 0.085 + i / 100, share)
        sheet.write_datetime(2 + i, 3, date(2026, 6, 30), day)
    book.close()
    return stream.getvalue()


HTML = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>青禾县2026年重点任务方案-青禾县人民政府</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/zwgk">政务公开</a><a href="/hdjl">互动交流</a></div>
<div class="position">您当前的位置：<a>首页</a> &gt; <a>政务公开</a> &gt; <a>政策文件</a></div>
<h1>青禾县2026年重点任务方案</h1>
<div class="info">发布时间：2026-03-20 10:00 来源：县政府办 【字体：大 中 小】</div>
<div id="zoom"><p>青政办发〔2026〕3号</p><p>各乡镇人民政府，县直有关单位：</p>
<p>　　为推动全县经济高质量发展，确保完成全年目标任务，现将有关
 事项通知如下，请认真组织实施，并及时报送进展情况。</p><p>一、主要目标</p>
<p>全年固定资产投资增长8.5%以上，社会消费品零售总额增长6%以上，新增规模以上工业企业10家。</p>
<table border="1"><tr><th>序号</th><th>内容</th><th>责任单位</th></tr><tr><td colspan="3">一、任务清单</td></tr>
<tr><td>1</td><td><p>新建学校1所</p><p>改造学校2所</p></td><td rowspan="2">县教育局</td></tr><tr><td>2</td><td>开展家访</td></tr></table>
<p>青禾县人民政府办公室</p><p>2026年3月20日</p></div>
<div class="share">分享到：微信 微博</div><div class="footer"><p>主办单位：青禾县人民政府 承办单位：青禾县数据局</p>
<p>网站标识码：0000000000 江ICP备00000000号</p></div></body></html>"""


def plan_pdf(pages: list[list[str]], rulings: list[tuple[float, float, float, float]] = []) -> bytes:  # noqa: B006
    """A PDF of lines of 12 pt from the left margin, with a text layer and without fonts; a line is "x,y|text"."""
    glyphs = sorted({char for page in pages for line in page for char in line.partition("|")[2]})
    codes = {char: i + 1 for i, char in enumerate(glyphs)}
    cmap = "".join(f"<{code:04x}> <{ord(char):04x}>\n" for char, code in codes.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange {len(codes)} beginbfchar\n{cmap}endbfchar endcmap end end"
    )
    widths = " ".join(f"{code} [{500 if char.isascii() else 1000}]" for char, code in codes.items())
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{7 + 2 * i} 0 R' for i in range(len(pages)))}]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R/DW 1000/W[{widths}]>>",
        "<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 850/Descent -150/CapHeight 700/StemV 80>>",
        f"<</Length {len(to_unicode)}>>stream\n{to_unicode}\nendstream",
    ]
    for i, page in enumerate(pages):
        shown = []
        for line in page:
            place, _, text = line.partition("|")
            x, y = place.split(",")
            code = "".join(f"{codes[char]:04x}" for char in text)
            shown.append(f"BT /F 12 Tf {x} {y} Td <{code}> Tj ET")
        shown += [f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in rulings]
        content = "\n".join(shown)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents {8 + 2 * i} 0 R>>"
        )
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    body, places = b"%PDF-1.4\n", []
    for i, item in enumerate(objects):
        places.append(len(body))
        body += f"{i + 1} 0 obj{item}endobj\n".encode()
    xref = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{xref}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + end.encode()


def bomb_pdf(megabytes: int) -> bytes:
    """A PDF whose page unpacks to so many MB of blanks."""
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(megabytes)) + packer.flush()
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj"
    tail = b"endobj\n4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(content)
    return head + page + tail + content + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def ofd(lines: list[str], paths: str = "") -> bytes:
    """An OFD of one page; a line is "x,y|text" in millimetres, characters 4 mm wide."""
    o = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    objects = "".join(
        f'<ofd:TextObject ID="{i + 9}" Boundary="{place.replace(",", " ")} 150 5" Font="1" Size="4">'
        f'<ofd:TextCode X="0" Y="4" DeltaX="g {max(1, len(text) - 1)} 4">{text}</ofd:TextCode></ofd:TextObject>'
        for i, (place, _, text) in enumerate(line.partition("|") for line in lines)
    )
    return packed(
        {
            "OFD.xml": f"<ofd:OFD {o}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {o}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
            f'<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
            "Doc_0/Pages/Page_0/Content.xml": f'<ofd:Page {o}><ofd:Content><ofd:Layer ID="2">{objects}{paths}</ofd:Layer></ofd:Content></ofd:Page>',
        }
    )


RTF = (
    rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 Times;}}\pard "
    + "".join(f"\\u{ord(c)}?" for c in LINES[1]).encode()
    + rb"\par \pard "
    + b"".join(b"\\'%02x" % b for b in "一、主要目标".encode("gb18030"))
    + rb"\par {\*\comment x}\trowd\cellx1000\cellx5000\pard\intbl 1\cell "
    + "".join(f"\\u{ord(c)}?" for c in "新建学校").encode()
    + rb"\cell\row\pard end\par}"
)
