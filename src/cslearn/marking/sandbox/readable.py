"""What a learner's code may read. Apart from the walls, because it has to be known on every system."""

import os
import site
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import cslearn

# Rules and expert answers; and nothing of the marker or the site is needed inside.
_HIDDEN = ("exercises/rules", "exercises/personas", "marking", "site")


@dataclass(frozen=True)
class Readable:
    """What a learner's code may read: folders, less the hidden ones below them."""

    folders: tuple[str, ...]
    hidden: tuple[str, ...]

    def pieces(self) -> list[str]:
        """The folders taken apart, so that no piece holds anything hidden."""
        return [piece for folder in self.folders for piece in self._without(folder)]

    def _without(self, folder: str) -> Iterable[str]:
        if folder in self.hidden:
            return
        if any(os.path.commonpath((folder, hidden)) == folder for hidden in self.hidden):
            for name in sorted(os.listdir(folder)):
                yield from self._without(os.path.join(folder, name))
        else:
            yield folder


def readable() -> Readable:
    """What a learner's code may read: the interpreter, its packages, and the learner's side of cslearn."""
    package = Path(cslearn.__file__).parent
    paths = sysconfig.get_paths()
    folders = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    folders |= {path for path in site.getsitepackages() if os.path.isdir(path)}
    folders |= {path for path in ("/lib", "/lib64", "/usr/lib", "/usr/lib64") if os.path.isdir(path)}
    folders |= {path for path in ("/usr/share/zoneinfo",) if os.path.isdir(path)}
    folders.add(sysconfig.get_config_var("LIBDIR") or paths["stdlib"])
    folders.add(str(package))
    folders = {folder for folder in folders if os.path.isdir(folder) and not os.path.islink(folder)}
    # A folder inside another comes with it.
    kept = [f for f in sorted(folders) if not any(f != g and Path(f).is_relative_to(g) for g in folders)]
    hidden = []
    for home in {package, *(Path(folder, "cslearn") for folder in folders)}:
        hidden += [str(home / room) for room in _HIDDEN if (home / room).is_dir()]
    return Readable(tuple(kept), tuple(hidden))
