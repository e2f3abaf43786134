"""``python -m benchmarks fuzz [--files 5000] [--seed 1]``: thousands of damaged ledgers, read in child processes under limits.

Only LedgerError may come back; a child that dies, needs more than 1 GB or longer than 20 s for a file is a find. Every file
can be made again from seed and number: ``--only NUMBER`` reads one in this process.
"""

import io
import json
import os
import random
import re
import struct
import subprocess
import sys
import time
import zipfile
from argparse import ArgumentParser
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from review.demo import write_demo

ROOT = Path(__file__).resolve().parents[1]
MAX_MB, MAX_SECONDS = 1024, 20
# Address space is larger than what is used: the reader reserves before it fills.
_ADDRESS_SPACE = 6 * 2**30
_BATCH = 50
NUMBERS = (0, 1, 2, 15, 16, 17, 255, 256, 65_535, 65_536, 1_048_576, 1_048_577, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**63, 10**30, -1)


_ODD_TEXTS = (
    *(b"", b"\0", b"\x01\x02", b"&#xD800;", b"&#0;", b"&lt;", b"&unknown;", b"=1+1", b"\xff\xfe", b"1e999", b"nan", b"-1", b"9" * 11),
    *(b"0000-00-00", b"A" * 40_000),
    *(text.encode() for text in ("＝１＋１", "、；①" * 300, "（" * 2_000, "张三、" * 500, "给予" * 900, "党委书记、" * 300)),
    *(text.encode() for text in ("2023年13月45日", "1.张三（甲县水利局局长）主要领导责任，诫勉；" * 200)),
)


def seeds(folder: Path) -> list[bytes]:
    """Good ledgers to damage: a small demo city (.xlsx of several layouts, .csv), the three example ledgers, an old workbook."""
    from tests.workbook.oldfile import old_workbook

    files = [f.read_bytes() for f in write_demo(folder, cases=40).files]
    files += [f.read_bytes() for f in sorted((ROOT / "tests" / "workbook" / "examples").glob("*.xlsx"))]
    head = ("案件名称", "县区", "姓名", "单位及职务", "责任类型", "问责方式", "决定时间")
    rows = [(f"{n}事", "甲县", "张三", "甲县水利局局长", "主要领导责任", "诫勉", 45_000.0 + n) for n in range(40)]
    text = "\n".join(",".join(map(str, row)) for row in (head, *rows))
    return [*files, old_workbook([head, *rows]), text.encode(), text.encode("gb18030"), text.encode("utf-16")]


def damaged(good: list[bytes], seed: int, number: int) -> tuple[bytes, str]:
    """File ``number`` of a run: bytes and name."""
    rng = random.Random(f"{seed}|{number}")
    name = f"某县台账{number}.{rng.choice(('xlsx', 'xlsx', 'xls', 'csv', 'et', 'xlsm', 'txt'))}"
    kind = rng.random()
    if kind < 0.08:
        start = rng.choice((b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf", b"\xff\xfe"))
        return start + rng.randbytes(rng.choice((0, 1, 30, 600, 5_000, 100_000))), name
    data = rng.choice(good)
    if kind < 0.16:
        return data[: rng.randrange(len(data))], name
    if kind < 0.26 or not data.startswith(b"PK"):
        return _flipped(data, rng), name
    return _damaged_parts(data, rng), name


def _flipped(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 20))):
        at = rng.randrange(len(changed))
        what = rng.random()
        if what < 0.5:
            changed[at] ^= 1 << rng.randrange(8)
        elif what < 0.7 and at + 4 < len(changed):
            struct.pack_into("<I", changed, at & ~3 if at & ~3 <= len(changed) - 4 else 0, rng.choice(NUMBERS) & 0xFFFFFFFF)
        elif what < 0.85:
            del changed[at : at + rng.randrange(1, 600)]
        else:
            changed[at:at] = changed[at : at + rng.randrange(1, 600)] * rng.choice((1, 2, 50))
        if not changed:
            break
    return bytes(changed)


def _damaged_parts(data: bytes, rng: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [(i.filename, package.read(i)) for i in package.infolist()]
    likely = [n for n, (name, _) in enumerate(parts) if name.startswith("xl/") and "theme" not in name]
    for _ in range(rng.choice((1, 1, 2, 4))):
        at = rng.choice(likely) if likely and rng.random() < 0.9 else rng.randrange(len(parts))
        if at >= len(parts):
            continue
        name, content = parts[at]
        change = rng.choice((_numbers, _numbers, _tags, _tags, _texts, _flip_part, None))
        if change is None:
            parts[at : at + 1] = rng.choice(([], [(name, b"")], [(name, content), (name.upper(), content)], [(name + "x", content)]))
            likely = [n for n in likely if n < len(parts)]
        else:
            parts[at] = (name, change(content, rng))
        if not parts:
            break
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(name, content)
    return out.getvalue()


def _flip_part(content: bytes, rng: random.Random) -> bytes:
    return _flipped(content, rng) if content else b"\0"


def _numbers(content: bytes, rng: random.Random) -> bytes:
    """Some numbers of the XML become others: rows, columns, indexes, counts, styles."""
    found = list(re.finditer(rb"[A-Z]{0,3}\d+", content))
    for place in sorted(rng.sample(found, min(len(found), rng.choice((1, 3, 30)))), key=lambda m: -m.start()):
        letters = re.match(rb"[A-Z]*", place.group()).group()
        if letters and rng.random() < 0.5:
            letters = rng.choice((b"A", b"Z", b"XFD", b"ZZZ", b"ZZZZZZ", b"a"))
        content = content[: place.start()] + letters + str(rng.choice(NUMBERS)).encode() + content[place.end() :]
    return content


def _tags(content: bytes, rng: random.Random) -> bytes:
    """Some tags are doubled, dropped, nested, renamed, or spelled oddly."""
    found = list(re.finditer(rb"<[^<>]{1,300}>", content))
    for place in sorted(rng.sample(found, min(len(found), rng.choice((1, 3, 10)))), key=lambda m: -m.start()):
        tag = place.group()
        new = rng.choice((
            b"", tag * 2, tag * 500, tag.replace(b"<", b"<x:", 1), tag.replace(b'"', b"'"), tag.replace(b" ", b"\n\t"), tag.upper(),
            tag.replace(b"/", b""), b"<!--" + tag, b"<![CDATA[" + tag, b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + tag, tag[:-1],
        ))  # fmt: skip
        content = content[: place.start()] + new + content[place.end() :]
    return content


def _texts(content: bytes, rng: random.Random) -> bytes:
    """Some texts between tags become odd ones."""
    found = list(re.finditer(rb">[^<>]+<", content))
    for place in sorted(rng.sample(found, min(len(found), rng.choice((1, 5, 40)))), key=lambda m: -m.start()):
        new = rng.choice(_ODD_TEXTS)
        content = content[: place.start()] + b">" + new + b"<" + content[place.end() :]
    return content


CHILD = """
import json, resource, sys, time, traceback
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
from benchmarks.measure import own_peak_mb
from review.errors import LedgerError
from review.workbook.reading import read_ledger
for path in map(Path, sys.argv[2:]):
    began, fault = time.process_time(), ""
    print(json.dumps([path.name]), flush=True)
    try:
        read_ledger(path)
        end = "read"
    except LedgerError as error:
        end = "refused" if error.title and error.advice else "refused without advice"
    except BaseException as error:
        end, fault = type(error).__name__, traceback.format_exc()
    print(json.dumps([path.name, end, time.process_time() - began, own_peak_mb(), fault]), flush=True)
"""


def read_batch(paths: list[Path]) -> list[tuple[str, str, float, float, str]]:
    """(file, how it ended, seconds of processor time, MB at the peak so far, trace) for each file, read by child processes."""
    left, ends = list(paths), []
    while left:
        command = [sys.executable, "-c", CHILD, str(_ADDRESS_SPACE), *map(str, left)]
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        try:
            out, err = child.communicate(timeout=60 + 4 * MAX_SECONDS + 2 * len(left))
            hung = False
        except subprocess.TimeoutExpired:
            child.kill()
            out, err = child.communicate()
            hung = True
        lines = [json.loads(line) for line in out.splitlines() if line.startswith("[")]
        done = [tuple(line) for line in lines if len(line) > 1]
        ends += done
        left = left[len(done) :]
        if left and (hung or child.returncode):
            ends.append((left[0].name, "too long" if hung else f"died ({child.returncode})", float(MAX_SECONDS), 0.0, err[-2000:]))
            left = left[1:]
    return ends


def run(folder: Path, files: int, seed: int, workers: int = 2) -> list[tuple[str, str, float, float, str]]:
    """Make and read files 0 … files-1; what came of each, in order."""
    good = seeds(folder / "good")
    ends = []

    def batch(first: int):
        paths = []
        for number in range(first, min(files, first + _BATCH)):
            data, name = damaged(good, seed, number)
            path = folder / f"{number:06}-{name}"
            path.write_bytes(data)
            paths.append(path)
        found = read_batch(paths)
        for path in paths:
            path.unlink()
        return found

    with ThreadPoolExecutor(workers) as pool:
        for found in pool.map(batch, range(0, files, _BATCH)):
            ends += found
            if sys.stderr.isatty():
                print(f"\r{len(ends)} of {files}", end="", file=sys.stderr)
    return ends


def is_find(end: tuple[str, str, float, float, str]) -> bool:
    """Is this what must not happen?"""
    return end[1] not in ("read", "refused") or end[2] > MAX_SECONDS or end[3] > MAX_MB


def main(argv: list[str]) -> int:
    """Run, print what was found; 1 when anything was."""
    import tempfile

    parser = ArgumentParser(prog="python -m benchmarks fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="make this file, keep it beside, and read it here")
    options = parser.parse_args(argv)
    if sys.platform == "win32":
        print("Memory limits for child processes need Linux or macOS.")
        return 2
    with tempfile.TemporaryDirectory(prefix="review-fuzz-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if options.only is not None:
            from review.workbook.reading import read_ledger

            data, file = damaged(seeds(folder / "good"), options.seed, options.only)
            kept = Path(tempfile.gettempdir()) / file
            kept.write_bytes(data)
            print(f"kept as {kept}")
            found = read_ledger(data, file)
            print(f"read: {found.case_count} cases, {found.respondent_count} respondents, {found.reject_count} rejects")
            return 0
        began = time.perf_counter()
        ends = run(folder, options.files, options.seed, os.cpu_count() or 1)
    finds = [end for end in ends if is_find(end)]
    print(f"{len(ends):,} files in {time.perf_counter() - began:,.0f} s: {dict(Counter(end[1] for end in ends))}")
    print(f"slowest {max(end[2] for end in ends):.1f} s of processor time, peak of a child process {max(end[3] for end in ends):,.0f} MB")
    for file, end, seconds, peak, trace in finds[:40]:
        print(f"  {file}: {end}, {seconds:.1f} s, {peak:.0f} MB\n    {trace.strip()[-700:]}")
    print(f"{len(finds)} finds (crashes, unexpected errors, over {MAX_MB} MB, over {MAX_SECONDS} s)")
    return 1 if finds else 0
