"""Demo ledgers of a city that does not exist, with planted defects at known places."""

from review.demo.ledgers import DemoSummary, write_demo

__all__ = ["DemoSummary", "write_demo"]
