"""Why a file is turned away: one code, one Chinese sentence (what file, what is wrong, what to do)."""

SENTENCES = {
    "empty": "文件“{name}”是空的，里面没有文字。请确认文件保存完整后再读。",
    "truncated": "文件“{name}”不完整，可能在下载或拷贝途中断开了。请重新取得完整的文件后再读。",
    "encrypted": "文件“{name}”设有打开密码，无法读取。请用 WPS 或 Word 打开，取消密码并另存后再读。",
    "wrong-extension": "文件“{name}”的扩展名是 .{extension}，内容却是{kind}，无法当作文稿读取。请换成 docx、pdf、xlsx、html 或 txt 格式的方案再读。",
    "unknown-format": "文件“{name}”的格式无法识别。请用 WPS 或 Word 打开后另存为 docx、pdf、xlsx、html 或 txt 再读。",
    "other-office": "文件“{name}”是{kind}，暂不能直接读取。请用 WPS 或 Word 打开后另存为 {wanted} 再读。",
    "too-big": "文件“{name}”有 {size} MB，超过 {limit} MB 的上限。请只留下方案正文和附件，去掉图片后再读。",
    "too-long": "文件“{name}”的内容过于庞大，超出了可读取的范围。请拆成几个文件，或去掉无关内容后再读。",
    "zip-bomb": "文件“{name}”解开后异常庞大，像是压缩炸弹，为安全起见没有读取。请用 WPS 或 Word 打开原件另存一份后再读。",
    "entities": "文件“{name}”的内部含有外部引用（XML 实体），为安全起见没有读取。请用 WPS 或 Word 打开原件另存一份后再读。",
    "no-text": "文件“{name}”里只有图像，没有可以读取的文字，可能是扫描件。请换用电子版原件，或先做文字识别（OCR）后再读。",
    "classified": "文件“{name}”标有“{mark}”，涉密和内部文件不能导入本系统。请按保密规定处理，不要上传；如属误标，请先由制发单位更正。",
    "damaged": "文件“{name}”已经损坏，读不出内容。请重新取得原件，或用 WPS 或 Word 打开修复并另存后再读。",
    "not-a-plan": "文件“{name}”里没有找到中文正文，不像是一份方案。请确认选对了文件。",
}
CODES = {"other-office": "unknown-format", "too-long": "too-big", "entities": "damaged"}


class Refusal(Exception):
    """Raised inside the loaders, where the file's name is not known; `load` makes it an Unreadable."""

    def __init__(self, reason: str, **facts: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts

    @property
    def code(self) -> str:
        """The public slug of `text.Unreadable.code`."""
        return CODES.get(self.reason, self.reason)

    def sentence(self, name: str) -> str:
        """The full sentence for the file called `name`."""
        return SENTENCES[self.reason].format(name=name, **self.facts)
