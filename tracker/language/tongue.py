"""Whether a text is English, the only language that is read here."""

from collections import Counter

from tracker.language import words

SAMPLE = 20_000
ENOUGH = 0.08  # of all words, among the commonest of a language
TELLING = {
    "English": "the of and to in is that for it with as was on are by this be from at have has not which but will",
    "German": "der die das und ist nicht mit den von zu ein eine auf für im dem sich des auch werden wird sind als",
    "French": "le la les des et est une dans que pour qui sur par au avec pas plus ce cette sont du ne",
    "Spanish": "el los las y es en que una por con para del se al como más su son pero lo fue",
    "Italian": "il di che è per una con del della sono non si da le alla nel gli dei anche più",
    "Portuguese": "o os as que é não uma com para do da em na por mais dos foi ao são como",
    "Dutch": "het een van en dat niet zijn met op voor te aan wordt ook bij naar maar door er",
}  # fmt: skip
STOPS = {language: frozenset(listed.split()) for language, listed in TELLING.items()}


def not_english(text: str) -> str:
    """Why `text` is not read, in words; "" where it is English. Looks at the first 20,000 characters."""
    found = Counter(word.lower() for word in words.TOKEN.findall(text[:SAMPLE]))
    total = found.total()
    if not total:
        return "It holds no words."
    shares = {language: sum(found[word] for word in stops) / total for language, stops in STOPS.items()}
    best = max(shares, key=lambda language: shares[language])
    if shares[best] < ENOUGH:
        return "Its language could not be told; only English is read."
    return "" if best == "English" else f"It reads as {best}; only English is read."
