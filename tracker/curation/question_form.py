"""The form of a question that is to be opened, for pages, admin and command line alike."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from forecasts.models import Proposition
from forecasts.refused import Refused
from tracker.curation.fields import DayField, PercentField, WordsField
from tracker.curation.questions import open_question, refusals
from tracker.models import Claim, User


class QuestionForm(forms.ModelForm[Proposition]):
    """All that a person says of a new question; what cannot be opened so is an error beside its field.

    `at` is now by default. The question that `claim` is put to already is no twin.
    """

    question = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Such as “Will our town have a new bridge by 30 June 2027?”",
    )
    statement = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 2}),
        label="What Yes means",
        help_text="One sentence that stands by itself.",
    )
    resolution_criteria = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}),
        label="Criteria",
        help_text="What must be reported, and by whom, for Yes; anything else is No. Two strangers should rule alike.",
    )
    opens_on = DayField(label="Opens on", help_text="Forecasts and news count from this day (UTC) on.")
    deadline = DayField(help_text="The last day that counts (UTC).")
    process = forms.ChoiceField(
        choices=[("", "not said"), *Proposition.Process.choices],
        required=False,
        label="Kind of process",
        help_text="While no news comes, an event grows less likely as its deadline nears, a state more likely.",
    )
    prior = PercentField(
        required=False,
        label="Base rate, in per cent",
        help_text="How often such things came true, from 1 to 99. Left empty, the chances begin even.",
    )
    prior_reason = forms.CharField(
        required=False,
        label="Counted in which reference class",
        help_text="Such as: of the last 20 bridges that were planned here, four opened on time.",
    )
    topic = forms.CharField(required=False, help_text="In a word or two; questions are listed by it.")
    sources = WordsField(required=False, help_text="Where the answer will be found, parted by commas.")
    keywords = WordsField(required=False, help_text="Words that reports would use, parted by commas.")
    actors = WordsField(required=False, help_text="States, people and bodies involved, parted by commas.")
    written_with_hindsight = forms.BooleanField(
        required=False,
        label="Written with hindsight",
        help_text="Tick it when the outcome can be known today: such questions show the method and rank nobody.",
    )

    class Meta:
        model = Proposition
        fields = (
            *("question", "statement", "resolution_criteria", "opens_on", "deadline", "process", "prior"),
            *("prior_reason", "topic", "sources", "keywords", "actors", "written_with_hindsight"),
        )

    def __init__(self, *args: Any, at: datetime | None = None, claim: Claim | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at, self.claim = at or timezone.now(), claim

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        faulty = set(self.errors)
        for refusal in refusals(Proposition(**cleaned), at=self.at, claim=self.claim):
            if refusal.field not in faulty:
                self.refuse(refusal)
        return cleaned

    def refuse(self, refusal: Refused) -> None:
        """Say what stands in the way, beside the field that it is about."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))

    def opened(self, *, by: User | str) -> Proposition | None:
        """The question, opened; None where the form says what stands in the way."""
        if not self.is_valid():
            return None
        try:
            return open_question(self.instance, by=by, at=self.at)
        except Refused as refused:
            self.refuse(refused)
            return None
