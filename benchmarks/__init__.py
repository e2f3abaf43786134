"""Measurements as ratios against named alternatives: ``python -m benchmarks``."""
