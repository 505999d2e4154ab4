"""What the feedback page and the report share: a self-contained page without scripts."""

import base64
import hashlib
import html
from datetime import timedelta

# System fonts, one column, and borders that survive printing. Colours reach 4.5 to 1 on white.
STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #f3f5f7; --line: #8a939d; --link: #0b57a4;
        --wait: #7a4b00; --good: #1d6b35; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --paper: #16191d; --soft: #23282e; --line: #7d8792; --link: #8ab8ff; --wait: #ffc46b;
          --good: #86d69c; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.25rem; margin-top: 2.2rem; } h3 { font-size: 1.05rem; }
a { color: var(--link); }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); margin: .8rem 0; }
.scroll:focus-visible, a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .5rem .6rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-top: 1px solid var(--line); }
thead th { background: var(--soft); border-top: 0; }
td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.box { border-left: 4px solid var(--line); background: var(--soft); padding: .4rem 1rem; margin: .8rem 0; }
.wait { color: var(--wait); font-weight: 600; } .done { color: var(--good); font-weight: 600; }
.answer { border: 1px solid var(--line); padding: .2rem 1rem; overflow-wrap: anywhere; overflow-x: auto; }
.answer img { max-width: 100%; height: auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { font-weight: 600; } dd { margin: 0; }
tbody th { min-width: 8rem; }
.parts { list-style: none; padding: 0; } .parts li { border-top: 1px solid var(--line); padding: .5rem .2rem; }
ul { padding-left: 1.3rem; } .links { columns: 18rem; } summary { cursor: pointer; min-height: 1.5rem; white-space: nowrap; } footer { padding: 2rem 1rem; font-size: .9rem; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; }
  th, td { padding: .4rem; } tbody th { min-width: 6rem; } }
@media print { .skip { display: none; } .scroll { overflow: visible; } h2, h3, tr { break-after: avoid; break-inside: avoid; }
  body { font-size: 10.5pt; } details::details-content { content-visibility: visible; } }
""".strip()

_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
# Even if something got past the escaping, a browser runs no script, loads nothing and sends nothing.
POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; base-uri 'none'; form-action 'none'"


def esc(text: object) -> str:
    """Text for HTML, also inside quotes."""
    return html.escape(str(text), quote=True)


def page(title: str, body: str, footer: str) -> str:
    """A whole page around ``body``, which must be safe HTML already."""
    return f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>{esc(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><h1>{esc(title)}</h1></header>
<main id="main">
{body}
</main>
<footer>{esc(footer)}</footer>
</body>
</html>
"""


def table(caption: str, head: list[str], rows: list[list[str]], numeric: frozenset[int] = frozenset()) -> str:
    """A table in a region that scrolls on its own and can be reached by keyboard.

    Cells are safe HTML already; the first of each row names the row.
    """
    scrolls = hashlib.sha256(caption.encode()).hexdigest()[:8]

    def cell(tag: str, column: int, content: str, scope: str = "") -> str:
        kind = ' class="n"' if column in numeric else ""
        return f"<{tag}{scope}{kind}>{content}</{tag}>"

    top = "".join(cell("th", column, esc(name), ' scope="col"') for column, name in enumerate(head))
    body = "".join(
        "<tr>"
        + "".join(
            cell("th", 0, content, ' scope="row"') if column == 0 else cell("td", column, content)
            for column, content in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="t{scrolls}">'
        f'<table><caption id="t{scrolls}">{esc(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def figure(value: float) -> str:
    """Marks for a person: no trailing noughts, no more than two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def duration(time: timedelta) -> str:
    """A length of time for a person, in its two largest units: "2 days 3 hours", "4 minutes"."""
    minutes = max(round(time.total_seconds() / 60), 1)
    counts = ((minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute"))
    said = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in counts if count]
    return " ".join(said[:2])
