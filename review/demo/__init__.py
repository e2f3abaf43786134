"""Demo ledgers of a city that does not exist, with planted defects at known places, and a long ledger for measurements."""

from review.demo.flat import write_flat_ledger
from review.demo.ledgers import DemoSummary, write_demo

__all__ = ["DemoSummary", "write_demo", "write_flat_ledger"]
