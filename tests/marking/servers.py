"""Servers that tests start on this machine, on loopback, and end by their own number."""

import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4


def environment() -> dict[str, str]:
    """This process's, with the sources under test first."""
    import cslearn

    source = str(Path(cslearn.__file__).parents[1])
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": f"{source}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# ---- PostgreSQL -----------------------------------------------------------------------------


class PostgreSQL:
    """A server of Debian's package in a folder of its own, with as many empty databases as are asked for."""

    password = "correct-horse-battery"

    def __init__(self, port: int) -> None:
        self.port = port

    @property
    def address(self) -> str:
        return f"postgresql://tutor:{self.password}@127.0.0.1:{self.port}"

    def database(self) -> str:
        """A new database's address, as a tutor would write it."""
        import psycopg

        name = f"class_{uuid4().hex[:8]}"
        with closing(psycopg.connect(f"{self.address}/postgres", autocommit=True)) as db:
            db.execute(f"create database {name}")
        return f"{self.address}/{name}"


def binaries() -> Path | None:
    """The newest of Debian's PostgreSQL, whose servers are not on PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def postgresql(folder: Path) -> Iterator[PostgreSQL]:
    """A running server. Root may not run one, so root's belongs to Debian's account for it."""
    home = binaries()
    assert home is not None, "Debian's package postgresql is not installed; `make test` does that"
    account = "postgres" if os.geteuid() == 0 else getpass.getuser()
    as_them = {"user": account, "group": pwd.getpwnam(account).pw_gid} if os.geteuid() == 0 else {}
    data, secret = folder / "data", folder / "password"
    folder.mkdir(mode=0o700)
    secret.write_text(PostgreSQL.password)
    if as_them:
        # pytest's folders are its owner's alone.
        for path in (folder, secret):
            shutil.chown(path, account)
    subprocess.run(
        [
            home / "initdb",
            "-D",
            data,
            "-U",
            "tutor",
            "-A",
            "scram-sha-256",
            f"--pwfile={secret}",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ],
        check=True,
        capture_output=True,
        cwd="/",
        **as_them,
    )
    port = free_port()
    options = {
        "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off",
        "synchronous_commit": "off", "full_page_writes": "off",
    }  # fmt: skip
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder.parent / f"{folder.name}.log").open("wb") as log:
        server = subprocess.Popen(
            [home / "postgres", "-D", data, *settings],
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
            **as_them,
        )
    try:
        _wait_for(server, port)
        yield PostgreSQL(port)
    finally:
        # "Fast": it ends its sessions and then itself.
        server.send_signal(signal.SIGINT)
        server.wait(60)


def _wait_for(server: subprocess.Popen, port: int) -> None:
    import psycopg

    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(f"{PostgreSQL(port).address}/postgres").close()
            return
        except psycopg.OperationalError:
            assert server.poll() is None and time.monotonic() < until
            time.sleep(0.1)


# ---- Dask -----------------------------------------------------------------------------------


@contextmanager
def dask(folder: Path, workers: int = 2, source: dict[str, str] | None = None) -> Iterator[str]:
    """The address of a scheduler with workers of one thread each. They stand in a folder of their own."""
    folder.mkdir()
    started: list[subprocess.Popen] = []

    def start(*arguments: str) -> None:
        with (folder / f"{len(started)}.log").open("wb") as log:
            command = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
            started.append(
                subprocess.Popen(
                    command, cwd=folder, env=source or environment(), stdout=log, stderr=log, start_new_session=True
                )
            )

    address = f"tcp://127.0.0.1:{free_port()}"
    try:
        start("dask_scheduler", "--host", address, "--no-dashboard", "--no-show")
        for number in range(workers):
            start(
                "dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                "--local-directory", str(folder / f"worker-{number}"),
            )  # fmt: skip
        _wait_for_workers(address, workers, started)
        yield address
    finally:
        # They hold nothing that would have to be put in order.
        for process in started:
            process.kill()
            process.wait()


def _wait_for_workers(address: str, workers: int, started: list[subprocess.Popen]) -> None:
    from distributed import Client

    until = time.monotonic() + 120
    while True:
        assert all(process.poll() is None for process in started) and time.monotonic() < until
        try:
            with Client(address, timeout=60, set_as_default=False) as client:
                if workers:
                    client.wait_for_workers(workers, timeout=60)
            return
        except OSError:
            time.sleep(0.2)
