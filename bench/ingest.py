"""Polling 200 feeds of 50 entries, first and again unchanged, beside the `reader` package over the same server."""

import json
import socket
import subprocess
import sys
from importlib.metadata import version

FEEDS, ENTRIES = 200, 50


def measure():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = [str(number) for number in (port, FEEDS, ENTRIES)]
    command = [sys.executable, "-m", "bench._newsstand", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as stand:
        try:
            if stand.stdout.readline() != "READY\n":
                raise SystemExit("The stand of feeds did not start.")
            ours, peer = side("ours", arguments), side("peer", arguments)
        finally:
            stand.stdin.close()
            stand.wait(timeout=30)
    if ours["entries"] != peer["entries"] or ours["entries"] != FEEDS * ENTRIES:
        raise SystemExit(
            f"{FEEDS * ENTRIES} entries were served; we stored {ours['entries']}, the peer {peer['entries']}."
        )
    return {
        "first_cpu_ratio": peer["first_cpu"] / ours["first_cpu"],
        "unchanged_cpu_ratio": peer["unchanged_cpu"] / ours["unchanged_cpu"],
        "first_wall_ratio": peer["first_wall"] / ours["first_wall"],
        "peak_rss_mb": ours["peak_rss_mb"],
        "entries": ours["entries"],
        "peer": f"reader {version('reader')}: {peer['first_cpu']:.2f} s and {peer['unchanged_cpu']:.2f} s of CPU; "
        f"ours {ours['first_cpu']:.2f} s and {ours['unchanged_cpu']:.2f} s",
    }


def side(name, arguments):
    command = [sys.executable, "-m", "bench._polling", name, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout.splitlines()[-1])
