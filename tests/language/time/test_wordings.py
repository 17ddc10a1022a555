"""The large table of wordings: each names a day, or waits for an occasion nobody dated, or is no deadline at all."""

from datetime import date

import pytest

from language.time import deadlines, occasions

PUBLISHED = date(2025, 5, 9)  # a Friday

NAMED = [
    ("It will close by the end of May.", "by the end of May", "2025-05-31"),
    ("It will close at the end of the month.", "at the end of the month", "2025-05-31"),
    ("It will close by month-end.", "by month-end", "2025-05-31"),
    ("It will close at month's end.", "at month's end", "2025-05-31"),
    ("It will close by the end of the week.", "by the end of the week", "2025-05-11"),
    ("It will close by the end of the quarter.", "by the end of the quarter", "2025-06-30"),
    ("It will close by quarter-end.", "by quarter-end", "2025-06-30"),
    ("It will close by the end of next year.", "by the end of next year", "2026-12-31"),
    ("It will close by the end of this century.", "by the end of this century", "2099-12-31"),
    ("It will close before the decade is out.", "before the decade is out", "2029-12-31"),
    ("It will close this decade.", "this decade", "2029-12-31"),
    ("It will close by decade's end.", "by decade's end", "2029-12-31"),
    ("It will close within this decade.", "within this decade", "2029-12-31"),
    ("It will close in the next decade.", "in the next decade", "2035-12-31"),
    ("It will double in the coming decade.", "in the coming decade", "2035-12-31"),
    ("It will double over the next five years.", "over the next five years", "2030-05-09"),
    ("It will double within five years.", "within five years", "2030-05-09"),
    ("It will double within a decade.", "within a decade", "2035-05-09"),
    ("It will double in less than a year.", "in less than a year", "2026-05-09"),
    ("It will double in under two years.", "in under two years", "2027-05-09"),
    ("It will double in 18 months.", "in 18 months", "2026-11-09"),
    ("It will double within eighteen months.", "within eighteen months", "2026-11-09"),
    ("It will double in a year's time.", "in a year's time", "2026-05-09"),
    ("It will double in two years’ time.", "in two years’ time", "2027-05-09"),
    ("It will double a year from now.", "a year from now", "2026-05-09"),
    ("It will double ten years from now.", "ten years from now", "2035-05-09"),
    ("It will double in half a year.", "in half a year", "2025-11-09"),
    ("It will double in the next half-decade.", "in the next half-decade", "2030-05-09"),
    ("It will double within the decade.", "within the decade", "2035-05-09"),
    ("It will double in as little as three weeks.", "in as little as three weeks", "2025-05-30"),
    ("It will double within a fortnight.", "within a fortnight", "2025-05-23"),
    ("It will double in the next two to three years.", "in the next two to three years", "2028-05-09"),
    ("It will double in 3-5 years.", "in 3-5 years", "2030-05-09"),
    ("It will double in three to five years.", "in three to five years", "2030-05-09"),
    ("It should be ready within 24 hours.", "within 24 hours", "2025-05-10"),
    ("It should be ready in the coming hours.", "in the coming hours", "2025-05-10"),
    ("It should be ready in the next few days.", "in the next few days", "2025-05-13"),
    ("It should be ready over the coming months.", "over the coming months", "2025-11-08"),
    ("It should be ready in the years ahead.", "in the years ahead", "2030-05-08"),
    ("It should be ready in coming weeks.", "in coming weeks", "2025-06-23"),
    ("It should be ready in the coming fortnights.", "in the coming fortnights", "2025-08-07"),
    ("It should be ready in the coming quarters.", "in the coming quarters", "2026-03-31"),
    ("It should be ready in the weeks and months ahead.", "in the weeks and months ahead", "2025-11-08"),
    ("It should be ready within months.", "within months", "2025-11-08"),
    ("It should be ready in a matter of weeks.", "in a matter of weeks", "2025-06-23"),
    ("It should be ready within the year.", "within the year", "2026-05-09"),
    ("It should be ready within the month.", "within the month", "2025-06-09"),
    ("It should be ready before the month is out.", "before the month is out", "2025-05-31"),
    ("It should be ready sometime next year.", "next year", "2026-12-31"),
    ("It should be ready early next year.", "early next year", "2026-04-30"),
    ("It should be ready in early 2026.", "in early 2026", "2026-04-30"),
    ("It should be ready late this year.", "late this year", "2025-12-31"),
    ("It should be ready by late 2026.", "by late 2026", "2026-12-31"),
    ("It should be ready by mid-June.", "by mid-June", "2025-06-20"),
    ("It should be ready by early June.", "by early June", "2025-06-10"),
    ("It should be ready in late July.", "in late July", "2025-07-31"),
    ("It should be ready by the middle of 2026.", "by the middle of 2026", "2026-06-30"),
    ("It should be ready by midyear.", "by midyear", "2025-06-30"),
    ("It should be ready by mid-year 2026.", "by mid-year 2026", "2026-06-30"),
    ("It should be ready in Q4.", "in Q4", "2025-12-31"),
    ("It should be ready in the fourth quarter of 2026.", "in the fourth quarter of 2026", "2026-12-31"),
    ("It should be ready by Q2 2027.", "by Q2 2027", "2027-06-30"),
    ("It should be ready in 2027 Q2.", "in 2027 Q2", "2027-06-30"),
    ("It should be ready in 2Q26.", "in 2Q26", "2026-06-30"),
    ("It should be ready in 4Q 2026.", "in 4Q 2026", "2026-12-31"),
    ("It should be ready in the first quarter of next year.", "in the first quarter of next year", "2026-03-31"),
    ("It should be ready in the first three months of 2026.", "in the first three months of 2026", "2026-03-31"),
    ("It should be ready in the last quarter of this year.", "in the last quarter of this year", "2025-12-31"),
    ("It should be ready in the final quarter of 2026.", "in the final quarter of 2026", "2026-12-31"),
    ("Profit will double in FY2027.", "in FY2027", "2027-12-31"),
    ("Profit will double by FY27.", "by FY27", "2027-12-31"),
    ("Profit will double in fiscal 2026.", "in fiscal 2026", "2026-12-31"),
    ("Profit will double in fiscal year 2026.", "in fiscal year 2026", "2026-12-31"),
    ("Profit will double in the 2026 financial year.", "in the 2026 financial year", "2026-12-31"),
    ("Profit will double in the 2026/27 season.", "in the 2026/27 season", "2027-06-30"),
    ("Profit will double in 2026-27.", "in 2026-27", "2027-12-31"),
    (
        "Profit will double in the three months to September 2026.",
        "in the three months to September 2026",
        "2026-09-30",
    ),
    ("Profit will double in the six months through March 2027.", "in the six months through March 2027", "2027-03-31"),
    (
        "Profit will double in the nine months ending 30 June 2027.",
        "in the nine months ending 30 June 2027",
        "2027-06-30",
    ),
    ("Profit will double in the twelve months to June.", "in the twelve months to June", "2025-06-30"),
    ("Profit will double within half a dozen years.", "within half a dozen years", "2031-05-09"),
    ("Pupils will get tablets in the 2026-27 school year.", "in the 2026-27", "2027-06-30"),
    ("The league will use cameras in 2026-27.", "in 2026-27", "2027-06-30"),
    ("The budget for 2026-27 will be cut.", "for 2026-27", "2027-06-30"),
    ("Profit will double between 2026 and 2030.", "between 2026 and 2030", "2030-12-31"),
    ("Profit will double from 2026 to 2030.", "from 2026 to 2030", "2030-12-31"),
    ("Profit will double by 2035 at the latest.", "by 2035", "2035-12-31"),
    ("Profit will double as early as 2027.", "as early as 2027", "2027-12-31"),
    ("Profit will double as soon as next month.", "as soon as next month", "2025-06-30"),
    ("Profit will double no later than 2028.", "no later than 2028", "2028-12-31"),
    ("Profit will double by the year 2040.", "by the year 2040", "2040-12-31"),
    ("Profit will double by 2050.", "by 2050", "2050-12-31"),
    ("Profit will double in the 2030s.", "in the 2030s", "2039-12-31"),
    ("Profit will double by the late 2030s.", "by the late 2030s", "2039-12-31"),
    ("Profit will double by the mid-2030s.", "by the mid-2030s", "2035-12-31"),
    ("Profit will double by midcentury.", "by midcentury", "2050-12-31"),
    ("Profit will double by the middle of the century.", "by the middle of the century", "2050-12-31"),
    ("Profit will double by the turn of the century.", "by the turn of the century", "2099-12-31"),
    ("The court will rule on Monday.", "on Monday", "2025-05-12"),
    ("The court will rule on Friday.", "on Friday", "2025-05-09"),
    ("The court will rule this Sunday.", "this Sunday", "2025-05-11"),
    ("The court will rule next Friday.", "next Friday", "2025-05-16"),
    ("The court will rule this weekend.", "this weekend", "2025-05-11"),
    ("The court will rule next weekend.", "next weekend", "2025-05-18"),
    ("The court will rule over the weekend.", "over the weekend", "2025-05-11"),
    ("The court will rule at the weekend.", "at the weekend", "2025-05-11"),
    ("The court will rule today.", "today", "2025-05-09"),
    ("The court will rule tonight.", "tonight", "2025-05-09"),
    ("The court will rule by tomorrow.", "by tomorrow", "2025-05-10"),
    ("The court will rule the day after tomorrow.", "the day after tomorrow", "2025-05-11"),
    ("The court will rule on Tuesday week.", "on Tuesday week", "2025-05-20"),
    ("The court will rule a week from Monday.", "a week from Monday", "2025-05-19"),
    ("The court will rule on 12 May.", "on 12 May", "2025-05-12"),
    ("The court will rule on May 12th.", "on May 12th", "2025-05-12"),
    ("The court will rule on Monday, May 12.", "on Monday, May 12", "2025-05-12"),
    ("The court will rule on Monday 12 May 2025.", "on Monday 12 May 2025", "2025-05-12"),
    ("The court will rule on the 12th of May.", "on the 12th of May", "2025-05-12"),
    ("The court will rule on Dec 3, 2026.", "on Dec 3, 2026", "2026-12-03"),
    ("The court will rule by 1 Jan.", "by 1 Jan.", "2026-01-01"),
    ("The court will rule by 12/31/2025.", "by 12/31/2025", "2025-12-31"),
    ("The court will rule by 31/12/2025.", "by 31/12/2025", "2025-12-31"),
    ("The court will rule by 31.12.2025.", "by 31.12.2025", "2025-12-31"),
    ("The court will rule by 2025/12/31.", "by 2025/12/31", "2025-12-31"),
    ("The court will rule in May.", "in May", "2025-05-31"),
    ("The court will rule in January.", "in January", "2026-01-31"),
    ("The court will rule next May.", "next May", "2026-05-31"),
    ("The court will rule next January.", "next January", "2026-01-31"),
    ("The court will rule this June.", "this June", "2025-06-30"),
    ("The court will rule in June 2026.", "in June 2026", "2026-06-30"),
    ("The court will rule in June of next year.", "in June of next year", "2026-06-30"),
    ("The court will rule in May next year.", "in May next year", "2026-05-31"),
    ("The court will rule by June or July.", "by June or July", "2025-07-31"),
    ("The court will rule in late June or early July.", "in late June or early July", "2025-07-10"),
    ("The court will rule between June and August.", "between June and August", "2025-08-31"),
    ("The court will rule by the spring.", "by the spring", "2025-05-31"),
    ("The court will rule by the end of the summer.", "by the end of the summer", "2025-08-31"),
    ("The court will rule by summer's end.", "by summer's end", "2025-08-31"),
    ("The court will rule before the summer.", "before the summer", "2025-05-31"),
    ("The court will rule next summer.", "next summer", "2026-08-31"),
    ("The court will rule in the spring of 2026.", "in the spring of 2026", "2026-05-31"),
    ("The court will rule in fall 2026.", "in fall 2026", "2026-11-30"),
    ("The court will rule by winter.", "by winter", "2026-02-28"),
    ("The court will rule before Christmas.", "before Christmas", "2025-12-24"),
    ("The court will rule by New Year's Day.", "by New Year's Day", "2026-01-01"),
    ("The court will rule before the New Year.", "before the New Year", "2025-12-31"),
    ("The court will rule by Easter.", "by Easter", "2026-04-05"),
    ("The court will rule before Easter 2027.", "before Easter 2027", "2027-03-27"),
    ("The court will rule by Thanksgiving.", "by Thanksgiving", "2025-11-27"),
    ("The court will rule by Labor Day.", "by Labor Day", "2025-09-01"),
    ("The court will rule by Halloween.", "by Halloween", "2025-10-31"),
    ("The court will rule before Memorial Day.", "before Memorial Day", "2025-05-25"),
    ("The ban will last until at least June 2026.", "until at least June 2026", "2026-06-30"),
    ("The ban will last through June.", "through June", "2025-06-30"),
    ("The ban will last till 2030.", "till 2030", "2030-12-31"),
    ("The ban will last for the rest of the year.", "for the rest of the year", "2025-12-31"),
    ("The ban will last for the remainder of 2025.", "for the remainder of 2025", "2025-12-31"),
    ("The ban will last for the next six months.", "for the next six months", "2025-11-09"),
    ("The ban will last another two years.", "another two years", "2027-05-09"),
    ("The ban will last for two more years.", "for two more years", "2027-05-09"),
    ("The ban will last for at least three years.", "for at least three years", "2028-05-09"),
    ("The ban will not end before 2027.", "before 2027", "2026-12-31"),
    ("The ban will last throughout 2026.", "throughout 2026", "2026-12-31"),
    ("The ban will end during 2026.", "during 2026", "2026-12-31"),
    ("The ban will end in the course of next year.", "in the course of next year", "2026-12-31"),
    ("The ban expires at midnight on 30 June.", "on 30 June", "2025-06-30"),
    ("The ban expires in 10 days.", "in 10 days", "2025-05-19"),
    ("The ban expires within 30 days.", "within 30 days", "2025-06-08"),
    ("The ban expires within the next 100 days.", "within the next 100 days", "2025-08-17"),
]

OPEN_ENDED = [
    ("He will sign by then.", "by then"),
    ("Nothing will change before the election.", "before the election"),
    ("Nothing will change until the summit.", "until the summit"),
    ("Nothing will change until after the next election.", "until after the next election"),
    ("Nothing will change by the time the summit ends.", "by the time the summit ends"),
    ("Nothing will change until the war ends.", "until the war ends"),
    ("A deal is likely ahead of the G20 summit.", "ahead of the G20 summit"),
    ("A deal is likely before the midterms.", "before the midterms"),
    ("Rates will stay put until inflation falls.", "until inflation falls"),
    ("Rates will stay put until further notice.", "until further notice"),
    ("Rates will stay put for the foreseeable future.", "for the foreseeable future"),
    ("Rates will rise in the near future.", "in the near future"),
    ("Rates will rise in the long run.", "in the long run"),
    ("Rates will rise eventually.", "eventually"),
    ("Rates will rise soon.", "soon"),
    ("Rates will rise sooner or later.", "sooner or later"),
    ("He will sign in due course.", "in due course"),
    ("He will go before the end of his term.", "before the end of his term"),
    ("He will sign at some point.", "at some point"),
    ("They will sign before Ramadan.", "before Ramadan"),
    ("Shops will reopen after the Lunar New Year.", "after the Lunar New Year"),
    ("The law will lapse once the treaty is ratified.", "once the treaty is ratified"),
]

NO_DEADLINE = [
    "It has been so since 2019.",
    "The 2015 deal will hold.",
    "It will cost $3bn in 2030 dollars.",
    "May said it would go ahead.",
    "Mrs May will go.",
    "It grew in 2024.",
    "The 2008 crisis will be remembered.",
    "He won in November last year.",
    "It was the coldest May in years.",
    "In the year to March it grew.",
    "It fell for two weeks.",
    "Last summer they won.",
    "By 2020 it had closed.",
    "He was born in 1990 and will be 35.",
    "Over the past decade it has grown.",
    "The four-day week will spread.",
    "A five-year plan will be drawn up.",
    "The 100-day siege will be told of.",
    "He came before the election.",
    "The deal made before the summit was thin.",
    "It broke until the war ended.",
    "He will march against them.",
    "The march will go on.",
    "The fall will hurt.",
    "He will spring a surprise.",
    "The Sunday Times will print it.",
    "The Monday Club will meet him.",
    "The second half was dull.",
    "Boeing 2030 jets will be sold.",
    "Some 2,026 people will go.",
    "Room 2027 will be painted.",
    "The year was good.",
    "It will cost 20.30 pounds.",
    "He will call at 20:30.",
    "Chapter 11 will follow.",
    "He will serve his 10-year sentence.",
    "Twice a week she will run.",
    "Three times a year it will be held.",
    "Two years ago they said it will fail.",
    "The most since 2019, it will be said.",
    "The 1990s will be remembered.",
    "In the past two years prices will have risen.",
    "The Year's best will be shown.",
    "A decade of growth will be forgotten.",
    "Weeks of talks will be for nothing.",
    "Hundreds of years of custom will be lost.",
    "She will be 2027's rival.",
    "Windows 2025 will ship.",
    "They vote every four years.",
    "The week's losses will be made good.",
    "For years he will be asked about it.",
]


@pytest.mark.parametrize(("text", "words", "on"), NAMED, ids=[row[1] for row in NAMED])
def test_a_wording_names_a_day(text, words, on):
    found = deadlines.find(text, published=PUBLISHED)
    assert found is not None
    assert (found.words, str(found.on)) == (words, on)
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(("text", "words"), OPEN_ENDED, ids=[row[1] for row in OPEN_ENDED])
def test_an_occasion_without_a_day_leaves_the_end_open(text, words):
    found = deadlines.find(text, published=PUBLISHED)
    assert found is not None
    assert (found.words, found.on) == (words, None)
    assert text[found.start : found.end] == words


@pytest.mark.parametrize("text", NO_DEADLINE)
def test_a_trap_is_no_deadline(text):
    assert deadlines.find(text, published=PUBLISHED) is None


DATED = [
    ("The election is due on 3 November 2026.", "They will talk before the election.", "2026-11-02"),
    ("November's midterm elections loom.", "They will talk before the midterms.", "2025-11-30"),
    ("The G20 summit, to be held on June 15, is near.", "They will talk until the summit ends.", "2025-06-15"),
    ("The trial begins in September.", "They will talk by the time the trial is over.", "2025-09-30"),
    ("The 2027 presidential election is far.", "They will talk before the next election.", "2027-12-31"),
]


@pytest.mark.parametrize(("first", "then", "on"), DATED, ids=[row[2] for row in DATED])
def test_an_occasion_that_the_text_dates_has_its_day(first, then, on):
    dated = occasions.days([first], published=PUBLISHED)
    found = deadlines.find(then, published=PUBLISHED, dated=dated)
    assert found is not None
    assert str(found.on) == on


def test_an_occasion_that_is_dated_twice_stays_open():
    texts = ["The election is on 3 November 2026.", "The election in Chile is on 16 November 2025."]
    found = deadlines.find(
        "Both will wait until the election.", published=PUBLISHED, dated=occasions.days(texts, published=PUBLISHED)
    )
    assert found is not None
    assert found.on is None


def test_an_occasion_of_the_past_dates_nothing():
    assert occasions.days(["The election on 3 March 2025 was won."], published=PUBLISHED) == {}


@pytest.mark.parametrize(
    "piece", ["until the ", "by the time ", "the a b election ", "before the next ", "between 2026 and "]
)
def test_a_text_of_nothing_but_beginnings_does_no_harm(piece):
    found = deadlines.find("They will wait " + piece * 20_000, published=PUBLISHED)
    assert found is None or found.end <= 500
