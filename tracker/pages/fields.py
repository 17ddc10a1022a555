"""Fields of forms that Django has in another shape."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day as browsers send and show it, whatever the language of the site."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=DayInput, input_formats=["%Y-%m-%d"], **kwargs)
