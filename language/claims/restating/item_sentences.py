"""Items of a list of predictions that are no sentences: "Champions: Rovers", "Will win – Ada Hall", "Lions (52-30)"."""

import re

from language import wordlists

LISTS = wordlists.read("item_sentences")
LABELLED = re.compile(r"(?P<label>[^:–—\n]{3,60}?)\s?(?::|\s[-–—])\s(?P<who>[^:\n]{2,80})$")
RECORD = re.compile(r"(?P<team>[A-Z][^()\d]{1,40}?)\s*\((?P<won>\d{1,3})\s?[-–—]\s?(?P<lost>\d{1,3})\)$")
WINNER, FATE, PRIZE, CONTEST, PREVIEW, ROLE = (
    wordlists.pattern(LISTS[name]) for name in ("winner", "fate", "prize", "contest", "preview", "role")
)
BARE_WIN = re.compile(r"(?P<who>[A-Z][\w’'.-]{1,25}(?:\s[A-Z][\w’'.-]{1,25}){0,3})\s(?P<verb>wins|win|will\swin)$")
ENDS_WITH_YEAR = re.compile(r"(?P<what>.{3,60}?)\s(?P<year>(?:19|20|21)\d\d(?:[–/-]\d{2,4})?)$")
SEASON = re.compile(r"(?:19|20|21)\d\d(?:[–/-]\d{2,4})?")
LEAGUE = re.compile(r"\b[A-Z]{2,5}\b|\b(?:[A-Z][a-z]+\s){1,3}League\b")


NAMED = r"[A-Z][\w’'.-]{1,25}(?:\s[A-Z][\w’'.-]{1,25}){0,3}"
VICTORY = re.compile(
    r"(?P<margin>\d{1,3}(?:\.\d{1,2})?)[\s-](?:percentage[\s-])?(?P<unit>point|vote|electoral\svote|seat|goal|run)s?"
    r"(?P<of>\s(?:popular\svote|PV))?(?:\s/\s[\d.]{1,6}\s[\w\s]{2,20}?)?\s"
    rf"(?P<who>{NAMED})\s(?:victory|win|majority)$"
)
BEATS = re.compile(
    rf"(?P<who>{NAMED})\s(?:over|to\sbeat|beats?|defeats?|def\.?)\s(?P<whom>(?:the\s)?{NAMED})(?P<tail>\sin\s(?:\d|four|five|six|seven)(?:\s(?:games|sets))?)?$"
)
SCORE = re.compile(
    rf"(?P<who>{NAMED}),?\s(?P<own>\d{{1,3}})(?:\s?[-–]\s?|,\s(?P<later>{NAMED})\s)(?P<other>\d{{1,3}})(?:\s(?P<whom>{NAMED}))?$"
)
FORETOLD = re.compile(
    r"(?:(?:my|our|score|final|official)\s)?(?:prediction|forecast|pick|verdict|score|tip)", re.IGNORECASE
)


def sentence(text: str, *, heading: str, title: str) -> str:
    """The item as a sentence; empty where it is none, or where heading and title do not say what is to be won."""
    item = text.strip(" .;")
    if (record := RECORD.match(item)) is not None:
        return _record(record, title)
    if (bare := BARE_WIN.match(item)) is not None:
        prize = contest_of(heading) or contest_of(title)
        return f"{bare['who']} will win {prize}" if prize else ""
    if told := _contested(item, heading, title):
        return told
    if (labelled := LABELLED.match(item)) is None:
        return ""
    if FORETOLD.fullmatch(labelled["label"].strip()):
        return _contested(labelled["who"].strip(), heading, title)
    return _labelled(labelled["label"].strip("“”\"' "), labelled["who"].strip("“”\"' "), heading, title)


def _labelled(label: str, who: str, heading: str, title: str) -> str:
    if not who[:1].isupper() and not who[:1].isdigit():
        return ""
    if WINNER.fullmatch(label):
        prize = contest_of(heading) or prize_of(heading) or contest_of(title)
        at = contest_of(title) if prize.startswith("the award for ") else ""
        return f"{who} will win {prize}{f' at {at}' if at else ''}" if prize else ""
    contest = contest_of(heading) or contest_of(title)
    tail = f" in {contest}" if contest else ""
    if fate := FATE.fullmatch(label):
        return f"{who} will be {fate.group().lower()}{tail}"
    if PRIZE.search(label):
        return f"{who} will win {prize_of(label)}"
    if ROLE.fullmatch(label):
        return f"{who} will be the {label[:1].lower() + label[1:]}{tail}"
    return ""


def _contested(item: str, heading: str, title: str) -> str:
    """Who beats whom, or by how much: "Rovers over United in six", "Rovers 2-1 United", "7-point Hall victory"."""
    contest = contest_of(heading) or contest_of(title)
    tail = f" in {contest}" if contest else ""
    if won := VICTORY.match(item):
        what = " the popular vote" if won["of"] else ""
        return f"{won['who']} will win{what} by at least {won['margin']} {won['unit']}s{tail}"
    if beats := BEATS.match(item):
        games = f" {beats['tail'].strip()}" if beats["tail"] else ""
        games = f"{games} games" if games and games[-1].isalnum() and not games.endswith(("games", "sets")) else games
        return f"{beats['who']} will beat {beats['whom']}{games}{tail}"
    score = SCORE.match(item)
    whom = (score["later"] or score["whom"]) if score else None
    if score is None or whom is None or (score["later"] and score["whom"]):
        return ""
    own, other = int(score["own"]), int(score["other"])
    if own == other:
        return f"{score['who']} will draw {own}-{other} with {whom}{tail}"
    winner, loser = (score["who"], whom) if own > other else (whom, score["who"])
    return f"{winner} will beat {loser} {max(own, other)}-{min(own, other)}{tail}"


def _record(record: re.Match[str], title: str) -> str:
    """ "Lions (52-30)": a season's wins and losses, where the title names the season."""
    season = SEASON.search(title)
    league = LEAGUE.search(title)
    if season is None or league is None:
        return ""
    team = " ".join(record["team"].split())
    whose = team if team.lower().startswith("the ") else f"The {team}"
    return f"{whose} will win at least {record['won']} games in the {season.group()} {league.group()} regular season"


def prize_of(heading: str) -> str:
    """The prize that a heading or label names: "the award for Best Actor"."""
    words = heading.strip(' :.–—-#*"“”')
    if not PRIZE.search(words) or len(words) > 60:
        return ""
    return f"the award for {words}" if words.lower().startswith("best ") else f"the {words.removeprefix('The ')}"


def contest_of(heading: str) -> str:
    """The contest that a heading names, its year before it: "the 2026 election"."""
    words = " ".join(PREVIEW.sub(" ", heading.strip(' :.–—-#*"“”')).split()).strip(" :,–—-")
    if not CONTEST.search(words) or len(words) > 60 or len(words.split()) > 7:
        return ""
    if ended := ENDS_WITH_YEAR.fullmatch(words):
        words = f"{ended['year']} {_low(ended['what'])}"
    return f"the {words.removeprefix('The ').removeprefix('the ')}"


def _low(what: str) -> str:
    """A common noun in small letters: "Election" is no name."""
    return what.lower() if len(what.split()) == 1 and not what.isupper() else what
