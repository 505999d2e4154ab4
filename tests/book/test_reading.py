"""Every lesson can be read by a 14-year-old: a Flesch-Kincaid grade of 9.5 or lower."""

from pathlib import Path

import pytest
import reading

BOOK = Path(__file__).parents[2] / "book"
LESSONS = sorted(
    page
    for part in (
        "start",
        "excellence",
        "measuring",
        "complaints",
        "options",
        "process",
        "change",
        "evaluation",
        "capstone",
        "assessment",
    )
    for page in (BOOK / part).glob("*.md")
)
LIMIT = 9.5


def test_there_are_lessons_to_read():
    assert LESSONS


@pytest.mark.parametrize("page", LESSONS, ids=lambda page: page.relative_to(BOOK).as_posix())
def test_a_lesson_is_easy_to_read(page, record_property):
    grade = reading.grade(page.read_text(encoding="utf-8"))
    record_property("grade", round(grade, 1))
    print(f"{page.relative_to(BOOK).as_posix()}: grade {grade:.1f}")
    assert 0 < grade <= LIMIT, "Shorten sentences, or use shorter words."


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "the made rate scheme cost weight planned moved used rates through score while"),
        (2, "table people option budget trusted changes prices matrix safely special nation being useful"),
        (3, "customer example together decision computer employee however previous benefit studying"),
        (4, "criteria discriminate information operation usually"),
        (5, "opportunity sensitivity evaluation"),
        (3, "KPI NPV FTE"),
    ],
)
def test_syllables_are_counted_as_they_are_said(count, words):
    assert {word: reading.syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_the_grade_follows_the_formula():
    # 9 words in 2 sentences, 11 syllables.
    assert reading.grade("The cat sat there.\n\nIt saw a little table.") == pytest.approx(
        0.39 * 9 / 2 + 11.8 * 11 / 9 - 15.59
    )


def test_long_words_in_long_sentences_are_harder():
    plain = reading.grade("We ask people what they think. Then we fix what is wrong.")
    heavy = reading.grade(
        "Organisational prioritisation necessitates comprehensive consultation, notwithstanding operational "
        "considerations that occasionally complicate the implementation of previously agreed recommendations."
    )
    assert plain < 3 and heavy > 18


PAGE = """---
cslearn:
  page: "4.6"
---
(target)=
# A heading that is not counted

First *sentence* with a {term}`weight <weight>` and [a link](https://example.org). A sum of $x^2$ pounds
goes on here: {cite:t}`somebody2000` said so.

- An item
- Another item.

| a table | is not prose |
|---|---|

```{code-cell}
:tags: [hide-input]
print("code is not prose")
```

$$
formula = 1
$$

:::{note} Title
:class: wide
Inside a note.

````{explorer} decision-matrix
Inside an explorer.
````
:::

Last.
"""


def test_only_what_a_reader_reads_is_counted():
    assert reading.sentences(PAGE) == [
        "First sentence with a weight and a link.",
        "A sum of 5 pounds goes on here:  said so.",
        "An item",
        "Another item.",
        "Inside a note.",
        "Last.",
    ]
