"""The settings file: defaults without it, every fault named with its line."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from review.errors import SettingsError
from review.settings import ROOT, ImportLimits, Settings, load_settings


def written(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold(tmp_path):
    assert load_settings(tmp_path / "none.toml") == Settings()
    assert Settings().checks_folder == ROOT / "data" / "checks"


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path):
    changed = load_settings(written(tmp_path, '\ufeffchecks_folder = "本市/规则"\n[import_limits]\nrows = 5_000\n'))
    assert changed == Settings(ImportLimits(rows=5_000), ROOT / "本市/规则")
    absolute = tmp_path / "规则"
    assert load_settings(written(tmp_path, f"checks_folder = '{absolute}'")).checks_folder == absolute


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("[import_limits]\nrows = 5\ncolums = 3\n", 3, "colums"),
        ("[import_limits]\nrows = 0\n", 2, "大于 0"),
        ("[import_limits]\n\nrows = true\n", 3, "大于 0"),
        ('[import_limits]\nfile_mb = "300"\n', 2, "file_mb"),
        ("[import_limits]\nrows 5\n", 2, "rows 5"),
        ("import_limits = 3\n", 1, "import_limits"),
        ("a_setting = 3\n", 1, "a_setting"),
        ("\nchecks_folder = 3\n", 2, "checks_folder"),
        ("# 设置\n[limits]\nrows = 3\n", 2, "limits"),
    ],
)
def test_a_fault_names_file_line_and_what_to_do(tmp_path, text, line, word):
    path = written(tmp_path, text)
    with pytest.raises(SettingsError) as fault:
        load_settings(path)
    assert f"{path} 第 {line} 行" in fault.value.title and word in fault.value.title and fault.value.advice


def test_a_file_in_another_encoding_is_named(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_bytes("# 设置".encode("gb18030"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load_settings(path)


def test_the_page_takes_files_as_large_as_the_reader_does():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] == ImportLimits().file_mb


def test_the_manual_names_every_setting():
    manual = (ROOT / "docs" / "manual.md").read_text(encoding="utf-8")
    missing = [f.name for f in fields(ImportLimits) if f"`{f.name}`" not in manual]
    assert missing == [] and "`checks_folder`" in manual
