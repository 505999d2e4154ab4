"""Running a notebook's cells inside the walls, and sending plain data out.

Everything here happens in the learner's own interpreter, so nothing of it is trusted:
whatever comes out is read as bytes from a stranger (messages.py).
"""

import builtins
import json
import math
import os
import signal
import sys
import warnings
from collections.abc import Callable

import numpy as np
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from cslearn.marking.sandbox.limits import (
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_ITEMS,
    MAX_MESSAGE,
    MAX_OUTPUT,
    MAX_OUTPUTS,
    MAX_PICTURE,
    MAX_STRING,
)

PICTURES = ("image/png", "image/jpeg")
# What is kept of an output that can decide a mark, however much was shown before it.
DECIDING = 200


class TimeUp(BaseException):
    """One cell took too long. Not an Exception, so that `except Exception` in a loop does not swallow it."""


class _Outputs:
    """What one cell shows, as nbformat keeps it, up to a limit."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.kept: list[dict] = []
        self.left, self.pictures = MAX_OUTPUT, MAX_PICTURE
        self.cut = False

    def stream(self, name: str, text: str) -> None:
        # Tests in a notebook fail by what stands on stderr; a flood before it must not drown that.
        said = any(output.get("name") == "stderr" for output in self.kept)
        left = self.left if said or name != "stderr" else max(self.left, DECIDING)
        if len(text) > left:
            text, self.cut = text[:left], True
        self.left = max(self.left - len(text), 0)
        if not text:
            return
        last = self.kept[-1] if self.kept else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"].append(text)
        elif len(self.kept) < MAX_OUTPUTS or (name == "stderr" and not said):
            self.kept.append({"output_type": "stream", "name": name, "text": [text]})
        else:
            self.cut = True

    def data(self, kind: str, bundle: dict) -> None:
        # Only what can be shown without a browser obeying it: HTML and scripts stay behind.
        data = {}
        # So must the value of its last line, which can be its marks.
        result = kind == "execute_result"
        if isinstance(text := bundle.get("text/plain"), str):
            left = max(self.left, DECIDING) if result else self.left
            self.cut = self.cut or len(text) > left
            data["text/plain"] = text[:left]
            self.left = max(self.left - len(data["text/plain"]), 0)
        for picture in PICTURES:
            if isinstance(given := bundle.get(picture), str) and len(given) <= self.pictures:
                data[picture] = given
                self.pictures -= len(given)
        if data and (result or len(self.kept) < MAX_OUTPUTS):
            self.kept.append({"output_type": kind, "data": data})
        else:
            self.cut = True

    def error(self, name: str, sentence: str, line: int | None) -> None:
        where = f"line {line}: " if line else ""
        self.kept.append(
            {
                "output_type": "error",
                "ename": name[:100],
                "evalue": sentence[:500],
                "traceback": [f"{where}{name}: {sentence}"[:700]],
            }
        )

    def done(self) -> list[dict]:
        if self.cut:
            text = f"\n… more was shown here; the marker keeps the first {MAX_OUTPUT:,} characters of a cell.\n"
            self.kept.append({"output_type": "stream", "name": "stdout", "text": [text]})
        return self.kept


_shown = _Outputs()


class _Stream:
    """Stands for stdout or stderr."""

    encoding, errors, closed = "utf-8", "replace", False

    def __init__(self, name: str) -> None:
        self.name = name

    def write(self, text: str) -> int:
        _shown.stream(self.name, str(text))
        return len(text)

    def writelines(self, lines) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing waits here to be written."""

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True


class _Publisher(DisplayPublisher):
    def publish(self, data, metadata=None, **_) -> None:
        _shown.data("display_data", data)

    def clear_output(self, wait: bool = False) -> None:
        _shown.start()


class _Hook(DisplayHook):
    def __call__(self, result=None) -> None:
        if result is None or self.quiet():
            return
        bundle, _ = self.compute_format_data(result)
        self.update_user_ns(result)
        self.fill_exec_result(result)
        _shown.data("execute_result", bundle)


class _Shell(InteractiveShell):
    """IPython without its files: no profile, no history, no start-up scripts."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def init_ipython_dir(self, ipython_dir) -> None:
        self.ipython_dir = "/learner"

    def init_profile_dir(self, profile_dir) -> None:
        """No profile: a start-up file in it would run before the first cell."""

    def init_virtualenv(self) -> None:
        """The paths are those of the marker; a learner's environment has no say."""

    def showtraceback(self, exc_tuple=None, *_, **__) -> None:
        kind, error, trace = exc_tuple or sys.exc_info()
        line = None
        while trace is not None:
            if "ipython-input" in trace.tb_frame.f_code.co_filename or trace.tb_frame.f_code.co_filename[:1] == "<":
                line = trace.tb_lineno
            trace = trace.tb_next
        _shown.error(kind.__name__, _words_of(error), line)

    def showsyntaxerror(self, filename=None, running_compiled_code=False) -> None:
        kind, error, _ = sys.exc_info()
        _shown.error(kind.__name__, _words_of(error), getattr(error, "lineno", None))

    def system(self, cmd) -> None:
        _shown.stream("stderr", "Other programs cannot be started in the marker; this line was passed over.\n")

    system_piped = system_raw = system

    def getoutput(self, cmd, split=True, depth=0) -> list:
        self.system(cmd)
        return []


def _words_of(error: object) -> str:
    try:
        return str(error)
    # The learner's own exception may have any __str__, even one that fails.
    except Exception:
        return "(its message cannot be shown)"


def make_shell() -> InteractiveShell:
    """The shell, made once before the fork so that every learner's code starts at once."""
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.colors = "NoColor"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _Shell.instance(config=config)


def _no_input(prompt="", *_) -> str:
    raise RuntimeError("Nobody is there to answer input() while a notebook is marked; put the value in the cell.")


def run(shell: InteractiveShell, job: dict, send: Callable[[bytes], None], take: Callable[[], str]) -> None:
    """Run the job's cells in order; after each, send what the answer variables hold.

    A cell that is None is held back outside, and taken when its turn comes.
    """
    builtins.input = _no_input
    shell.raw_input_original = _no_input
    builtins.display = display = __import__("IPython.display").display.display
    shell.user_ns["display"] = display
    sys.stdout, sys.stderr = _Stream("stdout"), _Stream("stderr")
    signal.signal(signal.SIGALRM, _time_up)
    # IPython's advice after sys.exit() is for somebody at a keyboard.
    warnings.filterwarnings("ignore", message="To exit")
    namespace = shell.user_ns
    sent: dict[str, str] = {}
    for at, source in enumerate(job["cells"]):
        _shown.start()
        if source is None:
            source = take()
        try:
            _run_cell(shell, source, job["seconds"])
        except TimeUp:
            # Between the end of the cell and the end of its time.
            _shown.error("TimeUp", f"The cell ran for more than {job['seconds']:g} seconds and was stopped.", None)
        answers, gone = {}, []
        for name in job["variables"]:
            if name not in namespace:
                if sent.pop(name, None) is not None:
                    gone.append(name)
                continue
            text = _encoded(namespace[name])
            if sent.get(name) != text:
                sent[name] = text
                answers[name] = text
        message = {"at": at, "answers": answers, "gone": gone, "outputs": _shown.done()}
        data = json.dumps(message).encode()
        if len(data) > MAX_MESSAGE:
            data = json.dumps({**message, "outputs": []}).encode()
        send(data)
    send(b'{"end":true}')


def _run_cell(shell: InteractiveShell, source: str, seconds: float) -> None:
    # It comes again every second, for code that catches everything.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        shell.run_cell(source, store_history=False)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _time_up(number, frame) -> None:
    raise TimeUp("The cell took too long and was stopped.")


def _encoded(value: object) -> str:
    left = [MAX_ITEMS]
    text = json.dumps(_plain(value, MAX_DEPTH, left))
    return text if len(text) <= MAX_MESSAGE // 4 else '{"x": "too large"}'


def _plain(value: object, depth: int, left: list[int]) -> object:
    """Plain data as JSON that loses nothing: a dictionary as pairs, and what is not plain by its name.

    ``type() is`` throughout: no method of a learner's own class is ever asked.
    """
    left[0] -= 1
    if left[0] < 0 or depth == 0:
        return {"x": "too large"}
    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is str:
        return value[: MAX_STRING + 1].encode("utf-8", "replace").decode()
    if kind is int:
        return value if abs(value) <= 10**MAX_DIGITS else {"x": "huge"}
    if kind is float:
        return value if math.isfinite(value) else {"x": "nan"}
    if kind is list or kind is tuple:
        return [_plain(item, depth - 1, left) for item in value]
    if kind is dict:
        pairs = []
        for key, item in value.items():
            name = _plain(key, 1, left)
            pairs.append([name if type(key) is str else None, _plain(item, depth - 1, left)])
        return {"d": pairs}
    if kind in _NUMPY_SCALARS:
        return _plain(value.item(), depth, left)
    return {"x": "other"}


# A total worked out with pandas is a number like any other.
_NUMPY_SCALARS = frozenset({np.bool_, np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64,
                            np.float16, np.float32, np.float64})  # fmt: skip


def taker(descriptor: int) -> Callable[[], str]:
    """A function that waits for one held cell and gives its source."""
    read = os.read

    def exactly(count: int) -> bytes:
        data = b""
        while len(data) < count:
            if not (piece := read(descriptor, count - len(data))):
                raise EOFError("the marker has gone")
            data += piece
        return data

    def take() -> str:
        return json.loads(exactly(int.from_bytes(exactly(4), "big")))

    return take


def sender(descriptor: int) -> Callable[[bytes], None]:
    """A function that writes one message with its length in front."""
    write = os.write

    def send(data: bytes) -> None:
        rest = len(data).to_bytes(4, "big") + data
        while rest:
            rest = rest[write(descriptor, rest) :]

    return send
