"""Learner codes: short strings that stand for a learner's own case.

A code is all that a learner needs to type. It is made from the centre's secret
salt and the learner's id, so nobody can work out another learner's code, and one
code serves all nine exercises: the exercise and the data version join it only
when a case is drawn (:mod:`cslearn.northfold.case`).
"""

import hashlib
import itertools

from cslearn.problem import Problem

# Crockford's base 32: no I, L, O or U, so that a code read aloud or copied by hand survives.
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_GROUPS = (4, 4, 4)


def learner_code(learner: str, salt: str) -> str:
    """The code to hand to one learner, such as ``7KQ2-9MXD-41TF``.

    ``learner`` is the id in the roster and ``salt`` the centre's secret. Eleven
    symbols (55 bits) come from SHA-256 over both; the twelfth is a check symbol.
    Raises :class:`Problem` when either is empty.
    """
    learner, salt = str(learner).strip(), str(salt)
    if not learner:
        raise Problem("A learner code needs a learner id; the roster has an empty one.")
    if not salt.strip():
        raise Problem("The centre's salt is empty, so anyone could work out every code; set one in class.yml.")
    # Lengths keep ("ab", "c") and ("a", "bc") apart.
    digest = hashlib.sha256(f"{len(salt)}|{salt}|{len(learner)}|{learner}".encode()).digest()
    number = int.from_bytes(digest[:8], "big")
    body = "".join(SYMBOLS[(number >> (5 * i)) & 31] for i in range(11))
    return _grouped(body + _check_symbol(body))


def tidy_code(text: str) -> str:
    """``text`` as a proper code: case, spaces, dashes and look-alike letters put right.

    Raises :class:`Problem` when it cannot be a code, for example after a typing mistake.
    """
    plain = "".join(c for c in str(text).upper() if c.isalnum()).translate(_LOOKALIKES)
    if len(plain) != sum(_GROUPS) or any(c not in SYMBOLS for c in plain):
        raise Problem(
            f"'{_short(text)}' is not a learner code; a code has twelve letters and digits, like 7KQ2-9MXD-41TF."
        )
    if _check_symbol(plain[:-1]) != plain[-1]:
        raise Problem(
            f"The learner code '{_short(text)}' has a typing mistake; compare it with the one your tutor sent."
        )
    return _grouped(plain)


def is_code(text: str) -> bool:
    """Whether ``text`` is a code without a typing mistake."""
    try:
        tidy_code(text)
    except Problem:
        return False
    return True


def _check_symbol(body: str) -> str:
    # Luhn's algorithm in base 32: it notices every single wrong symbol and
    # nearly every swap of two neighbours.
    total = 0
    for place, symbol in enumerate(reversed(body)):
        value = SYMBOLS.index(symbol) * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return SYMBOLS[-total % 32]


def _grouped(plain: str) -> str:
    cuts = [sum(_GROUPS[:i]) for i in range(len(_GROUPS) + 1)]
    return "-".join(plain[a:b] for a, b in itertools.pairwise(cuts))


def _short(text) -> str:
    text = " ".join(str(text).split())
    return text if len(text) <= 30 else text[:27] + "..."
