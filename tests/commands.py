"""Management commands that need no database, in this process: that saves the start of another for each."""

import contextlib
import io
import subprocess

from django.core.management import ManagementUtility


def run_here(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The end of `./hindcast ARGUMENTS`, as if it had run apart."""
    words = ["hindcast", *map(str, arguments)]
    out, err, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            ManagementUtility(words).fetch_command(words[1]).run_from_argv(words)
        except SystemExit as end:
            code = int(end.code or 0)
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())
