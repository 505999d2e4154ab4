"""Answers: plain data whose shape is one JSON Schema.

The schema in a task's YAML drives everything said about the shape of its answer: the
starter in the notebook, the check before marking, and the table of what to hand in.
``None`` means "not filled in" and is allowed everywhere.

Besides standard JSON Schema, a field may have ``title`` and ``description`` (its label and
help), ``x-unit`` (such as "GBP"), ``x-choices`` (plain names of its values) and, for a
list, ``x-rows`` (how many blank rows the starter has). A list whose ``minItems`` and
``maxItems`` are the same has that many entries, whose labels are ``x-names``. A field with
``x-hidden`` is read where an answer has it, and asked for nowhere.
"""

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from cslearn.problem import Problem

# Joins the names on the way to an inner entry.
STEP = " → "
# Far above any honest answer; below what would slow a marker down.
LONGEST_TEXT = 20_000
LARGEST_NUMBER = 1e15
_MOST_VALUES = 5_000
# By name, so that nothing heavy is imported to look at an answer. "bool_" before numpy 2, "bool" since.
_NUMPY_NUMBERS = frozenset(
    [
        "bool",
        "bool_",
        "float16",
        "float32",
        "float64",
        *(f"{kind}{bits}" for kind in ("int", "uint") for bits in (8, 16, 32, 64)),
    ]
)
_MOST_REPAIRS = 40


def blank(schema: dict):
    """The starter for an answer: every field there, each ``None``."""
    kind = schema.get("type")
    if kind == "object":
        return {name: blank(field) for name, field in asked(schema).items()}
    if kind == "array":
        return [blank(schema["items"]) for _ in range(schema.get("x-rows", 0))]
    return None


def asked(schema: dict) -> dict:
    """The fields of a group that a learner is asked for, by name."""
    return {name: field for name, field in schema.get("properties", {}).items() if not field.get("x-hidden")}


def is_blank(value) -> bool:
    """Whether nothing at all is filled in."""
    if isinstance(value, dict):
        return all(is_blank(v) for v in value.values())
    if isinstance(value, (list, tuple)):
        return all(is_blank(v) for v in value)
    return value is None or value == ""


def tidy(value, schema: dict) -> tuple[object, list[str]]:
    """The answer with every entry that does not fit blanked, and one sentence for each.

    One slip in one field costs that field and nothing else. Missing fields are filled
    with ``None``, so a rule may count on every key. Never raises on any plain data.
    """
    sentences: list[str] = []
    count = [0]
    value = _plain(value, schema, (), sentences, count)
    check = _validator(json.dumps(schema, sort_keys=True))
    for _ in range(_MOST_REPAIRS):
        fault = check(value)
        if fault is None:
            break
        path, sentence = fault
        sentences.append(sentence)
        value = _blanked(value, path)
    else:
        sentences.append("There are too many entries that do not fit; the whole answer is taken as blank.")
        value = None
    return _complete(value, schema), sentences


def shape_errors(value, schema: dict) -> list[str]:
    """One sentence for each entry of the answer that does not fit its schema; empty if all fit."""
    return tidy(value, schema)[1]


def literal(value, indent: int = 0, width: int = 96) -> str:
    """The answer as tidy Python source: short lists on one line, long ones a line each."""
    flat = repr(value)
    if len(flat) + indent <= width or not isinstance(value, (dict, list)) or not value:
        return flat
    pad, inner = " " * indent, " " * (indent + 4)
    if isinstance(value, dict):
        body = "".join(f"{inner}{k!r}: {literal(v, indent + 4, width)},\n" for k, v in value.items())
        return f"{{\n{body}{pad}}}"
    body = "".join(f"{inner}{literal(v, indent + 4, width)},\n" for v in value)
    return f"[\n{body}{pad}]"


@dataclass(frozen=True)
class Field:
    """One line of "what to hand in": where it stands, its label, what kind of entry, and its choices."""

    path: str
    label: str
    kind: str
    help: str
    choices: tuple[tuple[str, str], ...] = ()


def describe(schema: dict) -> list[Field]:
    """What to hand in, a line for each entry, in the schema's order; rows of a table come after their table."""
    fields: list[Field] = []
    for name, field in asked(schema).items():
        _describe(field, name, fields)
    return fields


def grouped(fields: list[Field]) -> list[list[Field]]:
    """The fields with neighbours that ask for the same thing (a score for each option, say) together."""
    parents = {field.path.rpartition(STEP)[0] for field in fields}

    def asks(field: Field) -> tuple:
        # A field with entries of its own stands alone, or these would hang under the wrong one.
        own = field.path if field.path in parents else ""
        return field.path.rpartition(STEP)[0], field.kind, field.help, field.choices, own

    return [list(group) for _, group in groupby(fields, asks)]


def _describe(field: dict, path: str, fields: list[Field]) -> None:
    choices = _choices(field)
    if field.get("type") == "array" and not choices:
        choices = _choices(field["items"])
    fields.append(Field(path, field.get("title", path), _kind(field), field.get("description", ""), choices))
    if field.get("type") == "object":
        for name, inner in asked(field).items():
            _describe(inner, f"{path}{STEP}{name}", fields)
    elif field.get("type") == "array" and field["items"].get("type") == "object":
        for name, inner in asked(field["items"]).items():
            _describe(inner, f"{path}{STEP}{name}", fields)


def _choices(field: dict) -> tuple[tuple[str, str], ...]:
    names = field.get("x-choices", {})
    return tuple((str(v), names.get(v, "")) for v in field.get("enum", ()))


def _kind(field: dict) -> str:
    unit = f", {field['x-unit']}" if "x-unit" in field else ""
    kind = field.get("type")
    if "enum" in field:
        return "one of the choices"
    if kind == "array":
        item = field["items"]
        if item.get("type") == "object":
            return "a list of rows"
        return "a list of choices" if "enum" in item else f"a list of {_plural(item)}{unit}"
    if kind == "object":
        return "one entry for each name"
    return {"integer": "a whole number", "number": "a number", "boolean": "True or False"}.get(kind, "text") + unit


def _plural(item: dict) -> str:
    return {"integer": "whole numbers", "number": "numbers"}.get(item.get("type"), "names")


# ---- the shape check ----------------------------------------------------------------------


def _plain(value, schema, path, sentences, count):
    """Only dicts, lists, strings, ordinary numbers, True, False and None; anything else blanked."""
    count[0] += 1
    if count[0] > _MOST_VALUES or len(path) > 20:
        if count[0] == _MOST_VALUES + 1 or len(path) == 21:
            sentences.append("The answer is far longer than the task asks for; the rest of it is ignored.")
            count[0] = _MOST_VALUES + 2
        return None
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            sentences.append(f"{_where(path, schema)}: this text is too long to be marked.")
            return None
        return value
    if type(value).__module__ == "numpy" and type(value).__name__ in _NUMPY_NUMBERS:
        # A total worked out with pandas is a number like any other.
        value = value.item()
    if isinstance(value, bool):
        return value
    if type(value) in (int, float):
        if abs(value) > LARGEST_NUMBER or not math.isfinite(value):
            sentences.append(f"{_where(path, schema)}: enter an ordinary number.")
            return None
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(v, schema, (*path, i), sentences, count) for i, v in enumerate(value)]
    if isinstance(value, dict):
        result = {}
        known = _field(schema, path).get("properties")
        for key, inner in value.items():
            if not isinstance(key, str) or (known is not None and key not in known):
                name = _shown(key) if isinstance(key, str) else "an entry"
                sentences.append(f"{_where(path, schema)}: {name} is not a name that this task uses; it was ignored.")
                continue
            result[key] = _plain(inner, schema, (*path, key), sentences, count)
        return result
    sentences.append(f"{_where(path, schema)}: only numbers, text, lists and True or False can be marked.")
    return None


@lru_cache(maxsize=64)
def _validator(schema_text: str):
    # fastjsonschema is imported here: `import cslearn` needs pandas at most.
    import fastjsonschema

    schema = json.loads(schema_text)
    try:
        validate = fastjsonschema.compile(_with_none(schema), use_default=False)
    except (fastjsonschema.JsonSchemaDefinitionException, KeyError, TypeError, AttributeError) as why:
        raise Problem(f"The answer schema is not a JSON Schema ({why}); correct it in the exercise file.") from why

    def check(value):
        try:
            validate(value)
        except fastjsonschema.JsonSchemaValueException as fault:
            path = tuple(int(p) if p.isdigit() else p for p in fault.path[1:])
            return path, _sentence(value, schema, path, fault)
        return None

    return check


def _with_none(schema: dict) -> dict:
    """The same schema with None allowed everywhere, and no field required: a blank is never a wrong shape."""
    result = {k: v for k, v in schema.items() if k not in ("required", "minItems") and not k.startswith("x-")}
    if "enum" in result:
        result["enum"] = [*result["enum"], None]
    if "type" in result:
        kinds = result["type"] if isinstance(result["type"], list) else [result["type"]]
        result["type"] = [*kinds, "null"]
    if "properties" in result:
        result["properties"] = {k: _with_none(v) for k, v in result["properties"].items()}
    if "items" in result:
        result["items"] = _with_none(result["items"])
    return result


def _sentence(value, schema, path, fault) -> str:
    where, field = _where(path, schema), _field(schema, path)
    given = _shown(_at(value, path))
    rule = fault.rule
    if rule == "enum":
        return f"{where}: {given} is not one of the choices ({', '.join(map(str, field['enum']))})."
    if rule == "type":
        return f"{where}: {given} should be {_kind(field)}."
    if rule in ("minimum", "exclusiveMinimum"):
        return f"{where}: {given} is too small; the lowest is {field[rule]}."
    if rule in ("maximum", "exclusiveMaximum"):
        return f"{where}: {given} is too large; the highest is {field[rule]}."
    if rule == "maxItems":
        return f"{where}: there are more entries than the {field['maxItems']} that the task allows."
    if rule == "uniqueItems":
        return f"{where}: the same entry stands there twice."
    if rule == "pattern":
        return f"{where}: {given} is not written as the task asks."
    return f"{where}: {given} does not fit."


def _blanked(value, path):
    """The answer with the entry at ``path`` blanked."""
    if not path:
        return None
    holder = value
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = None
    return value


def _at(value, path):
    for step in path:
        value = value[step]
    return value


def _field(schema: dict, path) -> dict:
    for step in path:
        schema = schema.get("items", {}) if isinstance(step, int) else schema.get("properties", {}).get(step, {})
    return schema


def _where(path, schema: dict) -> str:
    if not path:
        return "Your answer"
    words, here = [], schema
    for step in path:
        if isinstance(step, int):
            here = here.get("items", {})
            words.append(f"{'row' if here.get('type') == 'object' else 'entry'} {step + 1}")
        else:
            here = here.get("properties", {}).get(step, {})
            words.append(str(step)[:40])
    return ", ".join(words)


def _shown(value) -> str:
    if isinstance(value, (dict, list)):
        return "a list" if isinstance(value, list) else "a group of entries"
    text = str(value)
    text = text if len(text) <= 40 else text[:37] + "..."
    return f"'{text}'" if isinstance(value, str) else text


def _complete(value, schema: dict):
    """Every key there, so that a rule never has to ask."""
    kind = schema.get("type")
    if kind == "object":
        value = value if isinstance(value, dict) else {}
        return {name: _complete(value.get(name), field) for name, field in schema.get("properties", {}).items()}
    if kind == "array":
        if not isinstance(value, list):
            return []
        return [_complete(v, schema["items"]) for v in value]
    return value
