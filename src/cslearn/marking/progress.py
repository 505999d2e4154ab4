"""How far a run is: one moving line on a terminal, a plain line now and then elsewhere."""

import time
from collections.abc import Callable
from typing import TextIO


class Progress:
    """One moving line on a terminal, a plain line now and then elsewhere."""

    def __init__(self, total: int, out: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.total, self.out, self.clock = total, out, clock
        self.started = self.shown = clock()
        self.live = out is not None and out.isatty()

    def show(self, done: int) -> None:
        now = self.clock()
        if self.out is None or (done < self.total and now - self.shown < (0.2 if self.live else 10)):
            return
        self.shown = now
        rate = done / max(now - self.started, 1e-6)
        left = (self.total - done) / rate if rate else 0
        line = f"{done:,} of {self.total:,} marked, {rate:,.0f} a second, {_duration(left)} left"
        self.out.write(f"\r\x1b[K{line}" if self.live else line + "\n")
        self.out.flush()

    def end(self) -> None:
        if self.live and self.total:
            self.out.write("\n")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
