"""A small part of ``python -m benchmarks fuzz``, always the same files, read by child processes under limits."""

import sys

import pytest

from benchmarks import fuzz


@pytest.mark.skipif(sys.platform == "win32", reason="memory limits of child processes need Linux or macOS")
def test_damaged_files_are_read_or_refused_and_nothing_else(tmp_path):
    ends = fuzz.run(tmp_path, 150, seed=3)
    assert len(ends) == 150 and {end[1] for end in ends} == {"read", "refused"}
    assert [end for end in ends if fuzz.is_find(end)] == []


def test_a_file_can_be_made_again(tmp_path):
    good = fuzz.seeds(tmp_path)
    assert fuzz.damaged(good, 3, 17) == fuzz.damaged(good, 3, 17) != fuzz.damaged(good, 4, 17)
