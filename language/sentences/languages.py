"""Detection of a text's language by its letters and by the commonest words."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from language import wordlists
from language.sentences.words import TOKEN

SAMPLE = 20_000  # characters that are looked at; a long text does not change its language after them
ENOUGH = 0.08  # share of a text's words that must be among the commonest of its language
DIFFERENT = 2  # telling words that another language than English must show
UNKNOWN = "unknown"
UNTOLD = "und"  # the code of a language that could not be told
LETTER = re.compile(r"[^\W\d_]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

STOPS = {name: wordlists.words(listed) for name, listed in wordlists.read("languages").items()}

# Codes as in an attribute `lang` (BCP 47); of two languages that are not told apart, that of the first.
CODES = {
    "English": "en",
    "German": "de",
    "French": "fr",
    "Spanish": "es",
    "Italian": "it",
    "Portuguese": "pt",
    "Dutch": "nl",
    "Swedish": "sv",
    "Danish or Norwegian": "da",
    "Finnish": "fi",
    "Polish": "pl",
    "Czech or Slovak": "cs",
    "Romanian": "ro",
    "Hungarian": "hu",
    "Turkish": "tr",
    "Vietnamese": "vi",
    "Indonesian or Malay": "id",
    "Greek letters": "el",
    "Hebrew letters": "he",
    "Thai letters": "th",
    "Hangul letters": "ko",
    "Hiragana letters": "ja",
    "Katakana letters": "ja",
    "Cjk letters": "zh",
    "Cyrillic letters": "und-Cyrl",
    "Arabic letters": "und-Arab",
    "Devanagari letters": "und-Deva",
    "Georgian letters": "ka",
    "Armenian letters": "hy",
    "Bengali letters": "bn",
    "Tamil letters": "ta",
}


@dataclass(frozen=True, slots=True)
class DetectedLanguage:
    """`name` is a language, "Cyrillic letters" or the like, or "unknown"; `share` of the text shows it."""

    name: str
    share: float

    @property
    def code(self) -> str:
        """The code for the attribute `lang` of a page; "und" where it could not be told."""
        return CODES.get(self.name, UNTOLD)

    @property
    def is_english(self) -> bool:
        """Whether the text shows that it is English."""
        return self.name == "English"

    @property
    def is_foreign(self) -> bool:
        """Whether the text shows that it is not; one of few words may show neither."""
        return self.name not in ("English", UNKNOWN)


def detect(text: str) -> DetectedLanguage:
    """The language of the first 20,000 characters; "unknown" where they hold too little to tell. Bounded time."""
    sample = INVISIBLE.sub("", text[:SAMPLE])
    scripts = Counter(_script(letter) for letter in LETTER.findall(sample))
    if not scripts:
        return DetectedLanguage(UNKNOWN, 0.0)
    script, letters = scripts.most_common(1)[0]
    if script != "LATIN":
        return DetectedLanguage(f"{script.capitalize()} letters", letters / scripts.total())
    return _by_words(sample)


def _by_words(sample: str) -> DetectedLanguage:
    counts = Counter(word.lower() for word in TOKEN.findall(sample))
    shares = {name: sum(counts[word] for word in stops) / counts.total() for name, stops in STOPS.items()}
    best = max(shares, key=lambda name: shares[name])
    # One word may be a name, or shared: "a" is Hungarian, too.
    if shares[best] < ENOUGH or (best != "English" and len(STOPS[best] & counts.keys()) < DIFFERENT):
        return DetectedLanguage(UNKNOWN, shares[best])
    return DetectedLanguage(best, shares[best])


def _script(letter: str) -> str:
    """The first word of the letter's Unicode name: LATIN, CYRILLIC, ARABIC, CJK; "OTHER" where it has no name."""
    return unicodedata.name(letter, "OTHER").split(maxsplit=1)[0] if letter > "\x7f" else "LATIN"
