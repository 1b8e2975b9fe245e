"""The projection: from a case file to a profile, field by field. What is not named here does not leave."""
