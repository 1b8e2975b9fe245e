"""How fast the house is, as ratios to anchors that are measured in the same run: machines are shared and noisy."""
