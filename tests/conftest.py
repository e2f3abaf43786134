"""The tests are about the program as shipped: settings and checks of the office that runs them stay out."""

import os
import tempfile
from pathlib import Path

import hypothesis

_SETTINGS = Path(tempfile.mkdtemp(prefix="review-tests-")) / "settings.toml"
_SETTINGS.write_text(f'checks_folder = "{(_SETTINGS.parent / "checks").as_posix()}"\n', encoding="utf-8")
os.environ["REVIEW_SETTINGS"] = str(_SETTINGS)

# A busy machine is no fault of the program: no test is judged by its time.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")
