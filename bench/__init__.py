"""Benchmarks, as ratios to anchors that are measured in the same run: machines are shared and noisy."""
