"""Makes small books, so that a test shows one behaviour of the site at a time."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace

import yaml

from cslearn.site.build import build

REPOSITORY = Path(__file__).parents[2]

NOTEBOOK = dedent("""\
    ---
    file_format: mystnb
    kernelspec: {name: python3, display_name: Python 3}
    ---
    """)

QUIZ = dedent("""\
    prediction:
      ask: Which option wins?
      options:
        - {text: The portal, because: "It scores *highest* on speed, which weighs most."}
        - {text: The cut-off, right: true, because: It costs least and breaks nothing.}
    questions:
      - id: weights
        checks: [PR3]
        ask: What do the weights of $w_i$ add up to?
        kind: one
        options:
          - {text: "100", right: true, because: Shares of one whole add up to `100`.}
          - {text: Whatever the team likes, because: Then two totals could not be compared., misconception: CMm2}
      - id: evidence
        ask: What belongs in the matrix?
        kind: many
        options:
          - {text: Criteria from the strategy, right: true, because: They say what matters.}
          - {text: A rule for each score, right: true, because: Someone else must reach the same score.}
          - {text: The manager's favourite, because: A favourite is no criterion.}
    """)

EXPLORER = dedent("""\
    import { label } from "./kit.js";
    export default {
      render({ model, el }) {
        el.innerHTML = `<p><label for="weight">${label}</label> <input id="weight" type="range" min="0" max="100"></p>
          <p role="status"></p>`;
        const input = el.querySelector("input");
        const said = el.querySelector("[role=status]");
        const show = () => { said.textContent = `Weight ${model.get("weight") ?? 40}`; };
        input.value = model.get("weight") ?? 40;
        model.on("change:weight", show);
        input.addEventListener("input", () => { model.set("weight", Number(input.value)); model.save_changes(); });
        show();
      },
    };
    """)


def fake_registry(folder: Path) -> dict:
    """Two explorers, as `cslearn.explorers.registry` would give them; the second needs Northfold's tables."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "decision_matrix.js").write_text(EXPLORER)
    (folder / "kit.js").write_text('export const label = "Weight of cost";\n')
    (folder / "later.js").write_text("export const label = 1;\n")
    (folder / "kit.css").write_text(".explorer input { width: 100%; }\n")
    entry = SimpleNamespace(
        slug="decision-matrix",
        id="W7",
        title="Decision matrix",
        module=folder / "decision_matrix.js",
        assets=[folder / "kit.js", folder / "later.js", folder / "kit.css"],
        reads_tables=False,
        views=("table",),
        later=(folder / "later.js",),
    )
    room = SimpleNamespace(**{**vars(entry), "slug": "tables-room", "reads_tables": True})
    return {entry.slug: entry, room.slug: room}


def write(root: Path, pages: dict[str, str]) -> Path:
    """A book folder with the repository's own settings and these files; the first page is the root."""
    for name, text in pages.items():
        path = root / "book" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf8")
    (root / "book" / "references.bib").touch()
    (root / "_config.yml").write_text((REPOSITORY / "_config.yml").read_text())
    first, *others = [name.removesuffix(".md") for name in pages if name.endswith(".md")]
    toc = {"format": "jb-book", "root": first}
    if others:
        toc["parts"] = [{"caption": "Choosing", "chapters": [{"file": name} for name in others]}]
    (root / "_toc.yml").write_text(yaml.safe_dump(toc))
    return root


def built(root: Path, pages: dict[str, str]) -> Path:
    """The finished site of a small book."""
    return build(write(root, pages), root / "_build", on_line=lambda line: None)
