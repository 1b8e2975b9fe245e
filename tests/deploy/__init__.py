"""deploy/ played in a scratch root: what only a real machine can do (packages, users, services) is left out."""
