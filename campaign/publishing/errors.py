"""The exceptions of publishing, each with a sentence that says what to do next."""

from collections.abc import Sequence


class Refused(Exception):
    """Something that publishing refuses; its text is a sentence for the person who asked."""


class NotReady(Refused):
    """The gate does not hold. `sentences` are those of the rules that fail."""

    def __init__(self, ref: str, sentences: Sequence[str]) -> None:
        super().__init__(f"{ref} can't be published yet. " + " ".join(sentences))
        self.sentences = tuple(sentences)


class OwnWork(Refused):
    """Somebody tried to publish what they wrote themselves."""


class NotAllowed(Refused):
    """The account's roles do not cover what was asked."""


class NothingNew(Refused):
    """What would be published is public already, word for word."""


class NotPublic(Refused):
    """There is nothing public to withdraw, narrow or pause."""


class AddsSomething(Refused):
    """A narrowing would have added or changed something: it may only take away."""


class NotConfirmed(Refused):
    """A consent or a risk was to be confirmed by somebody who may not confirm it."""


class OnHold(Refused):
    """A hold lies on the profile: it returns only when two people ask for it."""


class TooManyPauses(Refused):
    """Somebody has paused three profiles today."""


class SecondPersonNeeded(Refused):
    """The same person asked and agreed; another one has to agree."""


class CannotProject(Refused):
    """A fact of the case could not be projected: somebody has to repair it first."""


class NoSuchRow(Refused):
    """No consent or risk of this id is in the case."""


class ReadEarlier(Refused):
    """Somebody signs a revision that was saved over since they read it."""
