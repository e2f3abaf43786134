"""Command-line arguments that speak Chinese: help, usage and every complaint.

Standard library only, so that start.py can use it before anything is installed.
"""

import argparse
import re
import sys

# What argparse says, and what a reviewer reads instead. The first pattern that fits counts.
_COMPLAINTS = [
    (r"the following arguments are required: (.+)", r"缺少参数：\1。"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1。"),
    (r"argument (\S+): invalid choice: (.+?) \(choose from (.+)\)", r"参数 \1 不能是 \2，可选：\3。"),
    (r"argument (\S+): invalid int value: (.+)", r"参数 \1 要一个整数，读到的是 \2。"),
    (r"argument (\S+): expected one argument", r"参数 \1 后面要写一个值。"),
    (r"argument (\S+): expected at least one argument", r"参数 \1 后面至少要写一个值。"),
    (r"argument (\S+): not allowed with argument (\S+)", r"参数 \1 不能与 \2 同时使用。"),
    (r"argument (\S+): (.+)", r"参数 \1：\2"),
]


class _ChineseHelp(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog, **more):
        super().__init__(prog, max_help_position=34, **more)

    def add_usage(self, usage, actions, groups, prefix=None):
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Arguments(argparse.ArgumentParser):
    """An argument parser whose texts are Chinese. A wrong argument ends the program with exit code 2."""

    def __init__(self, *args, add_help=True, **more):
        more.setdefault("formatter_class", _ChineseHelp)
        more.setdefault("allow_abbrev", False)
        super().__init__(*args, add_help=False, **more)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        if add_help:
            self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message):
        sys.stderr.write(f"参数有误：{in_chinese(message)}\n用 --help 查看用法。\n")
        sys.exit(2)


def in_chinese(complaint):
    """A complaint of argparse in Chinese; one that isn't known is passed on as it is."""
    for pattern, chinese in _COMPLAINTS:
        if re.fullmatch(pattern, complaint, re.DOTALL):
            return re.sub(pattern, chinese, complaint, flags=re.DOTALL)
    return complaint
