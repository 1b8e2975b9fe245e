"""The people of the desk, as tests of its pages have them."""

from tests.staff.conftest import case_of, edo, noor, opens, signed_in

__all__ = ["case_of", "edo", "noor", "opens", "signed_in"]
