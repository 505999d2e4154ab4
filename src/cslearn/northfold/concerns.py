"""Eight comments that staff wrote on cards, with four drafted replies each, for the exercise on winning people over.

Made, not searched for. Planted: every element of ADKAR is what somebody lacks, one of them
twice; one comment is about an action that the log shows as open; and exactly two comments
show that the plan itself has to change, one because it shuts out somebody with a disability
and one because it has a hole. Each letter is the right reply to two of the eight, so that
choosing one letter throughout does not pay; and the longest reply is right no more often
than any other.
"""

from cslearn.northfold.concerns_text import CLOSERS, COMMENTS, Comment
from cslearn.northfold.draw import Draw, seed_of

COUNT = 8
LETTERS = ("a", "b", "c", "d")
ELEMENTS = ("A", "D", "K", "Ab", "R")


def drawn(seed: int) -> tuple[list[dict], dict[str, dict]]:
    """What a learner reads of each comment (``id``, ``text``, ``replies`` by letter), and the truth about each, by id.

    The truth has the ``type`` (an element of ADKAR, or "P" for a fault in the plan), the
    letter of the ``right`` reply, the ``faults`` of the others by letter, ``change_plan``,
    ``adjustment``, and ``log``, the open action that the comment is about, or "".
    """
    draw = Draw(seed_of("concerns", seed))
    chosen = draw.shuffled(_chosen(draw))
    letters = draw.shuffled(LETTERS * (COUNT // len(LETTERS)))
    # To how many of its wrong replies a closer is added: as often to none as to one, two or all three.
    closed = draw.shuffled((0, 1, 2, 3) * (COUNT // 4))
    closers = {fault: draw.shuffled(texts) for fault, texts in CLOSERS.items()}
    known, truth = [], {}
    for number, (comment, right, more) in enumerate(zip(chosen, letters, closed, strict=True), start=1):
        wrong = draw.shuffled(list(comment.faults))
        places = dict(zip((letter for letter in LETTERS if letter != right), wrong, strict=True))
        replies = {letter: comment.faults[fault] for letter, fault in places.items()} | {right: comment.right}
        for letter in draw.shuffled(list(places))[:more]:
            if closers[places[letter]]:
                replies[letter] += " " + closers[places[letter]].pop()
        known.append({"id": f"Q{number}", "text": comment.text, "replies": {x: replies[x] for x in LETTERS}})
        truth[f"Q{number}"] = {
            "type": comment.type, "right": right, "faults": places, "change_plan": comment.type == "P",
            "adjustment": comment.adjustment, "log": comment.log,
        }  # fmt: skip
    return known, truth


def _chosen(draw: Draw) -> list[Comment]:
    def one(fits) -> Comment:
        return draw.one_of([comment for comment in COMMENTS if fits(comment) and comment not in found])

    found: list[Comment] = []
    found.append(one(lambda c: c.adjustment))
    found.append(one(lambda c: c.type == "P" and not c.adjustment))
    found.append(one(lambda c: c.log))
    missing = [element for element in ELEMENTS if element != found[-1].type]
    for element in (*missing, draw.one_of(ELEMENTS)):
        found.append(one(lambda c, element=element: c.type == element and not c.log))
    return found
