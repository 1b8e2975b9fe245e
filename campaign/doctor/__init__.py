"""The doctor: whether what this program promises holds on the living installation, check by check, in plain words.

Each check is a function in the file of its subject and a row of `checks.table`. The sweep keeps what they find
(`results`), so that /readyz and the desk can tell; `flask doctor` asks all of them at once.
"""
