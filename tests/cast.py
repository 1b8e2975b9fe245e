"""The cast: one signed-in person per role. Built by `tests.conftest`; see below for each."""
