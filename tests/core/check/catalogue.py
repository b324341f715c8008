"""docs/findings.md from the catalogue: `python -m tests.core.check.catalogue --save`."""

import sys
from pathlib import Path

from luoshi.core.check.findings import KINDS, SEVERITIES, rules

PAGE = Path(__file__).parents[3] / "docs" / "findings.md"
HEAD = """# 方案检查：查什么

`luoshi check 方案.docx` 会查下面这些。这一页由规则目录（`src/luoshi/core/check/rules.toml`）生成，请勿手改；每条规则的两个例子都是测试。

级别：**错误**，谁看都是错；**警告**，多半有错，或会惹麻烦；**提示**，印发前最好知道。
不想查的、想改级别的，在方案所在文件夹放一个 `luoshi.toml`，写明理由：

```toml
[rules.open-ended]
severity = "关闭"        # 关闭 错误 警告 提示
reason = "名单统一由专班办公室补全"
```
"""


def page() -> str:
    table = rules().values()
    parts = [HEAD, "\n| 级别 | 规则 | 代码 | 类别 |\n|---|---|---|---|\n"]
    order = list(SEVERITIES)
    for rule in sorted(table, key=lambda r: order.index(r.severity)):
        parts.append(
            f"| {SEVERITIES[rule.severity]} | [{rule.title}](#{rule.code}) | `{rule.code}` | {KINDS[rule.kind]} |\n"
        )
    for rule in table:
        source = f"依据：{rule.source}\n\n" if rule.source else ""
        bad = rule.bad.strip().replace("{long}", "（此处有五千多字）")
        parts.append(
            f'\n## <a id="{rule.code}"></a>{rule.title}\n\n`{rule.code}`，{SEVERITIES[rule.severity]}，{KINDS[rule.kind]}。'
            f"{rule.why}\n\n{source}会报：\n\n```\n{bad}\n```\n\n不报：\n\n```\n{rule.good.strip()}\n```\n"
        )
    return "".join(parts)


if __name__ == "__main__":
    if "--save" in sys.argv:
        PAGE.write_text(page(), "utf-8")
    else:
        print(page())
