"""The tests are about the program as shipped: settings and checks of the office that runs them stay out."""

import os
import tempfile
from pathlib import Path

_SETTINGS = Path(tempfile.mkdtemp(prefix="review-tests-")) / "settings.toml"
_SETTINGS.write_text(f'checks_folder = "{(_SETTINGS.parent / "checks").as_posix()}"\n', encoding="utf-8")
os.environ["REVIEW_SETTINGS"] = str(_SETTINGS)
