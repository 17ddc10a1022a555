"""Detection of English by letters and by the commonest words; only English is read here."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from language.sentences.words import TOKEN

SAMPLE = 20_000  # characters that are looked at; a long text does not change its language after them
ENOUGH = 0.08  # share of a text's words that must be among the commonest of its language
DIFFERENT = 2  # telling words that another language than English must show
UNKNOWN = "unknown"
LETTER = re.compile(r"[^\W\d_]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

# Words that are frequent in one language and rare in the others; those that several share tell by the rest.
TELLING = {
    "English": "the of and to in is that for it with as was on are by this be from at have has not which but"
    " will would could may can their they its been were he she his her an or who said we you i our about than"
    " more if when what there going year new after people my let get because very want just had did does also",
    "German": "der die das und ist nicht mit den von zu ein eine auf für im dem sich des auch werden wird sind"
    " als bei es wie nach aus einen einer kann haben oder",
    "French": "le la les des et est une dans que pour qui sur par au avec pas plus ce cette sont du ne de il"
    " elle nous vous être ou aux en un sa son ont",
    "Spanish": "el los las es en que una por con para del se al como más su son pero lo fue de la no un sin"
    " sobre este esta ha han",
    "Italian": "il di che per una con del della sono non si da le alla nel gli dei anche più la un ha ad"
    " questo essere come dal",
    "Portuguese": "os as que não uma com para da em no na por mais dos foi ao são como de um se sua ou pelo"
    " pela este esta",
    "Dutch": "het een van en dat niet zijn met op voor te aan wordt ook bij naar maar door er de is worden"
    " deze dit of uit kan moet om",
    "Swedish": "och att det som en är på för av den med inte till om har ett från kan vara eller detta denna"
    " ska vid men så",
    "Danish or Norwegian": "og at det som en er på for af av den med ikke til om har et fra kan være eller"
    " dette denne skal ved men så du",
    "Finnish": "ja on ei että se oli ovat mutta kun tai myös voi olla hän kuin jos joka ole tämä tämän niin"
    " sen",
    "Polish": "na nie się że jest jak dla po od przez ale są być oraz lub tym może został za",
    "Czech or Slovak": "na je se že pro od jako ale by byl není nebo tento sa nie pre ako alebo musí bol po",
    "Romanian": "și în de la cu pe nu este care sunt din pentru un fost mai sau acest această că trebuie să",
    "Hungarian": "az és hogy nem egy is van ez meg volt csak vagy kell már még lehet el azt mint",
    "Turkish": "ve bir bu için ile da olarak çok daha olan gibi değil en var sonra veya ya lütfen ne",
    "Indonesian or Malay": "yang dan di untuk dengan ini itu dari tidak pada adalah ke dalam akan atau telah"
    " bahwa oleh ialah",
    "Vietnamese": "và của là có không được cho trong với các một này những người đã để khi từ phải",
}  # fmt: skip
STOPS = {name: frozenset(listed.split()) for name, listed in TELLING.items()}


@dataclass(frozen=True, slots=True)
class DetectedLanguage:
    """`name` is a language, "Cyrillic letters" or the like, or "unknown"; `share` of the text shows it."""

    name: str
    share: float

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
