"""Reading what comes out of a sandbox, as bytes from a stranger."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

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


class NotPlain:
    """Stands for a value that is no plain data; no answer's shape allows it."""

    def __repr__(self) -> str:
        return "something that is not plain data"

    __str__ = __repr__


class Forged(Exception):
    """One clause: why these bytes cannot have come from the marker's own side of the pipe."""


@dataclass(frozen=True)
class Step:
    """What one cell left behind: the answers that changed (variable -> value), those that are gone, and its outputs."""

    at: int
    answers: dict[str, object]
    gone: frozenset[str] = frozenset()
    outputs: tuple[dict, ...] = field(default=(), repr=False)


def split(buffer: bytearray) -> Iterator[bytes]:
    """The whole messages at the front of ``buffer``, taken out of it."""
    while len(buffer) >= 4:
        length = int.from_bytes(buffer[:4], "big")
        if length > MAX_MESSAGE:
            raise Forged("it sent more than one message can hold")
        if len(buffer) < 4 + length:
            return
        yield bytes(buffer[4 : 4 + length])
        del buffer[: 4 + length]


def framed(data: bytes) -> bytes:
    """A message with its length in front."""
    return len(data).to_bytes(4, "big") + data


def parsed(data: bytes) -> dict:
    """One message. Raises Forged for anything but a JSON object."""
    try:
        message = json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError) as why:
        raise Forged("it sent what is not JSON") from why
    if not isinstance(message, dict):
        raise Forged("it sent what is no message")
    return message


def step(message: dict, cells: int, variables: frozenset[str]) -> Step:
    """A message as a Step, every part of it looked at."""
    at, answers, gone = message.get("at"), message.get("answers"), message.get("gone")
    if type(at) is not int or not 0 <= at < cells or not isinstance(answers, dict) or not isinstance(gone, list):
        raise Forged("it sent what is no message")
    if not all(name in variables and isinstance(text, str) for name, text in answers.items()):
        raise Forged("it sent an answer to nothing")
    values = {name: _value(parsed_value(text), MAX_DEPTH + 1, [MAX_ITEMS]) for name, text in answers.items()}
    return Step(at, values, frozenset(name for name in gone if isinstance(name, str)), _outputs(message.get("outputs")))


def parsed_value(text: str) -> object:
    """One answer's JSON."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as why:
        raise Forged("it sent what is not JSON") from why


def _no_constant(name: str) -> object:
    raise ValueError(name)


def _value(given: object, depth: int, left: list[int]) -> object:
    left[0] -= 1
    if left[0] < 0 or depth == 0:
        return NotPlain()
    match given:
        case None | bool():
            return given
        case str():
            return given[: MAX_STRING + 1].encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
        case int():
            # Kept as too large, so that the check of the answer's shape says so.
            return given if abs(given) <= 10**MAX_DIGITS else math.inf
        case float():
            return given
        case list():
            return [_value(item, depth - 1, left) for item in given]
        case {"d": list(pairs), **rest} if not rest:
            return _pairs(pairs, depth, left)
        case {"x": "nan" | "huge", **rest} if not rest:
            return math.nan
    return NotPlain()


def _pairs(pairs: list, depth: int, left: list[int]) -> object:
    made: dict[object, object] = {}
    for number, pair in enumerate(pairs):
        match pair:
            case [str(key), item]:
                made[_value(key, depth, left)] = _value(item, depth - 1, left)
            case [None, _]:
                # A key that is no text: no field has that name, and its value says nothing.
                made[number] = None
            case _:
                return NotPlain()
    return made


def _outputs(given: object) -> tuple[dict, ...]:
    """Outputs as nbformat has them, built anew from the parts that we know."""
    made = []
    for output in given[: MAX_OUTPUTS + 4] if isinstance(given, list) else ():
        match output:
            case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": list(text)}:
                made.append({"output_type": "stream", "name": name, "text": _text("".join(map(str, text)))})
            case {"output_type": "display_data" | "execute_result" as kind, "data": dict(data)}:
                kept = {k: _text(v) for k, v in data.items() if k == "text/plain" and isinstance(v, str)}
                for picture in ("image/png", "image/jpeg"):
                    if isinstance(v := data.get(picture), str) and len(v) <= MAX_PICTURE:
                        kept[picture] = v
                made.append({"output_type": kind, "data": kept, "metadata": {}})
            case {"output_type": "error", "ename": str(name), "evalue": str(says), "traceback": list(lines)}:
                made.append(
                    {
                        "output_type": "error",
                        "ename": _text(name)[:100],
                        "evalue": _text(says)[:500],
                        "traceback": [_text(str(line))[:700] for line in lines[:5]],
                    }
                )
    return tuple(made)


def _text(text: str) -> str:
    return text[: MAX_OUTPUT + 200].encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
