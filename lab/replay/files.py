"""Files that a replay leaves."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, Literal

from django.db.models import QuerySet

from forecasts.maths.comparison import Run, summarise
from forecasts.models import Estimate, Proposition
from lab.pictures import scores as score_pictures
from lab.replay import scores as replay_scores
from lab.replay.playback import ReplayReport
from tracker.models import Evidence, StatusChange

Named = Literal["note", "key"]
SCORED: Final = ("scores.json", "scores.svg", "calibration.svg")


def write(report: ReplayReport, folder: Path, *, runs: Sequence[Run], named: Named = "note") -> None:
    """`evidence.jsonl`, `estimates.jsonl`, `statuses.jsonl`, `report.json` and, where something was ruled Yes or No,
    `scores.json`, `scores.svg` and `calibration.svg`; propositions go by the field `named`."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_lines(folder / "evidence.jsonl", _evidence_rows(named))
    _write_lines(folder / "estimates.jsonl", _estimate_rows(named))
    _write_lines(folder / "statuses.jsonl", _status_rows(named))
    (folder / "report.json").write_text(json.dumps(in_short(report, runs), indent=2) + "\n", encoding="utf-8")
    for name in SCORED:
        (folder / name).unlink(missing_ok=True)  # of an earlier replay into this folder
    if runs:
        names = dict(Proposition.objects.values_list("pk", named))
        _write_scores(folder, runs, names)


def in_short(report: ReplayReport, runs: Sequence[Run]) -> dict[str, Any]:
    """The report as JSON has it, with the mean scores; these are null where nothing was ruled Yes or No."""
    fields = asdict(report)
    people = fields.pop("people")
    return {**fields, **people, "scores": replay_scores.in_short(summarise(runs)) if runs else None}


def _write_scores(folder: Path, runs: Sequence[Run], names: Mapping[int, str]) -> None:
    summary = summarise(runs)
    scores, picture, calibration = (folder / name for name in SCORED)
    scores.write_text(json.dumps(replay_scores.in_full(runs, names), indent=1) + "\n", encoding="utf-8")
    picture.write_text(score_pictures.scores(summary), encoding="utf-8")
    calibration.write_text(score_pictures.calibration(summary), encoding="utf-8")


def _write_lines(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _evidence_rows(named: Named) -> Iterator[dict[str, Any]]:
    rows: QuerySet[Evidence] = Evidence.objects.select_related("proposition", "revision__entry")
    for row in rows.order_by("attached_at", "pk"):
        yield {
            "proposition": getattr(row.proposition, named),
            "link": row.revision.entry.link,
            "title": row.revision.title,
            "published": row.published_at.isoformat(),
            "relevance": round(row.relevance, 4),
            "stance": row.shown_stance,
            "confidence": round(row.confidence, 4),
            "story": row.story_id,
            "attached_at": row.attached_at.isoformat(),
        }


def _estimate_rows(named: Named) -> Iterator[dict[str, Any]]:
    for row in Estimate.objects.select_related("proposition").order_by("at", "pk"):
        at = row.at.isoformat()
        yield {
            "proposition": getattr(row.proposition, named),
            "at": at,
            "probability": row.probability,
            "parts": row.parts,
        }


def _status_rows(named: Named) -> Iterator[dict[str, Any]]:
    of_claims = StatusChange.objects.filter(position__claim__isnull=False).select_related("position__proposition")
    for row in of_claims.order_by("at", "pk"):
        yield {
            "proposition": getattr(row.position.proposition, named),
            "at": row.at.isoformat(),
            "old": row.old,
            "new": row.new,
            "reason": row.reason,
        }
