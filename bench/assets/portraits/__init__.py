"""Portraits of people who do not exist, drawn for the demonstration: `python -m bench.assets.portraits`."""
