"""Fields of forms as people type them: a day, a chance in per cent, a list of words."""

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


class PercentField(forms.FloatField):
    """A chance, typed and shown in per cent."""

    def to_python(self, value: Any) -> Any:
        percent = super().to_python(value)
        return None if percent is None else percent / 100

    def prepare_value(self, value: Any) -> Any:
        return f"{100 * value:g}" if isinstance(value, float) else value


class WordsField(forms.CharField):
    """Words or names parted by commas; a file may give them as a list."""

    def to_python(self, value: Any) -> Any:
        words = value if isinstance(value, list | tuple) else str(value or "").split(",")
        return [word for word in (super(WordsField, self).to_python(word) for word in words) if word]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value
