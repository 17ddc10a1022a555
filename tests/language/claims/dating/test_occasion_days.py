from datetime import date

import pytest

from language.claims import extraction

US = "Republicans and Democrats have spent a fortune in every swing state. "
DEBATE = "Lund and Berg meet in the debate. The debate will be watched by millions on Monday night. "
VOTE = "Polls give Lund a wide lead ahead of Friday's election against Berg. "
LOST = "The government lost a vote. A new vote is on Thursday. "
SAID = "The match is sold out, Lund said on Wednesday. The match will be seen by 9,000. "
EVENTS = [
    ("Vote lost", LOST + "Berg will win the next general election.", "Berg will", "2031-05-12", "None"),
    ("Premier League: United lead", "Rovers will win the title this season.", "Rovers", "2031-09-01", "2032-06-05"),
    ("Premier League: United lead", "Rovers will build a new stand.", "Rovers", "2031-09-01", "None"),
    ("Rovers meet United", SAID + "Rovers will beat United.", "Rovers will", "2031-05-14", "None"),
    (
        "Who takes the White House?",
        US + "The election is close. Lund will win the presidency.",
        "Lund",
        "2032-10-20",
        "2032-11-02",
    ),
    ("Election Day 2032", US + "Lund will win by 300 electoral votes.", "Lund", "2032-11-02", "2032-11-02"),
    ("Predictions for Election 2032", US + "Lund will carry nine states.", "Lund", "2032-03-01", "2032-11-02"),
    (
        "Lund ahead",
        VOTE + "She is on track to become prime minister of Holm. The election is hers.",
        "on track",
        "2031-05-14",
        "2031-05-16",
    ),
    (
        "Lund ahead",
        VOTE + "Results will be announced Saturday. Lund will win the election.",
        "Lund will",
        "2031-05-14",
        "2031-05-17",
    ),
    ("Lund and Berg meet", DEBATE + "Lund will win the debate.", "Lund will", "2031-05-10", "2031-05-12"),
    ("Lund and Berg meet", DEBATE + "After the debate, Berg will lose money.", "Berg will", "2031-05-10", "None"),
    ("Lund and Berg meet", DEBATE + "The harbour of Holm will be dredged.", "harbour", "2031-05-10", "None"),
    (
        "Rovers meet United",
        "The final is on 12 June. Fans sing before the final. Rovers will beat United.",
        "Rovers will",
        "2031-05-10",
        "2031-06-12",
    ),
    (
        "Preview: Rovers v United",
        "The match is on Saturday. The match will be seen by 9,000. Both sides will press.",
        "press",
        "2031-05-14",
        "2031-05-17",
    ),
    ("The Oscars preview", "Best film\n\nWill win - The Glass Pier", "Glass Pier", "2027-02-01", "2027-03-14"),
    (
        "NBA preview 2031-32",
        "1. Holm Harriers (60-22)\n\nThey will win the title.",
        "Harriers",
        "2031-10-20",
        "2032-04-15",
    ),
    (
        "NBA preview 2031-32",
        "1. Holm Harriers (60-22)\n\nThey will win the title.",
        "title",
        "2031-10-20",
        "2032-06-30",
    ),
    ("Premier League predictions 2031/32", "1. Holm Rovers will finish first.", "Rovers", "2031-08-01", "2032-05-31"),
    ("NFL predictions 2031", "1. The Holm Bears will go 12-5.", "Bears", "2031-08-01", "2032-01-10"),
    (
        "A case before the justices",
        US + "The Supreme Court hears it. The Supreme Court will overturn the law.",
        "overturn",
        "2032-02-26",
        "2032-06-30",
    ),
    (
        "A case before the justices",
        US + "SCOTUS took it. We put her at 85% chance of ruling for SCOTUS to act.",
        "85%",
        "2032-10-26",
        "2033-06-30",
    ),
    (
        "A case before the justices",
        US + "The Supreme Court hears it. The harbour of Holm will be dredged.",
        "harbour",
        "2032-02-26",
        "None",
    ),
]


@pytest.mark.parametrize(
    ("title", "text", "words", "published", "on"), EVENTS, ids=[row[0] + row[3] + row[2] for row in EVENTS]
)
def test_a_claim_about_the_event_of_its_text_has_its_day(title, text, words, published, on):
    claims = extraction.propose(text, published=date.fromisoformat(published), title=title)
    claim = min((claim for claim in claims if words in claim.text), key=lambda claim: len(claim.text))
    assert str(claim.deadline) == on
