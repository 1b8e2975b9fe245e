"""Places: the region's gazetteer under every spelling, what a place cell of a sheet says, facilities.

Imports only the ground floor. Place facts: GeoNames (CC BY 4.0), codes GB/T 2260; see data/README.md.
"""
