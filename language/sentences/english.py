"""English, the only language that is read here: whether a text is in it, and if not why, in words."""

from language.sentences import languages


def not_english(text: str) -> str:
    """The reason not to read `text`; "" where it is English. Looks at the first 20,000 characters."""
    if not languages.LETTER.search(text[: languages.SAMPLE]):
        return "It holds no words."
    language = languages.detect(text)
    if language.is_english:
        return ""
    if language.name == languages.UNKNOWN:
        return "Its language could not be told; only English is read."
    return f"It is written in {language.name}; only English is read."
