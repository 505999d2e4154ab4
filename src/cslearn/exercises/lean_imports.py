"""jsonschema without what makes it slow to import."""

import sys


def import_jsonschema() -> None:
    """Imports jsonschema without its grammar of international web addresses.

    jsonschema takes that grammar where it is installed (nbgrader's server brings it) and
    compiles it at each start, which is a second of every command that opens a notebook;
    no notebook, exercise or book's settings has such an address. It does without where the import fails.
    """
    grammar = "rfc3987_syntax"
    if grammar in sys.modules or "jsonschema" in sys.modules:
        return
    sys.modules[grammar] = None  # type: ignore[assignment]
    try:
        import jsonschema  # noqa: F401
    except ImportError:
        # Who needs it will say so.
        pass
    finally:
        del sys.modules[grammar]
