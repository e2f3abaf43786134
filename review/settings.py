"""What an office may set for itself, in data/settings.toml; without that file everything has the value given here.

The file is optional and small: see docs/manual.md, “设置文件”. A setting that is misspelt or out of range is an error that names
the line, never silently the default.
"""

import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

from review.errors import SettingsError

ROOT = Path(__file__).resolve().parents[1]
DEFAULT_PATH = Path(os.environ.get("REVIEW_SETTINGS") or ROOT / "data" / "settings.toml")


@dataclass(frozen=True)
class ImportLimits:
    """How large a ledger file may be. MB are 2**20 bytes; every limit is at least 1."""

    # Streamlit refuses larger uploads by server.maxUploadSize of .streamlit/config.toml; a test keeps the two equal.
    file_mb: int = 300
    # Text takes several times its size in memory.
    text_mb: int = 100
    # Together the default holds the largest ledger we ever measured (500,000 rows × 30 columns is 589 MB of XML) four times over.
    unpacked_mb: int = 2_400
    # More than this is no ledger: Excel's own XML of real ledgers is 5 to 40 times its packed size.
    pack_ratio: int = 200
    rows: int = 1_048_576
    columns: int = 2_000
    # All cells within the used range of one sheet, empty ones included: 1.05 million rows × 40 columns.
    cells: int = 42_000_000
    merged_ranges: int = 300_000
    # Excel itself keeps at most 32,767 characters in a cell.
    cell_characters: int = 100_000
    sheets: int = 300
    files: int = 1_000


@dataclass(frozen=True)
class Settings:
    """All settings. ``checks_folder``: where an office keeps check files of its own (a relative path counts from the program's folder)."""

    import_limits: ImportLimits = field(default_factory=ImportLimits)
    checks_folder: Path = ROOT / "data" / "checks"


def load_settings(path: Path | str | None = None) -> Settings:
    """The settings of the file ``path`` (default data/settings.toml, or the file that REVIEW_SETTINGS names); a missing file means the
    defaults.

    Raises SettingsError naming file and line for TOML that can't be read, unknown names and values that make no sense.
    """
    file = Path(path or DEFAULT_PATH)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError:
        raise SettingsError(f"设置文件 {file} 不是 UTF-8 编码。", "请用记事本打开，另存为时编码选 UTF-8。") from None
    except OSError as error:
        raise SettingsError(f"设置文件 {file} 打不开：{error.strerror or error}。", "请检查是否有读取权限。") from None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # The English of the parser ends in its place: “… (at line 3, column 7)”.
        place = re.search(r"at line (\d+)", str(error))
        number = int(place.group(1)) if place else max(1, text.count("\n"))
        raise _wrong(
            file, number, f"写法不对：{_line(text, number)}", "每行应写成“名称 = 值”，文字放在英文引号里，整段放在 [import_limits] 之下。"
        ) from None
    return _checked(values, text, file)


def _checked(values: dict, text: str, file: Path) -> Settings:
    limits = values.pop("import_limits", {})
    folder = values.pop("checks_folder", None)
    for name in values:
        raise _wrong(file, _place(text, name), f"没有名为 {name} 的设置", "可用的设置：checks_folder、[import_limits]。")
    if not isinstance(limits, dict):
        raise _wrong(
            file, _place(text, "import_limits"), "import_limits 应是一段设置", "请写成单独一行 [import_limits]，下面每行一个设置。"
        )
    known = [f.name for f in fields(ImportLimits)]
    for name, value in limits.items():
        line = _place(text, name)
        if name not in known:
            raise _wrong(file, line, f"[import_limits] 里没有名为 {name} 的设置", f"可用的设置：{'、'.join(known)}。")
        if type(value) is not int or value < 1:
            raise _wrong(file, line, f"{name} 应是大于 0 的整数，读到的是 {value!r}", "请改正后重试，不需要的行可以删去。")
    settings = Settings(ImportLimits(**limits))
    if folder is None:
        return settings
    if not isinstance(folder, str) or not folder.strip():
        raise _wrong(file, _place(text, "checks_folder"), "checks_folder 应是一个文件夹的路径", '例如 checks_folder = "data/checks"。')
    return Settings(settings.import_limits, ROOT / folder.strip())


def _wrong(file: Path, line: int, what: str, advice: str) -> SettingsError:
    return SettingsError(f"设置文件 {file} 第 {line} 行：{what}。", advice)


def _line(text: str, number: int) -> str:
    lines = text.splitlines() or [""]
    return lines[min(number, len(lines)) - 1].strip()[:60]


def _place(text: str, name: str) -> int:
    """Line from 1 on which a name is set."""
    pattern = re.compile(rf"""\s*(?:\[\s*)?["']?(?:import_limits\s*\.\s*)?{re.escape(name)}\b""")
    return next((n for n, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)
