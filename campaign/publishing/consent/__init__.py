"""Consent: which scopes are in force, who confirmed them, and who signed beside whom."""
