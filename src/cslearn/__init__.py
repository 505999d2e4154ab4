"""A course on leading change in customer service.

``cslearn.load("options")`` gives one of Northfold's tables, and
``cslearn.check(...)`` is the last line of a check cell in an exercise. In JupyterLab
``cslearn.answer_form("choose-an-improvement", "matrix")`` shows a task as a form.
"""

from cslearn.problem import Problem

__version__ = "0.1.0"
__all__ = ["Problem", "__version__", "answer_form", "check", "load"]

_HOMES = {
    "answer_form": "cslearn.exercises.answer_form",
    "check": "cslearn.exercises.check",
    "load": "cslearn.northfold.tables",
}


def __getattr__(name: str):
    # Looked up on first use, so that `import cslearn` stays quick in a browser.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'cslearn' has no attribute {name!r}")
