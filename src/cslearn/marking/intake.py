"""Collecting: from what a learning platform exports to submitted/<learner>/<exercise>/.

Takes a folder, a zip, or the zips of Moodle, Canvas, Blackboard and Teams. A submission goes to
a learner of the roster or onto the list of those that could not be placed; nobody is guessed.
Whatever one learner sends, the others are collected.
"""

import lzma
import mmap
import os
import re
import stat
import struct
import tempfile
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path, PurePosixPath

from cslearn.exercises.exercise import Exercise, available
from cslearn.exercises.exercise import read as read_exercise
from cslearn.marking.classroom import Classroom, Learner, plain
from cslearn.marking.files import printable, write_whole
from cslearn.marking.reading import MAX_NOTEBOOK, Released, Unreadable, read, read_bytes, read_released
from cslearn.marking.times import read_time
from cslearn.problem import Problem

MAX_FILES = 50_000
MAX_TOTAL = 4 * 1024**3
MAX_NESTED_ZIP = 100 * 1024 * 1024
# What one learner may pack into a zip of their own.
MAX_IN_NESTED = 200
MAX_NAME = 1_000
# Deflate reaches 1,032 to one; text that people save stays below a hundred, saved output may not.
MAX_RATIO = 250
RATIO_FROM = 200 * 1024 * 1024
MAX_DEPTH = 12

_MOODLE = re.compile(r"^(?P<name>.+?)_(?P<number>\d+)_assignsubmission_[a-z]+_?(?P<file>.*)$", re.DOTALL)
_CANVAS = re.compile(r"^(?P<name>[^_]+)(?P<late>_LATE)?_(?P<user>\d+)_(?P<number>\d+)_(?P<file>.+)$", re.DOTALL)
# The first "_attempt_" is the platform's; what follows it is the learner's own file name.
_BLACKBOARD = re.compile(r"^(?P<user>.+?)_attempt_(?P<at>\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d)(?:_(?P<file>.+))?$", re.DOTALL)
# Teams keeps "Submitted files/<name>/<assignment>/Version 2/<file>", and drafts in "Working files".
_TEAMS_VERSION = re.compile(r"^Version (?P<number>\d{1,6})$", re.IGNORECASE)
_TEAMS_DRAFTS = "working files"
# How Moodle and Canvas name those whose names a tutor has chosen not to see.
_NAMELESS = re.compile(r"^(?:Participant[ _]\d+_assignsubmission_|(?:LATE_)?anon_[A-Za-z0-9]+_\d+_)", re.IGNORECASE)
# A browser or a mail program may add its own ending to a notebook.
_NOTEBOOK = re.compile(r"\.ipynb(?:\.(?:json|txt))?$", re.IGNORECASE)
_RECEIPTS = {"timestamp.txt", "onlinetext.html"}
# What Python's zip reader raises on bytes that are no zip; RuntimeError is a password.
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)
_IGNORED = {"__MACOSX", ".ipynb_checkpoints", ".git", "__pycache__"}


@dataclass(frozen=True)
class File:
    """A notebook somewhere in the source."""

    path: PurePosixPath
    stored: Path = field(repr=False)
    at: datetime | None
    # Which attempt it is, where the platform counts them.
    version: int = 0

    @property
    def data(self) -> bytes:
        # Read when needed: thousands of notebooks with saved output do not fit into memory.
        return read_bytes(self.stored)

    @property
    def shown(self) -> str:
        return str(self.path)


@dataclass
class Collected:
    """What became of everything in the source."""

    exercise: str
    taken: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    # One line each: a replaced submission, a late one, ...
    notes: list[str] = field(default_factory=list)
    # What was in the source and was not taken, with the reason.
    left_out: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        return 1 if self.left_out else 0

    def lines(self, names: dict[str, str]) -> Iterator[str]:
        yield f"{self.exercise}: {len(self.taken)} collected, {len(self.unchanged)} were here already."
        yield from (f"  {printable(note)}" for note in self.notes)
        if self.left_out:
            yield f"{len(self.left_out)} not collected:"
            yield from (printable(f"  {_short(what)}: {why}") for what, why in self.left_out)
        if self.missing:
            shown = ", ".join(f"{learner} ({names.get(learner, '')})" for learner in self.missing[:12])
            more = f" and {len(self.missing) - 12} more" if len(self.missing) > 12 else ""
            yield printable(f"Nothing yet from {len(self.missing)} of the roster: {shown}{more}.")


def collect(classroom: Classroom, source: str | Path, exercise: Exercise | str) -> Collected:
    """Put every submission in ``source`` into the class folder.

    Raises Problem when the source as a whole cannot be used; anything about a single
    submission is listed and the others go on.
    """
    name = exercise if isinstance(exercise, str) else exercise.name
    released = read_released(classroom.released(name), name)
    roster = classroom.roster
    result = Collected(name)
    with tempfile.TemporaryDirectory(prefix=".collect-", dir=classroom.root) as scratch:
        _collect(classroom, Path(source), Path(scratch), released, result)
    handed_in = {path.parent.name for path in (classroom.root / "submitted").glob(f"*/{name}")}
    result.missing = [learner for learner in roster if learner not in handed_in]
    return result


def _collect(classroom: Classroom, source: Path, scratch: Path, released: Released, result: Collected) -> None:
    name = result.exercise
    others: list[PurePosixPath] = []
    files = list(_files(source, scratch, result, others))
    if not files and not result.left_out and not others:
        raise Problem(f"{source} holds no notebook (.ipynb); choose the zip or folder that the platform exported.")
    finder = _Finder(classroom.roster, name)
    foreign = _Foreign(name)
    groups: dict[str, dict[str, list[File]]] = defaultdict(lambda: defaultdict(list))
    drafts: dict[str, list[str]] = defaultdict(list)
    for file in files:
        if foreign.holds(file.path):
            continue
        learner, group, why = finder.find(file.path)
        if learner is None:
            result.left_out.append((file.shown, why))
        elif _TEAMS_DRAFTS in (part.casefold() for part in file.path.parts[:-1]):
            drafts[learner.id].append(file.shown)
        else:
            groups[learner.id][group].append(_dated(file))
    for learner_id in sorted(groups):
        attempts: list[File] = []
        for files_of in groups[learner_id].values():
            chosen, why = _the_notebook(files_of, name, released)
            if why:
                result.left_out.append((f"{learner_id}: {', '.join(f.shown for f in files_of)}", why))
            attempts += chosen
        if len(attempts) > 1:
            attempts = [file for file in attempts if _reads(file, released)] or attempts
        if attempts:
            _take(classroom, released, name, learner_id, attempts, result)
    for learner_id in sorted(set(drafts) - set(groups)):
        result.left_out.append(
            (
                f"{learner_id}: {', '.join(drafts[learner_id])}",
                "it lies in Working files, so it was not turned in; ask the learner to turn it in.",
            )
        )
    _say_what_is_no_notebook(classroom, finder, foreign, others, {*groups, *drafts}, result)


def _say_what_is_no_notebook(
    classroom: Classroom,
    finder: "_Finder",
    foreign: "_Foreign",
    others: list[PurePosixPath],
    found: set[str],
    result: Collected,
) -> None:
    """List what learners sent instead of a notebook; beside a notebook it is nobody's business."""
    instead: dict[str, list[str]] = defaultdict(list)
    for path in others:
        learner = None if foreign.holds(path) else finder.find(path)[0]
        here = learner is not None and classroom.notebook("submitted", learner.id, result.exercise).exists()
        if learner is not None and learner.id not in found and not here:
            instead[learner.id].append(str(path))
    for learner_id, paths in sorted(instead.items()):
        more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
        result.left_out.append(
            (
                f"{learner_id}: {', '.join(sorted(paths)[:3])}{more}",
                "it is no notebook (.ipynb); ask the learner for the notebook.",
            )
        )


class _Foreign:
    """Tells which folders belong to another exercise of this course, by its name or its title."""

    def __init__(self, exercise: str) -> None:
        self.others = {name for name in available() if name != exercise}
        self.titles = {plain(name) for name in self.others} | {plain(read_exercise(name).title) for name in self.others}

    def holds(self, path: PurePosixPath) -> bool:
        return any(part in self.others or plain(part) in self.titles for part in path.parts[:-1])


def _reads(file: File, released: Released) -> bool:
    """Whether the file is a notebook of this exercise, in whatever state."""
    try:
        read(file.stored, released)
    except Unreadable:
        return False
    return True


def _dated(file: File) -> File:
    """The file with what its platform says of the attempt: Blackboard its time, Teams its number."""
    for part in file.path.parts:
        if (match := _BLACKBOARD.match(part)) and not _MOODLE.match(part):
            try:
                # The time is the server's own and names no zone; that of this computer is the best guess.
                return replace(file, at=datetime.strptime(match["at"], "%Y-%m-%d-%H-%M-%S").astimezone(UTC))
            except (ValueError, OverflowError, OSError):
                return file
    for part in file.path.parts[:-1]:
        if match := _TEAMS_VERSION.match(part):
            return replace(file, version=int(match["number"]))
    return file


# ---- reading the source ---------------------------------------------------------------------


def _files(source: Path, scratch: Path, result: Collected, others: list[PurePosixPath]) -> Iterator[File]:
    if source.is_symlink():
        raise Problem(f"{source} is a link to another place; give the folder or zip itself.")
    if source.is_dir():
        yield from _from_folder(source, scratch, result, others)
        return
    if not source.exists():
        raise Problem(f"There is no {source}; give the zip or folder that the platform exported.")
    if source.stat().st_size == 0:
        raise Problem(f"{source} is empty; download it again.")
    if not zipfile.is_zipfile(source):
        if _NOTEBOOK.search(source.name):
            yield File(PurePosixPath(source.name), source, _modified(source))
            return
        raise Problem(f"{source} is neither a folder nor a zip; give what the platform exported.")
    with open(source, "rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if _entries(content, MAX_FILES) > MAX_FILES:
            raise Problem(f"{source} holds more than {MAX_FILES:,} files; split it and collect the parts.")
    try:
        archive = zipfile.ZipFile(source)
    except _BROKEN_ZIP as error:
        raise Problem(f"{source} is a damaged zip ({error}); download it again.") from error
    with archive:
        yield from _from_zip(archive, PurePosixPath(), scratch, result, _Budget(), 1, others)


def _entries(content: bytes | mmap.mmap, most: int) -> int:
    """How many files a zip lists, counted before its list is read into memory; stops beyond ``most``."""
    count = 0
    for _ in re.finditer(rb"PK\x01\x02", content):
        count += 1
        if count > most:
            break
    return count


def _modified(path: Path) -> datetime:
    return datetime.fromtimestamp(path.lstat().st_mtime, UTC)


def _from_folder(root: Path, scratch: Path, result: Collected, others: list[PurePosixPath]) -> Iterator[File]:
    budget = _Budget()
    for folder, names, files in os.walk(root, followlinks=False):
        here = Path(folder)
        inside = PurePosixPath(*here.relative_to(root).parts)
        for name in sorted(names):
            if (here / name).is_symlink():
                result.left_out.append((str(inside / name), "it is a link to another place; links are refused."))
        names[:] = sorted(
            n for n in names if n not in _IGNORED and not n.startswith(".") and not (here / n).is_symlink()
        )
        if len(inside.parts) > MAX_DEPTH:
            result.left_out.append((str(inside), "its folders are nested too deeply."))
            names.clear()
            continue
        for name in sorted(files):
            path, shown = here / name, inside / name
            kind = _kind(name)
            if kind == "other":
                others.append(shown)
            if kind not in ("notebook", "zip"):
                continue
            try:
                data = read_bytes(path, cap=MAX_NOTEBOOK if kind == "notebook" else MAX_NESTED_ZIP)
            except Unreadable as reason:
                result.left_out.append((str(shown), str(reason)))
                continue
            if budget.files >= MAX_FILES:
                raise Problem(f"{root} holds more than {MAX_FILES:,} files; collect it in parts.")
            # They lie on the disk already; only what a zip unpacks to needs a budget.
            budget.files += 1
            if kind == "zip":
                yield from _from_nested(data, shown, scratch, result, budget, 1, others)
            else:
                yield File(shown, path, _stamp_beside(path) or _modified(path))


def _kind(name: str) -> str:
    """ "notebook", "zip", "other", or "" for what nobody handed in on purpose."""
    if name.startswith((".", "~$")) or name.casefold() in _RECEIPTS:
        return ""
    if _NOTEBOOK.search(name):
        return "notebook"
    return "zip" if name.casefold().endswith(".zip") else "other"


def _stamp_beside(path: Path) -> datetime | None:
    """nbgrader's own timestamp.txt, when a folder in nbgrader's layout is collected."""
    try:
        text = read_bytes(path.with_name("timestamp.txt"), cap=1000).decode("utf-8-sig").strip()
        return read_time(text).replace(tzinfo=UTC) if text else None
    except (Unreadable, ValueError, OverflowError, TypeError):
        return None


@dataclass
class _Budget:
    """Caps over the whole source, however it is packed."""

    files: int = 0
    total: int = 0
    packed: int = 0

    def refuses(self, size: int, packed: int) -> str:
        """Take in one more file; or why it has to stay out. One learner's bomb must not cost the others."""
        if self.files >= MAX_FILES:
            return f"the source holds more than {MAX_FILES:,} files; collect this one by itself."
        total, all_packed = self.total + size, self.packed + packed
        if total > MAX_TOTAL:
            return f"the source unpacks to more than {MAX_TOTAL / 1e9:.0f} GB; collect this one by itself."
        if total > RATIO_FROM and total > MAX_RATIO * max(all_packed, 1) and size > MAX_RATIO * max(packed, 1):
            return f"it unpacks to more than {MAX_RATIO} times its size, as zips made to fill a disk do."
        self.files, self.total, self.packed = self.files + 1, total, all_packed
        return ""


def _from_nested(
    data: bytes,
    shown: PurePosixPath,
    scratch: Path,
    result: Collected,
    budget: _Budget,
    depth: int,
    others: list[PurePosixPath],
) -> Iterator[File]:
    if depth > 2:
        result.left_out.append((str(shown), "it is a zip in a zip in a zip; unpack it first."))
        return
    if _entries(data, MAX_IN_NESTED) > MAX_IN_NESTED:
        result.left_out.append((str(shown), f"it holds more than {MAX_IN_NESTED} files; unpack it first."))
        return
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _BROKEN_ZIP as error:
        result.left_out.append((str(shown), f"it is a damaged zip ({error})."))
        return
    with archive:
        yield from _from_zip(archive, shown.with_suffix(""), scratch, result, budget, depth, others)


def _from_zip(
    archive: zipfile.ZipFile,
    inside: PurePosixPath,
    scratch: Path,
    result: Collected,
    budget: _Budget,
    depth: int,
    others: list[PurePosixPath],
) -> Iterator[File]:
    for member in archive.infolist():
        name = member.filename
        shown = f"{inside}/{name}" if inside.parts else name
        if member.is_dir():
            continue
        if len(name) > MAX_NAME:
            result.left_out.append((shown, f"its name is longer than {MAX_NAME:,} characters."))
            continue
        # Nothing is ever unpacked to its own name, but a zip that tries is not an honest one.
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if name.startswith(("/", "\\")) or ".." in parts or re.match(r"^[A-Za-z]:", name) or "\x00" in name:
            result.left_out.append((shown, "its name leads out of the zip; it is refused."))
            continue
        if stat.S_ISLNK(member.external_attr >> 16):
            result.left_out.append((shown, "it is a link to another file; links are refused."))
            continue
        path = PurePosixPath(*inside.parts, *parts)
        kind = _kind(path.name)
        if _IGNORED.intersection(parts) or not kind:
            continue
        if kind == "other":
            others.append(path)
            continue
        if len(parts) > MAX_DEPTH:
            result.left_out.append((shown, "its folders are nested too deeply."))
            continue
        cap = MAX_NOTEBOOK if kind == "notebook" else MAX_NESTED_ZIP
        try:
            # The size in the zip's directory is only a claim; reading stops at the cap.
            with archive.open(member) as opened:
                data = opened.read(cap + 1)
        except _BROKEN_ZIP as error:
            result.left_out.append((shown, f"it cannot be unpacked ({error})."))
            continue
        if len(data) > cap:
            result.left_out.append((shown, f"it is larger than the limit of {cap / 1e6:.0f} MB."))
        elif why := budget.refuses(len(data), member.compress_size):
            result.left_out.append((shown, why))
        elif kind == "zip":
            yield from _from_nested(data, path, scratch, result, budget, depth + 1, others)
        else:
            # Under a number of our own: a name from a zip never becomes a path.
            stored = scratch / f"{budget.files}.ipynb"
            stored.write_bytes(data)
            yield File(path, stored, _zip_time(member))


def _zip_time(member: zipfile.ZipInfo) -> datetime | None:
    # 1980 is the zip format's zero and what programs write that know no time.
    if member.date_time[0] <= 1980:
        return None
    try:
        # A zip holds local time without its zone.
        return datetime(*member.date_time).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None


# ---- whose is it? ---------------------------------------------------------------------------


class _Finder:
    """Finds the one learner of the roster that a path belongs to."""

    def __init__(self, roster: dict[str, Learner], exercise: str) -> None:
        self.exercise = exercise
        self.by_id = {learner.id.casefold(): learner for learner in roster.values()}
        self.by_email: dict[str, list[Learner]] = defaultdict(list)
        self.by_name: dict[str, list[Learner]] = defaultdict(list)
        for learner in roster.values():
            if learner.email:
                self.by_email[learner.email.casefold()].append(learner)
                if (user := learner.email.casefold().partition("@")[0]) != learner.id.casefold():
                    self.by_email[user].append(learner)
            for spelling in _spellings(learner.name):
                if learner not in self.by_name[spelling]:
                    self.by_name[spelling].append(learner)

    def find(self, path: PurePosixPath) -> tuple[Learner | None, str, str]:
        """The learner, a key for the submission that the path is part of, and else the reason."""
        for depth, part in enumerate(path.parts):
            key = "/".join(path.parts[:depth])
            if (named := self._by_name_of_platform(part, path.parts[depth + 1 :], key)) is None:
                continue
            learner, group, why = named
            # A folder is the tutor's or the platform's; what is in it, a learner may have called anything.
            above = self._by_path(path.parts[:depth], "", key)[0] if depth else None
            if above is not None and learner is not None and above != learner:
                return None, group, _either([above.id, learner.id])
            return (above, group, "") if above is not None else (learner, group, why)
        stem = "" if _is_named(path, self.exercise) else _NOTEBOOK.sub("", path.name).replace(self.exercise, " ")
        # The versions that Teams counts are attempts; the folder above them is the submission.
        return self._by_path(path.parts[:-1], stem, "/".join(path.parts[:-1]))

    def _by_name_of_platform(
        self, part: str, rest: tuple[str, ...], key: str
    ) -> tuple[Learner | None, str, str] | None:
        """Who it is by a name that Moodle, Blackboard or Canvas gave, or None if none of them did."""
        if _NAMELESS.match(part):
            why = "it was exported without names (anonymous marking); switch names on and export again."
            return None, f"{key}/{part}", why
        if match := _MOODLE.match(part):
            group = f"{key}/{match['name']}_{match['number']}"
            return self._by_platform(match["name"], [match["file"], *rest], group)
        if match := _BLACKBOARD.match(part):
            return self._by_user_name(match["user"], f"{key}/{match['user']}_{match['at']}")
        if match := _CANVAS.match(part):
            # The second number is the file's own; several files may be one submission.
            group = f"{key}/{match['name']}_{match['user']}"
            for id_ in (match["user"], match["name"].casefold()):
                if (learner := self.by_id.get(id_)) is not None:
                    return learner, group, ""
            return self._by_platform(match["name"], [match["file"], *rest], group)
        return None

    def _by_user_name(self, text: str, group: str) -> tuple[Learner | None, str, str]:
        """Blackboard writes the assignment's title and then the user name, which may hold underscores too."""
        words = text.split("_")
        found: dict[str, Learner] = {}
        # Two or more: without an underscore it is no name of Blackboard's.
        for first in range(1, len(words)):
            user = "_".join(words[first:]).casefold()
            learner = self.by_id.get(user) or _only(self.by_email.get(user))
            if learner is not None:
                found[learner.id] = learner
        if len(found) == 1:
            return next(iter(found.values())), group, ""
        return None, group, _either(sorted(found)) if found else f"the roster has no learner {words[-1]}."

    def _by_platform(self, name: str, rest: list[str], group: str) -> tuple[Learner | None, str, str]:
        """The platform says who it is; the learner's own file name may only tell namesakes apart."""
        found = self.by_name.get(plain(name), [])
        if len(found) == 1:
            return found[0], group, ""
        if not found:
            return None, group, f"the roster has no learner called {name!r}; correct the name in one of them."
        words = {word.casefold() for part in rest for word in _words(part)}
        told_apart = [
            learner
            for learner in found
            if words & {learner.id.casefold(), learner.email.casefold() or learner.id.casefold()}
        ]
        if len(told_apart) == 1:
            return told_apart[0], group, ""
        return (
            None,
            group,
            f"the roster has {len(found)} learners called {name!r}; put it into a folder named by learner_id.",
        )

    def _by_path(self, folders: tuple[str, ...], stem: str, group: str) -> tuple[Learner | None, str, str]:
        # "Version 2" and the "(1)" of a browser say nothing of the learner, whose id may be 1.
        folders = tuple(part for part in folders if not _TEAMS_VERSION.match(part))
        parts = [part for part in (*folders, stem.strip(" _-.")) if part]
        for search in (self._ids, self._emails, self._names):
            found = {learner.id: learner for part in parts for learner in search(part)}
            if len(found) == 1:
                return next(iter(found.values())), group, ""
            if found:
                return None, group, _either(sorted(found))
        return None, group, "no learner_id, e-mail address or name of the roster is in its path."

    def _ids(self, part: str) -> list[Learner]:
        if exact := self.by_id.get(part.casefold()):
            return [exact]
        return [self.by_id[word.casefold()] for word in _words(part) if word.casefold() in self.by_id]

    def _emails(self, part: str) -> list[Learner]:
        return [learner for word in _words(part) if "@" in word for learner in self.by_email.get(word.casefold(), [])]

    def _names(self, part: str) -> list[Learner]:
        return self.by_name.get(plain(part), [])


def _either(ids: list[str]) -> str:
    return f"it could belong to {' or '.join(ids)}; put it into a folder named by learner_id."


def _words(part: str) -> list[str]:
    """Pieces of a file name that may be an id or an address: cut at spaces, commas, brackets and underscores."""
    pieces = re.split(r"[\s,;()\[\]]+", part)
    return [*pieces, *(word for piece in pieces for word in re.split(r"_+|\.ipynb", piece) if word)]


def _spellings(name: str) -> set[str]:
    """A name as platforms write it: as in the roster, and family name first, whichever part that is."""
    words = [plain(word) for word in re.split(r"[\s,]+", name) if plain(word)]
    return {"".join(words[turn:] + words[:turn]) for turn in range(len(words))}


def _only(learners: list[Learner] | None) -> Learner | None:
    return learners[0] if learners and len(learners) == 1 else None


# ---- which notebook, and where it goes ------------------------------------------------------


def _is_named(path: PurePosixPath, exercise: str) -> bool:
    """Whether a file has the exercise's name, with or without what platforms and browsers add."""
    name = path.name
    for pattern in (_MOODLE, _BLACKBOARD, _CANVAS):
        if (match := pattern.match(name)) and match["file"]:
            name = match["file"]
            break
    stem = _NOTEBOOK.sub("", name)
    return re.sub(r"(?:[\s_-]*\(\d+\)|-\d{1,2}|_\d{1,2}|[\s_-]*copy\d*)+$", "", stem, flags=re.IGNORECASE) == exercise


def _the_notebook(files: list[File], exercise: str, released: Released) -> tuple[list[File], str]:
    """The notebook of one submission (more than one only if their times tell them apart), or the reason."""
    if len(files) == 1 or len({file.data for file in files}) == 1:
        return files[:1], ""
    named = [file for file in files if _is_named(file.path, exercise)]
    if named and (len(named) == 1 or len({file.at for file in named} - {None}) == len(named)):
        return named, ""
    ours = [file for file in files if _reads(file, released)]
    if len(ours) == 1:
        return ours, ""
    return [], f"it holds {len(files)} notebooks and it is not clear which counts; keep one of them."


def _take(
    classroom: Classroom,
    released: Released,
    exercise: str,
    learner: str,
    attempts: list[File],
    result: Collected,
) -> None:
    """File one learner's attempts, the latest in submitted/, the others in earlier/."""
    unknown = [file for file in attempts if file.at is None]
    counted = len({file.version for file in attempts} - {0}) == len(attempts)
    if len({file.data for file in attempts}) > 1 and unknown and not counted:
        shown = ", ".join(_short(file.shown) for file in attempts)
        result.left_out.append((f"{learner}: {shown}", "it is not known which was handed in last; keep one of them."))
        return
    never = datetime.min.replace(tzinfo=UTC)
    # The platform's own count is surer than the time in a zip, which may be that of the download.
    attempts = sorted(
        attempts, key=lambda file: (file.version if counted else 0, file.at or never, file.version, file.shown)
    )
    path = classroom.notebook("submitted", learner, exercise)
    if path.parent.is_symlink() or path.parent.parent.is_symlink() or path.is_symlink():
        result.left_out.append((learner, f"submitted/{learner} is a link to another place; remove it."))
        return
    newest = attempts[-1]
    if path.exists():
        here = read_bytes(path)
        stamp = _stamp_beside(path)
        if here == newest.data:
            result.unchanged.append(learner)
            return
        # Seconds decide nothing between a zip's two-second clock and a file's own.
        if stamp is not None and newest.at is not None and (stamp - newest.at).total_seconds() > 2:
            kept = _set_aside(classroom, learner, exercise, newest.data, newest.at)
            result.notes.append(f"{learner}: an earlier submission than the one already here; it was kept in {kept}.")
            result.unchanged.append(learner)
            return
        kept = _set_aside(classroom, learner, exercise, here, stamp)
        result.notes.append(
            f"{learner}: a later submission replaces the one collected before, which was kept in {kept}."
        )
    for older in attempts[:-1]:
        if older.data != newest.data:
            kept = _set_aside(classroom, learner, exercise, older.data, older.at)
            result.notes.append(
                f"{learner}: handed in more than once; the latest counts, {_short(older.shown)} was kept in {kept}."
            )
    write_whole(path, newest.data)
    stamp_path = path.with_name("timestamp.txt")
    if newest.at is not None:
        write_whole(stamp_path, newest.at.strftime("%Y-%m-%d %H:%M:%S.%f UTC"))
    elif stamp_path.exists():
        stamp_path.unlink()
    result.taken.append(learner)
    if any((match := _CANVAS.match(part)) and match["late"] for part in newest.path.parts):
        result.notes.append(f"{learner}: Canvas says that it came late.")
    try:
        repairs = read(path, released, learner).repairs
    except Unreadable as reason:
        result.notes.append(f"{learner}: collected, but it cannot be marked: {reason}")
        return
    result.notes += [f"{learner}: {repair}" for repair in repairs]


def _short(shown: str) -> str:
    """A name that fits a line; its end tells more than its beginning."""
    return shown if len(shown) <= 200 else f"{shown[:60]}…{shown[-139:]}"


def _set_aside(classroom: Classroom, learner: str, exercise: str, data: bytes, at: datetime | None) -> str:
    folder = classroom.root / "earlier" / learner / exercise
    label = at.strftime("%Y-%m-%d-%H%M%S") if at else "undated"
    path = folder / f"{label}.ipynb"
    number = 2
    while path.exists() and path.read_bytes() != data:
        path = folder / f"{label}-{number}.ipynb"
        number += 1
    if not path.exists():
        write_whole(path, data)
    return path.relative_to(classroom.root).as_posix()
