"""What was typed at the desk and is not saved yet: kept for who typed it, sealed, until they save it or throw it away.

Nothing of it is in a case. A form carries a ticket, by which what was sent without a session is kept for its account.
One rule: nothing is kept in a browser, and nobody but the account itself is shown it.
"""
