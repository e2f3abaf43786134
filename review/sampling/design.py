"""How a sample is to be drawn: method, allocation, bounds of a stratum, and how must-review cases count."""

from dataclasses import asdict, dataclass

from review.errors import SampleError

METHODS = {"simple": "简单随机（各案机会均等）", "pareto": "风险加权（疑似问题程度高的机会大）"}
ALLOCATIONS = {"proportional": "按案件数", "neyman": "内曼分配（差别大的层多抽）"}
MUST_MODES = {"added": "另加（不占随机名额）", "counted": "计入比例（先占名额，其余随机抽）"}


@dataclass(frozen=True)
class Design:
    """method: simple/pareto; allocation: proportional/neyman (standard deviation of the suspected problems per case in the stratum);
    minimum, maximum: cases drawn at random from each stratum, None no limit; must_mode: added/counted.

    Raises SampleError for words it does not know and for bounds that can't be.
    """

    method: str = "simple"
    allocation: str = "proportional"
    minimum: int = 1
    maximum: int | None = None
    must_mode: str = "added"

    def __post_init__(self):
        for name, known in (("method", METHODS), ("allocation", ALLOCATIONS), ("must_mode", MUST_MODES)):
            if getattr(self, name) not in known:
                words = "、".join(f"{code}（{label}）" for code, label in known.items())
                raise SampleError(f"不认识的抽样设定“{getattr(self, name)}”。", f"可用的有：{words}。")
        if self.minimum < 1:
            raise SampleError(f"每层最少 {self.minimum} 件不能使用。", "有案件的层至少抽 1 件，请填 1 或更大的数。")
        if self.maximum is not None and self.maximum < self.minimum:
            raise SampleError(f"每层最多 {self.maximum} 件，少于最少的 {self.minimum} 件。", "请改大“每层最多”，或改小“每层最少”。")

    def as_dict(self) -> dict:
        """As the column ``design`` of samples and sample_plans keeps it."""
        return asdict(self)

    @property
    def words(self) -> str:
        """The design in one Chinese line."""
        most = "不限" if self.maximum is None else f"{self.maximum} 件"
        bounds = f"每层最少 {self.minimum} 件、最多{most}"
        return f"{METHODS[self.method]}；名额{ALLOCATIONS[self.allocation]}；{bounds}；必查{MUST_MODES[self.must_mode]}"
