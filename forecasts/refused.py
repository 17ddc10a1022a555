"""Refusal: the one error of every decision, in words for the person who asked, with the field at fault."""


class Refused(Exception):
    """A decision that cannot be taken; the message says why and what to do instead.

    `field` names the input at fault, as the form has it; "" where it is the decision as such.
    """

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field
