"""Two texts side by side: which parts they share and which are each one's own."""

from dataclasses import dataclass

from rapidfuzz.distance import Indel

SHORTEST_SHARED = 2  # a single equal character between two differences is chance and would only break the marks up


@dataclass(frozen=True)
class Segment:
    """A part of a text. same: the other text has it too; an empty one that is not marks where the other has something more."""

    text: str
    same: bool


def marked(left: str, right: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Segments of both texts in order; joined, they give the texts back. Difference n of one side faces difference n of the other."""
    blocks: list[list] = []  # [same, left part, right part]
    for code in Indel.opcodes(left, right):
        a, b = left[code.src_start : code.src_end], right[code.dest_start : code.dest_end]
        same = code.tag == "equal"
        inside = same and len(a) < SHORTEST_SHARED and code.src_start > 0 and code.dest_start > 0
        inside = inside and code.src_end < len(left) and code.dest_end < len(right)
        if blocks and (inside or not same) and not blocks[-1][0]:
            blocks[-1][1] += a
            blocks[-1][2] += b
        else:
            blocks.append([same and not inside, a, b])
    return tuple(Segment(a, same) for same, a, _ in blocks), tuple(Segment(b, same) for same, _, b in blocks)
