"""What each site says, read from documents in the form of its API; whatever is nonsense is refused in words."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from forecasts.outside.answers import MOST_BYTES, OutsideState
from forecasts.outside.sources import parse
from forecasts.refused import Refused

NOW = datetime(2026, 2, 6, 9, 0, tzinfo=UTC)


def post(*, latest=None, history=(), **question):
    aggregations = {"recency_weighted": {"latest": latest, "history": list(history)}}
    whole = {"type": "binary", "status": "open", "resolution": None, "aggregations": aggregations, **question}
    return {"id": 7, "title": "Will it rain in May?", "question": whole}


def market(**fields):
    return {"question": "Rain?", "outcomeType": "BINARY", "probability": 0.4, "isResolved": False, **fields}


def gamma(prices=("0.655", "0.345"), outcomes=("Yes", "No"), **fields):
    lists = {"outcomes": json.dumps(list(outcomes)), "outcomePrices": json.dumps(list(prices))}
    return {"question": "Rain?", "closed": False, **lists, **fields}


def read(source, document, *, question=""):
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return parse(source, body, question_id=question, now=NOW)


ITEM = {"start_time": 1.7e9, "end_time": None, "centers": [0.3], "forecast_values": [0.7, 0.3]}


@pytest.mark.parametrize(
    ("source", "document", "probability", "state", "outcome"),
    [
        ("metaculus", post(latest=ITEM), 0.3, OutsideState.OPEN, ""),
        ("metaculus", post(latest={"centers": None, "forecast_values": [0.2, 0.8]}), 0.8, OutsideState.OPEN, ""),
        ("metaculus", post(history=[{"centers": [0.1]}, ITEM]), 0.3, OutsideState.OPEN, ""),
        ("metaculus", post(latest={"centers": None, "forecast_values": None}), None, OutsideState.OPEN, ""),
        ("metaculus", post(), None, OutsideState.OPEN, ""),
        ("metaculus", post(latest=ITEM, status="closed"), 0.3, OutsideState.CLOSED, ""),
        ("metaculus", post(latest=ITEM, status="resolved", resolution="yes"), 0.3, OutsideState.RESOLVED, "yes"),
        ("metaculus", post(latest=ITEM, status="resolved", resolution="annulled"), 0.3, OutsideState.RESOLVED, "void"),
        ("manifold", market(), 0.4, OutsideState.OPEN, ""),
        ("manifold", market(probability=1), 0.999, OutsideState.OPEN, ""),
        ("manifold", market(isResolved=True, resolution="NO"), 0.4, OutsideState.RESOLVED, "no"),
        ("manifold", market(isResolved=True, resolution="MKT"), 0.4, OutsideState.RESOLVED, "void"),
        ("polymarket", [gamma()], 0.655, OutsideState.OPEN, ""),
        ("polymarket", gamma(("0.2", "0.8"), ("No", "Yes")), 0.8, OutsideState.OPEN, ""),
        ("polymarket", [{"slug": "rain", "markets": [gamma()]}], 0.655, OutsideState.OPEN, ""),
        (
            "polymarket",
            [gamma(("1", "0"), closed=True, umaResolutionStatus="resolved")],
            0.999,
            OutsideState.RESOLVED,
            "yes",
        ),
        (
            "polymarket",
            [gamma(("1", "0"), closed=True, umaResolutionStatus="proposed")],
            0.999,
            OutsideState.CLOSED,
            "",
        ),
        (
            "polymarket",
            [gamma(("0.001", "0.999"), closed=True, umaResolutionStatus="resolved")],
            0.001,
            OutsideState.RESOLVED,
            "no",
        ),
        ("polymarket", [gamma(("0.5", "0.5"), closed=True)], 0.5, OutsideState.RESOLVED, "void"),
        ("polymarket", [gamma(("0.7", "0.3"), closed=True)], 0.7, OutsideState.CLOSED, ""),
        ("table", b"\xef\xbb\xbfprobability\r\n.25\r\n.35\r\n", 0.35, OutsideState.OPEN, ""),
        ("table", b"at,probability\n2026-02-06,0.6\n2026-02-01T12:00Z,.5\n2027-01-01,.9\n", 0.6, OutsideState.OPEN, ""),
    ],
)
def test_chance_state_and_outcome_are_read(source, document, probability, state, outcome):
    said = read(source, document)
    assert (said.probability, said.state, said.outcome) == (probability, state, outcome)


def test_a_table_may_hold_several_questions():
    table = b'Question,Probability\n"Rain, in May",0.2\nSnow,0.7\n'
    assert read("table", table, question="Rain, in May").probability == 0.2
    with pytest.raises(Refused, match="no row for “Hail” yet"):
        read("table", table, question="Hail")


def test_a_market_past_its_close_is_no_longer_open():
    closes = NOW + timedelta(minutes=1)
    said = read("manifold", market(closeTime=int(closes.timestamp() * 1000)))
    assert (said.is_open(NOW), said.is_open(closes)) == (True, False)
    assert read("manifold", market(closeTime=10**300)).is_open(NOW)


@pytest.mark.parametrize(
    ("source", "document", "words"),
    [
        *((site, body, words) for site in ("metaculus", "manifold", "polymarket") for body, words in (
            (b"", "not proper JSON"),
            (b"<html>Please wait</html>", "not proper JSON"),
            (b"\xff\xfe\x00", "not proper JSON"),
            (b'{"probability": NaN}', "not proper JSON"),
            (b"[" * 200_000, "not proper JSON"),
            (b"9" * 10_000, "not proper JSON"),
            (b" " * (MOST_BYTES + 1), "more than 4 MiB"),
            (b"null", "in the form it is known to have"),
            (b'"text"', "in the form it is known to have"),
        )),
        ("metaculus", [], "in the form"),
        ("metaculus", {"title": "A group", "group_of_questions": {"questions": []}}, "group of questions"),
        ("metaculus", {"title": "An essay", "notebook": {}}, "without “question”"),
        ("metaculus", post(latest=ITEM, type="numeric"), "kind “numeric”; only yes-or-no"),
        ("metaculus", post(latest=ITEM, type="multiple_choice"), "kind “multiple_choice”"),
        ("metaculus", post(latest=ITEM, type={"a": 1}), "kind an object"),
        ("metaculus", post(latest={"centers": [1.2]}), "1.2, which is no probability"),
        ("metaculus", post(latest={"centers": ["0.3"]}), "gave “0.3” where a probability"),
        ("metaculus", post(latest={"centers": [True]}), "where a probability should be"),
        ("metaculus", post(latest={"centers": [0.1, 0.2]}), "without a forecast in the form"),
        ("metaculus", post(latest=[0.3]), "without “latest”"),
        ("metaculus", post(latest=ITEM, status="odd"), "open, closed or resolved"),
        ("metaculus", post(latest=ITEM, status="resolved", resolution="42.5"), "“42.5” as the outcome"),
        ("metaculus", post(latest=ITEM, aggregations=None), "without “aggregations”"),
        ("manifold", {"message": "Contract not found"}, "kind nothing"),
        ("manifold", market(outcomeType="MULTIPLE_CHOICE"), "kind “MULTIPLE_CHOICE”; only yes-or-no"),
        ("manifold", market(probability=-0.1), "no probability from 0 to 1"),
        ("manifold", market(probability=10**400), "gave a huge number"),
        ("manifold", b'{"outcomeType": "BINARY", "isResolved": false, "probability": 1e999}', "gave inf"),
        ("manifold", market(probability=None), "gave nothing where a probability"),
        ("manifold", market(isResolved="no"), "whether this market is resolved"),
        ("manifold", market(isResolved=True, resolution="PERHAPS"), "“PERHAPS” as the outcome"),
        ("polymarket", [], "no market under this name"),
        ("polymarket", [gamma(), gamma()], "has 2 markets"),
        ("polymarket", [{"markets": []}], "no market under this name"),
        ("polymarket", [gamma(outcomes=("Ann", "Ben"))], "other outcomes than Yes and No"),
        ("polymarket", [gamma(("0.1", "0.2", "0.7"), ("Yes", "No", "Maybe"))], "other outcomes"),
        ("polymarket", [gamma(("0.9", "0.8"))], "do not add up"),
        ("polymarket", [gamma(("NaN", "0.5"))], "where a probability should be"),
        ("polymarket", [gamma((0.5, 0.5))], "where a probability should be"),
        ("polymarket", [gamma(("0.5",))], "other outcomes"),
        ("polymarket", [gamma() | {"outcomes": ["Yes", "No"]}], "without “outcomes”"),
        ("polymarket", [gamma() | {"outcomePrices": "[" * 100_000}], "not proper JSON"),
        ("polymarket", [gamma(closed=None)], "whether this market is closed"),
        ("table", b"", "must name its columns"),
        ("table", b"chance\n0.5\n", "must be “probability”"),
        ("table", b"probability\n", "no row yet"),
        ("table", b"probability\nhalf\n", "Line 2 of the table gave “half”"),
        ("table", b"probability\nnan\n", "Line 2 of the table gave “nan”"),
        ("table", b"probability\n0.2\n7\n", "Line 3 of the table gave 7"),
        ("table", b"at,probability\nyesterday,0.5\n", "Line 2 of the table has no time"),
        ("table", b"at,probability\n2027-01-01,0.5\n", "no row yet"),
        ("table", b"probability\n\xff\n", "UTF-8"),
        ("table", b"probability\n" + b"0.5\n" * 60_000, "more than 50,000 lines"),
        ("table", b"probability\n" + b"5" * 20_000, "more than 10,000 characters"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_words(source, document, words):
    with pytest.raises(Refused, match=words):
        read(source, document)


def test_a_title_is_cut_and_fit_to_be_stored():
    title = read("manifold", market(question="\ud800Rain\x00 \n" + "a" * 5000)).title
    assert title.startswith("Rain aaa")
    assert len(title) == 300
