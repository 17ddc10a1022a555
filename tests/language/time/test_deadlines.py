from datetime import date

import pytest

from language.time import deadlines

PUBLISHED = date(2025, 5, 9)  # a Friday

NAMED = [
    ("Talks will end by year-end.", "by year-end", "2025-12-31"),
    ("It will be law by the end of the year.", "by the end of the year", "2025-12-31"),
    ("The plant opens by the end of 2026.", "by the end of 2026", "2026-12-31"),
    ("Sales should recover by end-2026.", "by end-2026", "2026-12-31"),
    ("Output will double before the end of 2026.", "before the end of 2026", "2026-12-31"),
    ("They must leave before the year is out.", "before the year is out", "2025-12-31"),
    ("The rate will fall to 2% by year-end 2026.", "by year-end 2026", "2026-12-31"),
    ("It will be over within two years.", "within two years", "2027-05-09"),
    ("It should take effect within 90 days.", "within 90 days", "2025-08-07"),
    ("Troops could arrive within hours.", "within hours", "2025-05-10"),
    ("An attack is expected within 48 hours.", "within 48 hours", "2025-05-11"),
    ("Inflation will peak within the next six months.", "within the next six months", "2025-11-09"),
    ("The ban holds until March.", "until March", "2026-03-31"),
    ("The ban holds until June.", "until June", "2025-06-30"),
    ("Nothing will change until 2028.", "until 2028", "2028-12-31"),
    ("Not until at least 2028 will it end.", "until at least 2028", "2028-12-31"),
    ("Leave by 31 June 2026.", "June 2026", "2026-06-30"),
    ("They want a deal before March.", "before March", "2026-02-28"),
    ("They want a deal before 1 July.", "before 1 July", "2025-06-30"),
    ("A visit is planned for next spring.", "for next spring", "2026-05-31"),
    ("Elections are likely this summer.", "this summer", "2025-08-31"),
    ("Prices may rise in the autumn.", "in the autumn", "2025-11-30"),
    ("Gas could run short this winter.", "this winter", "2026-02-28"),
    ("The fleet will sail in spring 2026.", "in spring 2026", "2026-05-31"),
    ("Emissions must reach zero by mid-century.", "by mid-century", "2050-12-31"),
    ("Seas will rise by the end of the century.", "by the end of the century", "2099-12-31"),
    ("Power will shift over the next decade.", "over the next decade", "2035-12-31"),
    ("It will be built by the end of the decade.", "by the end of the decade", "2029-12-31"),
    ("Petrol cars will vanish by the early 2030s.", "by the early 2030s", "2033-12-31"),
    ("A meeting is likely in the coming weeks.", "in the coming weeks", "2025-06-23"),
    ("More will follow in the coming days.", "in the coming days", "2025-05-19"),
    ("Growth will slow in the months ahead.", "in the months ahead", "2025-11-08"),
    ("It will pay off in the years to come.", "in the years to come", "2030-05-08"),
    ("Voters go to the polls on 3 November 2026.", "on 3 November 2026", "2026-11-03"),
    ("Voters go to the polls on November 3, 2026.", "on November 3, 2026", "2026-11-03"),
    ("They will sign by 31 Dec 2025.", "by 31 Dec 2025", "2025-12-31"),
    ("They will sign by Dec. 31.", "by Dec. 31", "2025-12-31"),
    ("They will sign no later than June 30, 2025.", "no later than June 30, 2025", "2025-06-30"),
    ("They will sign by the 1st of June.", "by the 1st of June", "2025-06-01"),
    ("The two will meet on May 20.", "on May 20", "2025-05-20"),
    ("The treaty expires on 2026-02-05.", "on 2026-02-05", "2026-02-05"),
    ("Trade will grow this year.", "this year", "2025-12-31"),
    ("A vote is due later this year.", "later this year", "2025-12-31"),
    ("A vote is due next year.", "next year", "2026-12-31"),
    ("The tunnel opens in 2027.", "in 2027", "2027-12-31"),
    ("The tunnel will open by 2030.", "by 2030", "2030-12-31"),
    ("The tunnel will open in early 2027.", "in early 2027", "2027-04-30"),
    ("The tunnel will open by mid-2026.", "by mid-2026", "2026-06-30"),
    ("The tunnel will open by late next year.", "by late next year", "2026-12-31"),
    ("It will be done in a couple of months.", "in a couple of months", "2025-07-09"),
    ("It will be done in a few weeks.", "in a few weeks", "2025-06-06"),
    ("He returns in three weeks' time.", "in three weeks' time", "2025-05-30"),
    ("Eighteen more will open 18 months from now.", "18 months from now", "2026-11-09"),
    ("It will take effect in the next 12 to 18 months.", "in the next 12 to 18 months", "2026-11-09"),
    ("They will run dry over the next six to nine months.", "over the next six to nine months", "2026-02-09"),
    ("Revenue will peak in Q3 2026.", "in Q3 2026", "2026-09-30"),
    ("Revenue will peak in the third quarter.", "in the third quarter", "2025-09-30"),
    ("Revenue will peak by the end of the third quarter.", "by the end of the third quarter", "2025-09-30"),
    ("Growth will return in the first half of 2026.", "in the first half of 2026", "2026-06-30"),
    ("Growth will return in the second half of the year.", "in the second half of the year", "2025-12-31"),
    ("Growth will return in H1 2026.", "in H1 2026", "2026-06-30"),
    ("The court will rule by Monday.", "by Monday", "2025-05-12"),
    ("The court will rule next Tuesday.", "next Tuesday", "2025-05-13"),
    ("The court will rule next week.", "next week", "2025-05-18"),
    ("The court will rule by the end of this month.", "by the end of this month", "2025-05-31"),
    ("The court will rule by the middle of next month.", "by the middle of next month", "2025-06-20"),
    ("The court will rule tomorrow.", "tomorrow", "2025-05-10"),
    ("The summit is set for the week of 3 November.", "for the week of 3 November", "2025-11-09"),
    ("Troops will be home by Christmas.", "by Christmas", "2025-12-25"),
    ("The price cap stays through 2027.", "through 2027", "2027-12-31"),
    ("They will meet in 2026 but must agree by June.", "by June", "2025-06-30"),
    ("Leave by 29 February 2028.", "by 29 February 2028", "2028-02-29"),
]


@pytest.mark.parametrize(("text", "words", "on"), NAMED, ids=[row[1] + f" #{n}" for n, row in enumerate(NAMED)])
def test_a_deadline_is_found_with_its_words_and_its_day(text, words, on):
    found = deadlines.find(text, published=PUBLISHED)
    assert found is not None
    assert (found.words, found.on.isoformat()) == (words, on)
    assert text[found.start : found.end] == words


NO_DEADLINE = [
    "",
    "China",
    "In 2024 he won the election.",
    "It has grown since March.",
    "He said on Friday that it will go ahead.",
    "Shares will fall for the first time in two years.",
    "The war began three years ago.",
    "Over the past two years it has grown.",
    "A three-year plan will help.",
    "He may go.",
    "The deadline of 31 December 2024 has passed.",
    "By 2020 the town had grown.",
    "They sent 2030 troops at $2026 each.",
    "Leave at 25:00 on day 99999.",
    "Prices may fall.",
    "from May onwards it rained",
]


@pytest.mark.parametrize("text", NO_DEADLINE)
def test_what_was_or_names_no_time_is_no_deadline(text):
    assert deadlines.find(text, published=PUBLISHED) is None


def test_a_period_that_has_begun_counts_to_its_end():
    found = deadlines.find("It will rain this month.", published=date(2025, 12, 31))
    assert found is not None
    assert found.on == date(2025, 12, 31)


def test_a_month_name_turns_over_at_new_year():
    found = deadlines.find("They will sign by January.", published=date(2025, 12, 30))
    assert found is not None
    assert found.on == date(2026, 1, 31)


def test_the_last_year_of_the_calendar_breaks_nothing():
    assert deadlines.find("in ten years it will end", published=date(9999, 6, 1)) is None


def test_thousands_of_dates_are_read_without_harm():
    text = "They met by 3 May 2026, " * 5_000
    found = deadlines.find(text, published=PUBLISHED)
    assert found is not None
    assert found.on == date(2026, 5, 3)
