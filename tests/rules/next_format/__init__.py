"""The next version of both documents, planted: what a developer would write for profile/2 and case/3, and what must
then hold in a home that was filled before.

edits      the change as edits of the source, made while a process of its own imports it
old_home   fills a home by the code as it is
checks     the tests, run by tests/rules/test_next_format.py in that process
"""
