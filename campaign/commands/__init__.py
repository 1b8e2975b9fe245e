"""`flask ...` groups, thin: each module offers `register(app)`. Commands commit; what they call does not."""
