"""How hard a page is to read: the Flesch-Kincaid grade of its prose.

The grade is 0.39 times the words in a sentence, plus 11.8 times the syllables in a word,
minus 15.59 (Kincaid and others, 1975). Grade 9 is a reader of about 14.
"""

import re

WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,}|:{3,})[ \t]*(.*?)[ \t]*$")
# Directives whose body is prose that the reader sees. What stands in any other is a form,
# a picture, data or code.
PROSE = re.compile(
    r"\{(note|tip|hint|important|attention|caution|warning|danger|seealso|admonition|dropdown|margin|sidebar"
    r"|epigraph|tab-set|tab-item|grid|grid-item|grid-item-card|card|details|workplace|glossary)\}"
)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a MyST page; 0 for a page with no prose."""
    found = sentences(text)
    words = [word for sentence in found for word in WORD.findall(sentence)]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def sentences(text: str) -> list[str]:
    """The sentences of a page. An item of a list ends a sentence, with or without a full stop."""
    found = []
    for block in _blocks(prose(text)):
        for sentence in re.split(r"(?<=[.!?])[\"”’)*_]*\s+", block):
            if WORD.search(sentence):
                found.append(sentence.strip())
    return found


def prose(text: str) -> str:
    """What a reader reads on a page, without headings, tables, code, formulas and directives' own words."""
    text = re.sub(r"\A---\n.*?\n---[ \t]*\n", "", text, flags=re.S)
    text = re.sub(r"\$\$.*?\$\$", "", text, flags=re.S)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    kept = []
    fences: list[tuple[str, bool]] = []
    in_options = False
    for line in text.splitlines():
        if fence := FENCE.match(line):
            marker, info = fence[1], fence[2]
            within, hidden = fences[-1] if fences else ("", False)
            if within and not info and marker.startswith(within):
                fences.pop()
            elif not hidden:
                fences.append((marker, not PROSE.match(info)))
                in_options = True
            kept.append("")
        elif (fences and fences[-1][1]) or (in_options and re.match(r"[ \t]*:[\w-]+:", line)):
            continue
        elif re.match(r"[ \t]*(#{1,6} |\||%|\+\+\+|\([\w-]+\)=|:?-{3,}|\*{3,})", line):
            in_options = False
            kept.append("")
        else:
            in_options = False
            kept.append(line)
    return _plain("\n".join(kept))


def _plain(text: str) -> str:
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)(\{[^}]*\})?", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)(\{[^}]*\})?", r"\1", text)
    # A role shows its text; a citation shows a name and a year, which is not prose.
    text = re.sub(r"\{cite[\w:]*\}`[^`]*`", "", text)
    text = re.sub(r"\{(?:eval|math|code|bdg[\w-]*)\}`[^`]*`", "5", text)
    text = re.sub(r"\{[\w:+-]+\}`([^`<]*?)\s*(?:<[^`>]*>)?`", r"\1", text)
    text = re.sub(r"\{\{.*?\}\}", "5", text)
    text = re.sub(r"(?<![\\$\w])\$[^$\n]+\$(?![\w$])", "5", text)
    text = re.sub(r"`([^`]*)`", r"\1", text)
    text = re.sub(r"<[^<>\n]+>", "", text)
    return re.sub(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}", "", text)


def _blocks(text: str) -> list[str]:
    """Paragraphs and items of lists, each on one line."""
    blocks = [""]
    for line in text.splitlines():
        if not line.strip():
            blocks.append("")
            continue
        if re.match(r"[ \t]*([-*+]|\d+[.)])[ \t]+", line):
            blocks.append("")
            line = re.sub(r"^[ \t]*([-*+]|\d+[.)])[ \t]+", "", line)
        blocks[-1] += " " + line.strip().removeprefix(">").strip()
    return [block.strip() for block in blocks if block.strip()]


# Words whose sound the rules below would miss, and that this course uses often.
KNOWN = {
    "area": 3, "being": 2, "business": 2, "created": 3, "create": 2, "creates": 2, "doing": 2, "every": 2,
    "everyone": 3, "everything": 3, "evening": 2, "going": 2, "idea": 3, "ideas": 3, "interest": 2,
    "people": 2, "poem": 2, "quiet": 2, "reality": 4, "ready": 2, "science": 2, "seeing": 2, "something": 2,
    "sometimes": 2, "somewhere": 2, "someone": 2, "used": 1, "value": 2, "values": 2, "valued": 2,
}  # fmt: skip


def syllables(word: str) -> int:
    """Syllables of an English word, by its groups of vowels; initials are spelt out."""
    plain = word.split("'")[0].split("’")[0]
    if len(plain) > 1 and plain.isupper():
        return len(plain)
    plain = plain.lower()
    if plain in KNOWN:
        return KNOWN[plain]
    count = len(re.findall(r"[aeiouy]+", plain))
    if re.search(r"[^aeiouy]e$", plain) and not re.search(r"[^aeiouyl]le$", plain):
        count -= 1  # made, scheme; but ta-ble
    elif re.search(r"[^aeiouytd]ed$", plain):
        count -= 1  # planned; but trus-ted
    elif re.search(r"[^aeiouy]es$", plain) and not re.search(r"(s|x|z|c|g|sh|ch|[^aeiouyl]l)es$", plain):
        count -= 1  # rates; but chan-ges
    # Two vowels that are said apart, as in var-i-ous, ...
    count += len(re.findall(r"i[aou]|eo(?=[nl]$)|uou|ua[lt]|yi|yee", plain))
    # ... unless they melt into one, as in na-tion and spe-cial.
    count -= len(re.findall(r"[tscg]io|[tsc]ia[lt]", plain))
    # A silent e before an ending: safe-ly, state-ment, use-ful.
    if re.search(r"[aeiouy][^aeiouy]+e(ly|ment|ments|ful|less|ness)$", plain):
        count -= 1
    return max(count, 1)
