"""What is wrong with a check file and what to do, in plain Chinese: for people who write one check a year, not for programmers."""

import re
import tomllib

import duckdb

# What the entries of a header are, beside their names.
KEYS = {
    "id": "编号", "title": "名称", "aspect": "方面", "level": "级别", "unit": "对象", "looks_for": "查什么", "why": "为什么要紧",
    "message": "疑似时的句子", "undetermined": "待核时的句子", "basis": "依据", "needs": "需要的列", "params": "参数",
    "cleared_by": "常见误报", "facts": "事实", "reach": "所看范围",
}  # fmt: skip

_HEADER = (
    (r"Invalid value|Unescaped", "等号后面的内容写得不对：文字要放在一对英文双引号里，如 level = \"提示\"，其中的 \\ 要写成 \\\\"),
    (r"Unterminated string|Illegal character", "引号没有成对：请在这一行末尾补上英文双引号"),
    (r"Expected '=' after a key|Invalid initial character", "名称和内容之间没有等号：请写成 名称 = \"内容\""),
    (r"Expected newline", "一行写了两样东西：请在引号之后换行，内容里的双引号改用“”"),
    (r"Cannot overwrite|Cannot declare|Duplicate", "同一个名称写了两次：请删去一处"),
    (r"Expected '\]|Unclosed", "方括号没有成对：请补上"),
)  # fmt: skip
_QUERY = (
    (r'Referenced column "([^"]+)" not found', "没有名为 {} 的列，请检查拼写；可用的列见 docs/tables.md"),
    (r'does not have a column named "([^"]+)"', "没有名为 {} 的列，请检查拼写；可用的列见 docs/tables.md"),
    (r"Table with name (\S+) does not exist", "没有名为 {} 的表，请检查拼写；可用的表见 docs/tables.md"),
    (r'Referenced table "([^"]+)" not found', "没有名为 {} 的表，请检查拼写或别名"),
    (r"Function with name (\S+) does not exist", "没有名为 {} 的函数，请检查拼写"),
    (r'syntax error at or near "([^"]+)"', "查询写法不对，问题在 {} 附近：请检查前面的逗号、括号、引号是否成对，CASE 是否以 END 结束"),
    (r"syntax error at end of input", "查询写法不对，没有写完：请检查括号是否成对，CASE 是否以 END 结束"),
    (r'Ambiguous reference to column name "([^"]+)"', "几张表都有名为 {} 的列：请写明是哪张表的（表名.列名）"),
    (r'column "([^"]+)" must appear in the GROUP BY', "分组查询里的列 {} 没有写进 GROUP BY：请补上"),
    (r"Could not convert string '([^']*)' to", "台账里的“{}”读不成数或日期：请改用 TRY_CAST，读不成的给待核"),
    (r"No function matches", "函数用在了不合适的内容上（如对文字求和）：请检查括号里写的列"),
    (r"Cannot compare values", "比较的两样东西种类不同：文字要加单引号，日期写成 DATE '2024-01-31'"),
)  # fmt: skip


def of_header(error: tomllib.TOMLDecodeError) -> str:
    """What is wrong with a line of the header."""
    for pattern, words in _HEADER:
        if re.search(pattern, str(error)):
            return words
    return "这一行的写法不对：每行应是 名称 = \"内容\"，请对照 docs/sample-check 里的样例改正"  # fmt: skip


def header_line(text: str, error: tomllib.TOMLDecodeError) -> int:
    """Line of the header ``text`` (1-based) of ``error``; one told only at the end stands where no longer beginning can be read."""
    if told := re.search(r"line (\d+)", str(error)):
        return int(told[1])
    lines = text.split("\n")
    for last in range(len(lines) - 1, -1, -1):
        try:
            tomllib.loads("\n".join(lines[:last]))
        except tomllib.TOMLDecodeError:
            continue
        return last + 1
    return 1


def of_query(error: duckdb.Error | str) -> str:
    """What is wrong with the SELECT; what has no words of its own is told in those of the database."""
    if isinstance(error, duckdb.InterruptException):
        return "运行时间太长，已经中止：请减少两两相比的写法，或先筛选再比较。"
    first = str(error).splitlines()[0]
    for pattern, words in _QUERY:
        if found := re.search(pattern, first):
            return words.format(*found.groups()) + "。"
    return f"查询执行时出错，数据库的原话是“{first}”：请对照样例改写。"
