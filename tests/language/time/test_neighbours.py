"""Neighbours of wordings that were once misread: each kind in other words, seen from one day."""

from datetime import date

import pytest

from language.time import deadlines, frames

PUBLISHED = date(2026, 5, 12)
NEIGHBOURS = [
    ("The plant will open by Q1/2029.", "2029-03-31"),
    ("The plant will open in Q4'27.", "2027-12-31"),
    ("The plant will open in Q2 '29.", "2029-06-30"),
    ("The plant will open in 3Q FY28.", "2028-09-30"),
    ("The plant will open in 1H FY2027.", "2027-06-30"),
    ("The plant will open in 4Q27.", "2027-12-31"),
    ("The plant will open in FY28 Q2.", "2028-06-30"),
    ("The plant will open in 2028 H1.", "2028-06-30"),
    ("The plant will open in 2027/Q3.", "2027-09-30"),
    ("The plant will open in the first half of fiscal 2029.", "2029-06-30"),
    ("The plant will open in the second quarter of the fiscal year 2030.", "2030-06-30"),
    ("The plant will open in the third quarter of financial year 2028.", "2028-09-30"),
    ("The plant will open in Q1 FY2026/27.", "2027-03-31"),
    ("The plant will open in the fourth quarter of next year.", "2027-12-31"),
    ("The ship will sail within thirty-six months.", "2029-05-12"),
    ("The ship will sail within eighteen months.", "2027-11-12"),
    ("The ship will sail in forty-five days.", "2026-06-26"),
    ("The ship will sail in fifteen months.", "2027-08-12"),
    ("The ship will sail within a dozen weeks.", "2026-08-04"),
    ("The ship will sail over the next twenty-five years.", "2051-05-12"),
    ("The ship will sail within two dozen months.", "2028-05-12"),
    ("The ship will sail over the next two to three years.", "2029-05-12"),
    ("The ship will sail in eleven weeks.", "2026-07-28"),
    ("Sales will rise over the next eight quarters.", "2028-03-31"),
    ("Sales will rise over the coming quarters.", "2027-03-31"),
    ("Sales will rise in the quarters ahead.", "2027-03-31"),
    ("The road will reopen in a week or two.", "2026-05-26"),
    ("The road will reopen in a month or so.", "2026-07-12"),
    ("The road will reopen within a year or two.", "2028-05-12"),
    ("The road will reopen in the next year or two.", "2028-05-12"),
    ("The road will open not before May 2027.", "None"),
    ("The road will open no sooner than 2027.", "None"),
    ("The road will open not earlier than June 2027.", "None"),
    ("The road will open in June 2027 at the earliest.", "None"),
    ("The road will not open before June 2027.", "2027-05-31"),
    ("On Friday the board ruled that the mine will close in 2029.", "2029-12-31"),
    ("Last week Ida Holm said the toll will end in 2028.", "2028-12-31"),
    ("In a report on Monday the bank predicted that prices will fall by 2027.", "2027-12-31"),
    ("This week the union warned that trains will stop in June.", "2026-06-30"),
    ("Earlier today the mayor announced the bridge will open by October.", "2026-10-31"),
    ("Prices will fall by 2027, Holm told a rally on Sunday.", "2027-12-31"),
    ("“Prices will fall by 2027,” Holm said in an interview in May.", "2027-12-31"),
    ("In Melbourne, rents will rise this summer.", "2027-02-28"),
    ("New Zealand will vote this spring.", "2026-11-30"),
    ("Cape Town will run dry next winter.", "2027-08-31"),
    ("In Oslo, rents will rise this winter.", "2027-02-28"),
    ("The plant will open by Easter next year.", "2027-03-28"),
    ("The plant will open by the end of next month.", "2026-06-30"),
    ("The plant will open later this decade.", "2029-12-31"),
    ("The plant will open by the 5th.", "2026-06-05"),
    ("The plant will open by the 31st of this month.", "2026-05-31"),
    ("The plant will open on the 3rd of next month.", "2026-06-03"),
    ("Talks will resume in the last week of August.", "2026-08-31"),
    ("Talks will resume in the first week of next month.", "2026-06-07"),
    ("Talks will resume in the third week of January.", "2027-01-21"),
    ("Talks will resume the month after next.", "2026-07-31"),
    ("Talks will end the year after next.", "2028-12-31"),
    ("It will be the best of the 20th century.", "None"),
    ("Wages will rise within quarters.", "2027-03-31"),
    ("The vote will be lost by Election Day.", "2026-11-03"),
    ("Results will be announced Saturday.", "2026-05-16"),
    ("Friday will bring rain.", "2026-05-15"),
    ("Storms are possible both Friday and Saturday.", "2026-05-16"),
    ("Storms will hit the coast Friday into Sunday.", "2026-05-17"),
    ("Cities could be flooded Saturday and/or Sunday.", "2026-05-17"),
    ("Rain will fall on Sunday night and Monday.", "2026-05-18"),
    ("It will not ease until the middle of next week.", "2026-05-20"),
    ("The bridge will open by the middle of next year.", "2027-06-30"),
    ("The bridge will open in the middle of next year.", "2027-08-31"),
    ("The alliance will fall by the mid-2040s.", "2045-12-31"),
    ("The alliance will fall in the mid-2040s.", "2046-12-31"),
    ("The alliance will fall by the early 2040s.", "2043-12-31"),
    ("Revenue will rise in the June quarter.", "2026-06-30"),
    ("Revenue will rise in the March quarter.", "2027-03-31"),
    ("Revenue will rise in the December quarter of 2027.", "2027-12-31"),
    ("Norland is on track to hit its 2035 emissions target.", "2035-12-31"),
    ("Norland will miss the 2030 goal.", "2030-12-31"),
    ("The report sets a 2035 target.", "None"),
    ("Sales rose in ten years, and will again in the next ten.", "2036-05-12"),
    ("Holm will win the league in the 2026-27 season.", "2027-06-30"),
    ("The sect will be forgotten in 44 years.", "2070-05-12"),
    ("Seas will rise over the next 100 years.", "2126-05-12"),
    ("Holm will ultimately win.", "None"),
]


@pytest.mark.parametrize(("text", "on"), NEIGHBOURS, ids=[row[0][:60] for row in NEIGHBOURS])
def test_a_wording_of_a_known_kind_names_its_day(text, on):
    found = deadlines.find(text, published=PUBLISHED)
    assert str(found.on if found else None) == on


@pytest.mark.parametrize(
    ("heading", "published", "last"),
    [
        ("Predictions for 2027", "2026-05-12", "2027-12-31"),
        ("Summer:", "2026-05-12", "2026-08-31"),
        ("Outlook 2026/27", "2026-05-12", "2027-12-31"),
        ("Election Day 2028", "2026-05-12", "2028-11-07"),
        ("What to expect next week", "2026-05-12", "2026-05-24"),
        ("Ten trends for the next decade", "2029-12-20", "2039-12-31"),
        ("Where we will be by 2030", "2026-05-12", "2030-12-31"),
        ("My predictions", "2026-12-28", "2027-12-31"),
        ("My predictions", "2027-01-03", "2027-12-31"),
        ("My predictions", "2026-05-12", "None"),
        ("The best of 2019", "2026-05-12", "None"),
        ("Sport", "2026-12-28", "None"),
    ],
)
def test_a_heading_gives_its_period_to_what_follows(heading, published, last):
    frame = frames.read(heading, published=date.fromisoformat(published))
    assert str(frame.last if frame else None) == last


def test_a_frame_holds_only_where_the_claim_names_no_time():
    frame = frames.read("Predictions for 2028", published=PUBLISHED)
    assert str(deadlines.find("Holm wins.", published=PUBLISHED, frame=frame).on) == "2028-12-31"
    assert str(deadlines.find("Holm will win by 2029.", published=PUBLISHED, frame=frame).on) == "2029-12-31"
    assert str(deadlines.find("Holm will win by June.", published=PUBLISHED, frame=frame).on) == "2028-06-30"
