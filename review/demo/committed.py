"""The files under data/ that come with the product: the blank template and a small demo set. ``python -m review.demo.committed``."""

from pathlib import Path
from tempfile import TemporaryDirectory

from review.demo.ledgers import write_demo
from review.demo.template import FILE_NAME, write_template

DATA = Path(__file__).parents[2] / "data"
CASES, COUNTIES, SEED = 96, 4, 20240101


def write_small_set(folder: Path) -> list[Path]:
    """Write the small demo set, without its truth file, and return its files."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as work:
        summary = write_demo(work, cases=CASES, seed=SEED, counties=COUNTIES)
        for path in summary.files:
            (folder / path.name).write_bytes(path.read_bytes())
        return [folder / path.name for path in summary.files]


def write_committed(data: Path = DATA) -> None:
    """Write everything that is kept under ``data``."""
    write_template(data / FILE_NAME)
    write_small_set(data / "demo")


if __name__ == "__main__":
    write_committed()
