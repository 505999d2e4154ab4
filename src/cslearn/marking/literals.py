"""Reading an answer cell without running it.

The learner's interpreter never produces a mark. Most answers are plain data, and
plain data can be read with Python's own parser and nothing else.
"""

import ast
import math
import re
import warnings
from dataclasses import dataclass

# An expert answer to the longest task is about 4,000 characters.
MAX_SOURCE = 100_000
MAX_DEPTH = 12
MAX_ITEMS = 20_000
MAX_DIGITS = 20
# Words of JSON and of spreadsheets that people type by mistake. They are no Python, so running
# the cell would end in an error as well.
_FOREIGN_WORDS = {
    "true": "write True with a capital T",
    "false": "write False with a capital F",
    "null": "write None",
    "nan": "a figure is needed, not nan",
    "NaN": "a figure is needed, not NaN",
    "inf": "a figure is needed, not inf",
    "Infinity": "a figure is needed, not Infinity",
}
# Blanks within a line only: over line ends, 90,000 empty lines would keep the marker busy for half an hour.
_MAGIC = re.compile(r"^[ \t]*(?:[%!?]|\w[\w.]*[ \t]*\?+[ \t]*$)|=[ \t]*[%!]", re.MULTILINE)


@dataclass(frozen=True)
class Value:
    """The answer, as plain data."""

    value: object


@dataclass(frozen=True)
class Refused:
    """An answer that earns nothing however it is run, and the sentence that says why."""

    sentence: str


@dataclass(frozen=True)
class Code:
    """An answer that only running it could give, and the reason."""

    reason: str


class _Refusal(Exception):
    pass


class _NeedsRunning(Exception):
    pass


def parsed(source: str) -> ast.Module | None:
    """The source as a syntax tree, or None when Python itself cannot read it.

    Safe on hostile text: Python's parser stops at 200 open brackets and at 4,300
    digits, and the caller has capped the length.
    """
    try:
        with warnings.catch_warnings():
            # "invalid escape sequence" and the like are the learner's business.
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return None


def read_answer(source: str, name: str) -> Value | Refused | Code:
    """What an answer cell assigns to ``name``: data, a refusal, or code that would have to be run.

    Allowed are assignments of a literal to ``name`` (the last one counts, as it
    would when run), comments, and bare mentions of ``name`` to look at it.
    """
    if len(source) > MAX_SOURCE:
        return Refused(
            f"Your answer is {len(source):,} characters long and cannot be read; keep it below {MAX_SOURCE:,}."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except SyntaxError as error:
        if _MAGIC.search(source):
            return Code("it holds a notebook command (a line with %, ! or ?)")
        return Refused(_sentence_for(error))
    except (ValueError, RecursionError, MemoryError, OverflowError):
        return Refused("Your answer cannot be read: it is nested too deeply or holds characters that Python refuses.")
    found: Value | None = None
    try:
        for statement in tree.body:
            if (node := _assigned(statement, name)) is not None:
                found = Value(_Reader().value(node, MAX_DEPTH))
            elif isinstance(statement, ast.Expr) and isinstance(statement.value, (ast.Dict, ast.List, ast.Constant)):
                # Data that is put into no variable changes nothing, as long as it is only data.
                _Reader().value(statement.value, MAX_DEPTH)
            elif not _is_harmless(statement, name):
                return Code(f"line {statement.lineno} is not plain data: {_shown(source, statement)}")
    except _NeedsRunning as needs:
        return Code(str(needs))
    except _Refusal as refusal:
        return Refused(str(refusal))
    if found is None:
        return Refused(f"Your answer is not in the variable {name}; begin the cell with `{name} =`.")
    return found


def read_text(source: str, name: str) -> str | None:
    """The string that a cell assigns to ``name``, or None when it does not plainly assign one."""
    answer = read_answer(source, name)
    if isinstance(answer, Value) and isinstance(answer.value, str):
        return answer.value
    return None


def mentions(source: str, names: frozenset[str]) -> str | None:
    """The first of ``names`` that this other cell could change, or None.

    Looking at an answer (``matrix``, ``print(matrix["totals"])``) changes nothing.
    """
    if not any(name in source for name in names):
        return None
    tree = parsed(source) if len(source) <= MAX_SOURCE else None
    if tree is None:
        return next((name for name in sorted(names) if re.search(rf"\b{name}\b", source)), None)
    for statement in tree.body:
        if _only_looks(statement):
            continue
        for node in ast.walk(statement):
            for word in _words(node):
                if word in names:
                    return word
    return None


def _words(node: ast.AST) -> tuple[str, ...]:
    match node:
        case ast.Name(id=word) | ast.arg(arg=word) | ast.Attribute(attr=word):
            return (word,)
        case ast.Constant(value=str(word)):
            # globals()["matrix"] = ...
            return (word, *re.findall(r"\w+", word)) if len(word) < 2000 else (word,)
        case ast.alias(name=word, asname=other):
            return (word, other or "")
        case ast.FunctionDef(name=word) | ast.ClassDef(name=word) | ast.ExceptHandler(name=str(word)):
            return (word,)
        case ast.Global(names=words) | ast.Nonlocal(names=words):
            return tuple(words)
    return ()


def _only_looks(statement: ast.stmt) -> bool:
    """Whether a statement just shows values: ``matrix`` or ``print(matrix["totals"])``."""

    def looks(node: ast.expr) -> bool:
        match node:
            case ast.Name() | ast.Constant():
                return True
            case ast.Subscript(value=inner, slice=ast.Constant()):
                return looks(inner)
        return False

    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print" | "display"), args=args, keywords=[])):
            return all(looks(arg) for arg in args)
        case ast.Expr(value=value):
            return looks(value)
    return False


def _assigned(statement: ast.stmt, name: str) -> ast.expr | None:
    match statement:
        case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
            return value
    return None


def _is_harmless(statement: ast.stmt, name: str) -> bool:
    match statement:
        case ast.Expr(value=ast.Name(id=shown)):
            return shown == name
        case ast.Pass():
            return True
    return False


class _Reader:
    """Turns a syntax tree into plain data, within limits."""

    def __init__(self) -> None:
        self.left = MAX_ITEMS

    def value(self, node: ast.expr, depth: int) -> object:
        self.left -= 1
        if self.left < 0:
            raise _Refusal(f"Your answer holds more than {MAX_ITEMS:,} values and cannot be read.")
        if depth == 0:
            raise _Refusal(f"Your answer is nested more than {MAX_DEPTH} levels deep and cannot be read.")
        match node:
            case ast.Constant(value=constant):
                return self.constant(constant)
            case ast.UnaryOp(
                op=ast.USub() | ast.UAdd() as sign, operand=ast.Constant(value=int() | float() as number)
            ) if not isinstance(number, bool):
                number = self.constant(number)
                return -number if isinstance(sign, ast.USub) else number
            case ast.Dict(keys=keys, values=values):
                if any(key is None for key in keys):
                    raise _NeedsRunning(f"line {node.lineno} unpacks another dictionary with **")
                pairs = [(self.key(k, depth - 1), self.value(v, depth - 1)) for k, v in zip(keys, values, strict=True)]
                return dict(pairs)
            case ast.List(elts=items):
                return [self.value(item, depth - 1) for item in items]
            case ast.Tuple(elts=items):
                return tuple(self.value(item, depth - 1) for item in items)
            case ast.Name(id=word) if word in _FOREIGN_WORDS:
                raise _Refusal(f"Line {node.lineno} of your answer says {word}: {_FOREIGN_WORDS[word]}.")
            case ast.Set(elts=items):
                # Kept as a set, which no schema allows: that one entry is said to be wrong.
                for item in items:
                    self.value(item, depth - 1)
                return set()
            case ast.Name(id=word):
                raise _NeedsRunning(f"line {node.lineno} uses the name {word[:40]}")
            case ast.Call():
                raise _NeedsRunning(f"line {node.lineno} calls a function")
            case ast.BinOp() | ast.UnaryOp() | ast.BoolOp() | ast.Compare():
                raise _NeedsRunning(f"line {node.lineno} holds a calculation")
        raise _NeedsRunning(f"line {getattr(node, 'lineno', '?')} is not plain data")

    def key(self, node: ast.expr, depth: int) -> object:
        key = self.value(node, depth)
        if isinstance(key, (list, dict, tuple, set)):
            raise _Refusal(f"Line {node.lineno} of your answer uses a list where a name belongs.")
        return key

    def constant(self, constant: object) -> object:
        match constant:
            case str():
                if not _is_text(constant):
                    raise _Refusal("Your answer holds a character that cannot be written to a file.")
                return constant
            case None | bool():
                return constant
            case int():
                # Compared by size, because writing out a huge integer takes quadratic time.
                if abs(constant) >= 10**MAX_DIGITS:
                    raise _Refusal(f"Your answer holds a whole number of more than {MAX_DIGITS} digits.")
                return constant
            case float():
                if not math.isfinite(constant):
                    raise _Refusal("Your answer holds a number too large to calculate with.")
                return constant
        # Bytes, complex numbers and the like: no schema allows them, and that costs one entry only.
        return constant


def _is_text(string: str) -> bool:
    # Half a surrogate pair ("\\ud800") would break every file and database it reaches.
    return not any("\ud800" <= letter <= "\udfff" for letter in string) and "\x00" not in string


def _sentence_for(error: SyntaxError) -> str:
    message = (error.msg or "it is not complete").split(";")[0][:120]
    if "integer string conversion" in message:
        return "Your answer holds a whole number of more than 4,300 digits."
    where = f"Line {error.lineno} of your answer" if error.lineno else "Your answer"
    return f"{where} cannot be read ({message}); check its commas, quotes and brackets."


def _shown(source: str, statement: ast.stmt) -> str:
    line = source.splitlines()[statement.lineno - 1].strip()
    return line if len(line) <= 60 else line[:57] + "…"
