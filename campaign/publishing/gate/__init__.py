"""The gate: ten rules, one function each, over one question. `checklist` is the table of them."""
