"""Whether a text is English, the only language that is read here, and if not why, in words."""

from language.sentences import languages


def not_english(text: str) -> str:
    """Why `text` is not read; "" where it is English. Looks at the first 20,000 characters."""
    if not languages.LETTER.search(text[: languages.SAMPLE]):
        return "It holds no words."
    told = languages.told(text)
    if told.is_english:
        return ""
    if told.name == languages.UNKNOWN:
        return "Its language could not be told; only English is read."
    return f"It is written in {told.name}; only English is read."
