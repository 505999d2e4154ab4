"""The book as a static site: a Sphinx extension, its theme and its browser runtime.

Sphinx is imported inside `setup`, so that the quiz reader beside it stays light.
"""

from __future__ import annotations

from pathlib import Path


def setup(app):
    """Called by Sphinx; `_config.yml` names this package under `extra_extensions`."""
    from cslearn.site import (
        citations,
        data_dictionary,
        exercise,
        explorer,
        figures,
        mathml,
        offline,
        overview,
        pyodide,
        quiz_page,
        standards,
        tables,
        theme,
        workplace,
    )

    # Before sphinx-external-toc reads the table of contents (priority 900).
    app.connect("config-inited", find_toc, priority=850)
    app.add_directive("explorer", explorer.ExplorerDirective)
    app.add_directive("datadictionary", data_dictionary.DataDictionary)
    app.add_directive("standards", standards.Standards)
    app.add_directive("quiz", quiz_page.QuizDirective)
    app.add_directive("predict", quiz_page.PredictDirective)
    app.add_directive("workplace", workplace.WorkplaceDirective)
    app.add_directive("notebooks", overview.NotebooksDirective)
    app.add_directive("evidence", overview.EvidenceDirective)
    app.add_directive("exercise", exercise.ExerciseDirective)
    app.add_html_math_renderer(
        "cslearn", inline_renderers=(mathml.visit_inline, None), block_renderers=(mathml.visit_block, None)
    )
    app.connect("doctree-read", tables.tidy_outputs)
    app.connect("doctree-read", theme.fold_code)
    app.add_post_transform(tables.ScrollTables)
    app.add_post_transform(figures.TrueMinus)
    app.connect("env-purge-doc", exercise.forget)
    app.connect("env-merge-info", exercise.merge)
    app.connect("build-finished", explorer.copy_modules)
    app.connect("build-finished", explorer.copy_tables)
    app.connect("build-finished", exercise.write_notebooks)
    app.add_config_value("cslearn_pyodide", "", "", [str])
    # Set by `cslearn book`, which makes them when the pages are done.
    app.add_config_value("cslearn_full_notebooks", False, "env", [bool])
    app.connect("build-finished", pyodide.copy_files)
    # After everything that writes a file.
    app.connect("build-finished", offline.write_list, priority=900)
    citations.register()
    theme.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def find_toc(app, config) -> None:
    """Looks for `jb build --toc _toc.yml` where the command was given.

    Jupyter Book checks the file there, and then looks for it inside the book's folder.
    """
    given = Path(config.external_toc_path)
    if not (Path(app.srcdir) / given).exists() and given.exists():
        config.external_toc_path = given.resolve().as_posix()
