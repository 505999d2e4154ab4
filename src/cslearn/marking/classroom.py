"""A tutor's class folder: who is in the class, its secret, and nbgrader's own folders.

```
class.yml      course id, the centre's secret salt, whether all learners share one case, and a few choices
roster.csv     learner_id, name, email, extra_time
source/ release/ submitted/ autograded/ feedback/     as nbgrader has them
earlier/       submissions that a later one replaced
gradebook.db   nbgrader's gradebook (SQLite), unless class.yml names another (PostgreSQL)
codes.csv      the learner codes to hand out
```
"""

import csv
import io
import os
import re
import secrets
import sqlite3
import unicodedata
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

from cslearn import strict_yaml
from cslearn.marking.files import spreadsheet_safe, write_whole
from cslearn.marking.times import is_extra_time
from cslearn.northfold.codes import learner_code
from cslearn.problem import Problem

COURSE = "cslearn"
# Learner ids become folder names in submitted/, and nbgrader puts them into file globs and URLs.
_SAFE_ID = re.compile(r"[^\W_][\w.@+-]{0,99}", re.ASCII)
# Stands in for the learner's id when a class shares one case.
_COMMON = "one case for the whole class"


@dataclass(frozen=True)
class Learner:
    """One row of the roster."""

    id: str
    name: str
    email: str = ""
    # How much longer they have, as typed: "25%", "3 days".
    extra_time: str = ""


@dataclass(frozen=True)
class Classroom:
    """A class folder that has been read and found in order."""

    root: Path
    salt: str = field(repr=False)
    one_common_case: bool = False
    course: str = COURSE
    # What work that comes late costs, in nbgrader's words: "none" or "zero".
    late_work: str = "none"
    # A PostgreSQL address, which may hold a password; "" for a file in the class folder.
    shared_gradebook: str = field(default="", repr=False)

    @cached_property
    def roster(self) -> dict[str, Learner]:
        """Learners by id, in the roster's order."""
        return read_roster(self.root / "roster.csv")

    @property
    def gradebook(self) -> Path:
        return self.root / "gradebook.db"

    @property
    def db_url(self) -> str:
        return self.shared_gradebook or f"sqlite:///{self.gradebook}"

    @property
    def has_gradebook(self) -> bool:
        """Whether there is one to open; a shared one is made by whoever looks after the server."""
        return bool(self.shared_gradebook) or self.gradebook.exists()

    @property
    def gradebook_shown(self) -> str:
        """The gradebook as a person may see it named: no password."""
        return server_of(self.shared_gradebook) if self.shared_gradebook else self.gradebook.name

    def folder(self, step: str, learner: str, exercise: str) -> Path:
        """nbgrader's place for one learner's work at one step, for example "submitted"."""
        return self.root / step / learner / exercise

    def notebook(self, step: str, learner: str, exercise: str) -> Path:
        return self.folder(step, learner, exercise) / f"{exercise}.ipynb"

    def released(self, exercise: str) -> Path:
        return self.root / "release" / exercise / f"{exercise}.ipynb"

    def code(self, learner_id: str) -> str:
        """The code that gives this learner their case."""
        return learner_code(_COMMON if self.one_common_case else learner_id, self.salt)

    @cached_property
    def codes(self) -> dict[str, str]:
        """Learner codes by learner id."""
        return {learner: self.code(learner) for learner in self.roster}


def open_classroom(folder: str | Path = ".") -> Classroom:
    """The class in this folder. Raises Problem when there is none or it belongs to something else."""
    root = Path(folder).resolve()
    settings_path = root / "class.yml"
    if not settings_path.is_file():
        raise Problem(
            f"{root} is not a class folder: it has no class.yml. "
            "Put your roster.csv there and run `cslearn release` in it first."
        )
    settings = _settings(settings_path)
    salt = settings.get("salt")
    if not isinstance(salt, str) or len(salt) < 16:
        raise Problem(
            f"{settings_path} has no salt of at least 16 characters; "
            "restore the file from your backup, because every learner's case depends on it."
        )
    common = settings.get("one_common_case", False)
    if not isinstance(common, bool):
        raise Problem(f"In {settings_path}, one_common_case must be true or false.")
    if settings.get("course") != COURSE:
        raise Problem(
            f"{settings_path} belongs to the course {settings.get('course')!r}, not {COURSE!r}; "
            "choose this course's class folder with --class."
        )
    classroom = Classroom(
        root=root,
        salt=salt,
        one_common_case=common,
        late_work=_late_work(settings_path, settings),
        shared_gradebook=_shared_gradebook(settings_path, settings),
    )
    if classroom.shared_gradebook:
        _check_shared(classroom.shared_gradebook)
    else:
        _check_gradebook(classroom.gradebook)
    return classroom


def stock_settings(folder: str | Path) -> dict[str, str]:
    """What nbgrader itself has to know of class.yml: ``db_url`` and ``penalty_method``. Empty where there is no class."""
    path = Path(folder) / "class.yml"
    if not path.is_file():
        return {}
    settings = _settings(path)
    found = {"penalty_method": _late_work(path, settings)}
    if shared := _shared_gradebook(path, settings):
        found["db_url"] = shared
    return found


def _late_work(path: Path, settings: dict) -> str:
    method = settings.get("late_work", "none")
    if method not in ("none", "zero"):
        raise Problem(f"In {path}, late_work must be none (lateness is noted) or zero (late work earns nothing).")
    return method


def _shared_gradebook(path: Path, settings: dict) -> str:
    """The address for SQLAlchemy, with the driver that we bring. Never quoted in a message: it may hold a password."""
    given = settings.get("gradebook", "")
    if not given:
        return ""
    match = re.fullmatch(r"(?:postgresql\+psycopg|postgresql|postgres)://(?P<rest>.+)", str(given))
    if match is None:
        raise Problem(f"In {path}, gradebook must be an address such as postgresql://tutor@localhost/cslearn.")
    url = f"postgresql+psycopg://{match['rest']}"
    import sqlalchemy as sa

    try:
        sa.engine.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        raise Problem(
            f"In {path}, the gradebook's address cannot be read; write it as postgresql://user@host:port/database."
        ) from None
    return url


def server_of(url: str) -> str:
    """Host, port and database of a PostgreSQL address, and nothing else of it."""
    import sqlalchemy as sa

    parts = sa.engine.make_url(url)
    host = parts.host or parts.query.get("host") or "this computer"
    return f"PostgreSQL database {parts.database or ''} on {host}" + (f":{parts.port}" if parts.port else "")


def _check_shared(url: str) -> None:
    """Refuse a server that does not answer, and another course's gradebook."""
    import sqlalchemy as sa

    try:
        engine = sa.create_engine(url, connect_args={"connect_timeout": 15})
    except ImportError as error:
        raise Problem(
            "A gradebook in PostgreSQL needs psycopg; install it with `pip install 'cslearn[postgresql]'`."
        ) from error
    try:
        with engine.connect() as db:
            if not sa.inspect(db).has_table("assignment"):
                return
            used = db.execute(sa.text("select distinct course_id from assignment")).scalars().all()
            named = db.execute(sa.text("select id from course where id != 'default_course'")).scalars().all()
    except sa.exc.OperationalError as error:
        why = " ".join(str(error.orig).split())
        raise Problem(f"The {server_of(url)} cannot be opened: {why[:300]}") from None
    finally:
        engine.dispose()
    if others := [course for course in (*used, *named) if course != COURSE]:
        raise Problem(
            f"The {server_of(url)} belongs to the course {others[0]!r}, not {COURSE!r}; give this class its own."
        )


def create_classroom(folder: str | Path = ".", salt: str = "") -> Classroom:
    """The class in this folder, made on first use with a new random salt (or the one given).

    Needs a roster.csv, so that a wrong folder is noticed before anything is written.
    """
    root = Path(folder).resolve()
    if not root.is_dir():
        raise Problem(f"There is no folder {root}; make it and put your roster.csv into it.")
    if (root / "class.yml").exists():
        return open_classroom(root)
    read_roster(root / "roster.csv")
    _check_gradebook(root / "gradebook.db")
    text = (
        "# Keep this file private and backed up: with the salt, anyone can work out every learner's case.\n"
        f"course: {COURSE}\n"
        f"salt: {salt or secrets.token_hex(16)}\n"
        "# true gives the whole class one common case.\n"
        "one_common_case: false\n"
        "# none: lateness is only noted. zero: what comes after its due time earns nothing.\n"
        "late_work: none\n"
        "# For a gradebook that several tutors share, before the first release:\n"
        "# gradebook: postgresql://tutor@localhost/cslearn\n"
    )
    write_whole(root / "class.yml", text)
    os.chmod(root / "class.yml", 0o600)
    return open_classroom(root)


def _settings(path: Path) -> dict:
    try:
        settings = strict_yaml.load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Problem(f"{path} cannot be read ({error}); restore it from your backup.") from error
    if not isinstance(settings, dict):
        raise Problem(f"{path} must hold lines such as `course: {COURSE}`; restore it from your backup.")
    return settings


def _check_gradebook(path: Path) -> None:
    """Refuse another course's gradebook before anything is written into it."""
    if not path.exists():
        return
    try:
        # Read-only, because opening must not create or alter anything.
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            used = [row[0] for row in db.execute("select distinct course_id from assignment")]
            # nbgrader itself adds "default_course" whenever one of its preprocessors opens the file.
            named = [row[0] for row in db.execute("select id from course where id != 'default_course'")]
    except sqlite3.DatabaseError as error:
        raise Problem(
            f"{path} is not a gradebook that nbgrader can open ({error}); move it away or restore it."
        ) from error
    others = [course for course in (*used, *named) if course != COURSE]
    if others:
        raise Problem(
            f"{path} belongs to the course {others[0]!r}, not {COURSE!r}; "
            "choose this course's class folder with --class, or move the file away."
        )


def read_roster(path: Path) -> dict[str, Learner]:
    """Learners by id from a CSV as spreadsheets save it: any case, spaces, commas or semicolons."""
    if not path.is_file():
        raise Problem(
            f"There is no roster at {path}; save one there with the columns learner_id, name, email, extra_time."
        )
    rows = list(csv.reader(io.StringIO(text := decoded(path)), delimiter=delimiter(text)))
    rows = [[cell.strip() for cell in row] for row in rows]
    rows = [(number, row) for number, row in enumerate(rows, start=1) if any(row)]
    if not rows:
        raise Problem(f"{path} is empty; it needs the columns learner_id, name, email, extra_time.")
    header = [re.sub(r"[\s_-]+", "_", cell.casefold()) for cell in rows[0][1]]
    missing = [column for column in ("learner_id", "name") if column not in header]
    if missing:
        raise Problem(
            f"{path} has no column {' and no column '.join(missing)}; its first line must name "
            "learner_id, name, email and extra_time (the last two may be left out)."
        )
    twice = sorted({column for column in header if column and header.count(column) > 1})
    if twice:
        raise Problem(f"{path} has the column {twice[0]} twice; delete one of them.")
    learners: dict[str, Learner] = {}
    seen: dict[str, int] = {}
    for number, row in rows[1:]:
        values = dict(zip(header, row, strict=False))
        learner = Learner(
            id=values["learner_id"],
            name=values.get("name", ""),
            email=values.get("email", ""),
            extra_time=values.get("extra_time", ""),
        )
        if not _SAFE_ID.fullmatch(learner.id):
            raise Problem(
                f"{path}, line {number}: the learner_id {learner.id!r} cannot be a folder name; "
                "use letters, digits, dot, hyphen, underscore, @ or +, beginning with a letter or digit."
            )
        if not is_extra_time(learner.extra_time):
            raise Problem(
                f"{path}, line {number}: the extra_time {learner.extra_time!r} of {learner.id} is not understood; "
                "write for example 25%, 3 days, 12 hours or 90 minutes, or leave it empty."
            )
        if not learner.name:
            raise Problem(f"{path}, line {number}: the learner {learner.id} has no name; add it.")
        # Two ids that differ only in case would share one folder on Windows and macOS.
        if (key := learner.id.casefold()) in seen:
            raise Problem(
                f"{path} has the learner_id {learner.id} twice, in lines {seen[key]} and {number}; "
                "give each learner their own."
            )
        seen[key] = number
        learners[learner.id] = learner
    if not learners:
        raise Problem(f"{path} names no learner; add one line for each.")
    return learners


def decoded(path: Path) -> str:
    """The text of a file as spreadsheets save it: UTF-8, UTF-16, or what Excel on Windows still writes."""
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel on Windows still writes as "CSV".
        return data.decode("cp1252", errors="replace")


def delimiter(text: str) -> str:
    """What parts the columns of a CSV: comma, semicolon or tab, whichever its first line has most of."""
    header = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=header.count)


def plain(text: str) -> str:
    """A name reduced to what survives in a file name: lower case, no accents, no spaces or marks."""
    text = text.translate(_UNDECOMPOSED)
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


# Letters that Unicode does not take apart into a base letter and a mark.
_UNDECOMPOSED = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "ß": "ss",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "þ": "th",
        "Þ": "TH",
        "ı": "i",
    }
)


def write_codes(classroom: Classroom) -> Path:
    """codes.csv: what to hand out, one learner code a line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["learner_id", "name", "code"])
    for learner in classroom.roster.values():
        writer.writerow([learner.id, spreadsheet_safe(learner.name), classroom.codes[learner.id]])
    path = classroom.root / "codes.csv"
    # With a byte order mark, because Excel otherwise shows accents in names as gibberish.
    write_whole(path, "\ufeff" + out.getvalue())
    return path
