"""Formgrader for one class folder, on this machine only."""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from cslearn.marking.classroom import Classroom
from cslearn.problem import Problem

_ADDRESS = re.compile(r"http://127\.0\.0\.1:(?P<port>\d+)/\S*?\?token=(?P<token>[0-9a-f]+)")
STARTS_WITHIN = 120
# Formgrader's page fetches MathJax from a content network, which is then told that somebody is marking. Ours shows
# no formula, and what else the page wants of MathJax is to be told when it is done. nbconvert looks here first.
_MATHJAX = Path("nbconvert", "templates", "formgrade", "mathjax.html.j2")
_NO_MATHJAX = """\
{%- macro mathjax(url="") -%}
<script>
window.MathJax = { Hub: { Startup: { signal: { Interest: (tell) => $(() => tell("End")) } } } };
</script>
{%- endmacro %}
"""


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/login")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class Review:
    """A Jupyter server with formgrader, running until it is closed."""

    def __init__(self, classroom: Classroom, port: int = 0) -> None:
        if not classroom.has_gradebook:
            raise Problem(
                "There is nothing to review yet; run `cslearn release`, `cslearn collect` and `cslearn mark` first."
            )
        # Its own settings folder: what is switched on for the tutor's other notebooks is no business of this server.
        self._home = TemporaryDirectory(prefix="cslearn-review-")
        log = Path(self._home.name, "server.log")
        command = [
            sys.executable, "-m", "jupyter_server",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={port}",
            "--ServerApp.open_browser=False",
            f"--ServerApp.root_dir={classroom.root}",
            # Only what a tutor needs here. The others answer at once with errors, because they look for an exchange.
            "--ServerApp.jpserver_extensions={"
            "'nbgrader.server_extensions.formgrader': True, 'nbgrader.server_extensions.validate_assignment': False,"
            " 'nbgrader.server_extensions.assignment_list': False, 'nbgrader.server_extensions.course_list': False}",
        ]  # fmt: skip
        if getattr(os, "geteuid", lambda: 1)() == 0:
            command.append("--ServerApp.allow_root=True")
        template = Path(self._home.name, _MATHJAX)
        template.parent.mkdir(parents=True)
        template.write_text(_NO_MATHJAX, encoding="utf-8")
        environment = {
            **os.environ,
            "JUPYTER_CONFIG_DIR": self._home.name,
            "JUPYTER_RUNTIME_DIR": self._home.name,
            "JUPYTER_PATH": os.pathsep.join(filter(None, [self._home.name, os.environ.get("JUPYTER_PATH")])),
        }
        with log.open("wb") as out:
            self._server = subprocess.Popen(
                command, cwd=classroom.root, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )
        try:
            self.address, self.token = self._wait_for_address(log)
        except BaseException:
            self.close()
            raise

    def _wait_for_address(self, log: Path) -> tuple[str, str]:
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            said = log.read_text(encoding="utf-8", errors="replace")
            # The log names the address a little before the server answers there.
            if (match := _ADDRESS.search(said)) and _answers(int(match["port"])):
                return f"http://127.0.0.1:{match['port']}/formgrader/gradebook?token={match['token']}", match["token"]
            if self._server.poll() is not None:
                last = said.strip().splitlines()[-1:] or ["it said nothing"]
                raise Problem(f"Jupyter could not be started: {last[0].strip()}")
            time.sleep(0.1)
        raise Problem(f"Jupyter did not start within {STARTS_WITHIN} seconds; try again when the machine is less busy.")

    def wait(self) -> int:
        """Wait until the server ends by itself; its exit code."""
        return self._server.wait()

    def close(self) -> None:
        if self._server.poll() is None:
            self._server.terminate()
            try:
                self._server.wait(10)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
        self._home.cleanup()

    def __enter__(self) -> "Review":
        return self

    def __exit__(self, *_) -> None:
        self.close()


def review(classroom: Classroom, say: Callable[[str], None], port: int = 0) -> None:
    """Start formgrader, say where it is, and keep it running until Ctrl-C."""
    with Review(classroom, port) as server:
        say("Formgrader is running. Open this address in your browser:")
        say(f"  {server.address}")
        say(
            "Give the marks and comments there, then press Ctrl-C here and run `cslearn feedback` and `cslearn report`."
        )
        try:
            server.wait()
        except KeyboardInterrupt:
            say(f"\nFormgrader is stopped; every mark is in {classroom.gradebook_shown}.")
