"""Files and folders that are replaced at once or not at all.

What is new is made in a workplace: a folder `.NAME-XXXXXXXX` beside its target, locked by its
process. A process that is killed leaves its workplace unlocked, and the next one removes it.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from . import exchange
from .package import PackageError

_LOCK = "vfa.lock"
_NEW, _OLD = "new", "old"


@contextlib.contextmanager
def workplace(target: Path) -> Iterator[Path]:
    """The path of what is to become `target`, in a new folder beside it that goes at the end.

    First it removes what killed processes left beside this target. Raises `OSError` where no
    folder can be made there.
    """
    sweep(target)
    folder, lock = _claim(target)
    try:
        yield folder / _NEW
    finally:
        _remove(folder, target, lock)


def put(new: Path, target: Path, check: Callable[[Path], None] = lambda path: None) -> None:
    """Put `new`, made in a workplace, where `target` is; there is no moment without a target.

    `check` gets the path of what was there, before the exchange and after it, when nobody can
    change it any more; where it raises, what was there stays.
    """
    while True:
        try:
            if not os.path.lexists(target):
                os.rename(new, target)
                return
            check(target)
            if not exchange.exchange(new, target):
                _move(new, target, check)
                return
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.EEXIST, errno.ENOTEMPTY) and new.exists():
                continue  # another process was quicker, in putting it there or in taking it away
            raise
        try:
            check(new)
        except BaseException:
            exchange.exchange(new, target)
            raise
        return


def write(files: dict[Path, bytes], were: dict[Path, bytes] | None = None) -> None:
    """Write files, all prepared before the first is put in its place.

    Links, owners and modes stay. `were` says what files must still hold: raises `PackageError`
    where one was changed in the meantime, and `OSError` where one cannot be replaced.
    """
    with contextlib.ExitStack() as stack:
        made = {}
        for path, data in files.items():
            if path.exists() and not path.is_file() and not path.is_dir():
                path.write_bytes(data)  # a pipe or a device
                continue
            real = real_path(path)
            made[path] = stack.enter_context(workplace(real)), real
            _prepare(made[path][0], real, data)
        for path, (new, real) in made.items():
            was = were[path] if were else None
            put(new, real, lambda place, path=path, was=was: _same(place, path, was))


def real_path(path: Path) -> Path:
    """The path behind all links. Raises `OSError` where they lead round."""
    with contextlib.suppress(RuntimeError):  # some Pythons say so, others return the link
        real = path.resolve()
        if not real.is_symlink():
            return real
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))


def sweep(target: Path) -> None:
    """Remove what killed processes left beside a target, and nothing of a process that lives."""
    for name in glob.glob(f".{glob.escape(target.name)}-????????", root_dir=target.parent):
        folder = target.parent / name
        path = folder / _LOCK
        if folder.is_symlink() or not folder.is_dir():
            continue
        with contextlib.suppress(OSError):
            if not path.is_file():
                folder.rmdir()  # works for an empty one: killed before it could be locked
            else:
                lock = path.open("r+")
                if _lock(lock):
                    _remove(folder, target, lock)
                lock.close()


def _prepare(new: Path, target: Path, data: bytes) -> None:
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if not target.exists():
        return
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "it is read-only", str(target))
    was, now = target.stat(), new.stat()
    if (was.st_uid, was.st_gid) != (now.st_uid, now.st_gid):
        try:
            os.chown(new, was.st_uid, was.st_gid)
        except PermissionError:
            words = "it belongs to another user, who would lose it"
            raise PermissionError(errno.EPERM, words, str(target)) from None
    shutil.copystat(target, new)
    os.utime(new)


def _same(place: Path, path: Path, was: bytes | None) -> None:
    if was is not None and place.read_bytes() != was:
        raise PackageError(f"{path} was changed in the meantime and is left as it is: run it again")


def _move(new: Path, target: Path, check: Callable[[Path], None]) -> None:
    """The exchange in two steps, where the system has none in one."""
    if not target.is_dir():
        os.replace(new, target)
        return
    old = new.with_name(_OLD)
    if old.exists():  # of an attempt that another process overtook
        shutil.rmtree(old)
    os.rename(target, old)
    try:
        check(old)
        os.rename(new, target)
    except BaseException:
        _restore(new.parent, target)
        raise


def _restore(folder: Path, target: Path) -> None:
    """Put back what was moved away and never got a successor."""
    old = folder / _OLD
    if old.exists() and not os.path.lexists(target):
        os.rename(old, target)


def _claim(target: Path) -> tuple[Path, IO[str]]:
    while True:
        try:
            folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        except OSError as error:
            words = f"no file can be made here: {error.strerror}"
            raise OSError(error.errno, words, str(target.parent)) from None
        path = folder / _LOCK
        try:
            lock = path.open("w")
        except FileNotFoundError:
            continue  # another process took the empty folder for one that was left
        except OSError:
            folder.rmdir()
            raise
        if _lock(lock) is not False and path.exists():
            return folder, lock
        lock.close()


def _remove(folder: Path, target: Path, lock: IO[str]) -> None:
    with contextlib.suppress(OSError):
        _restore(folder, target)
    for path in (folder / _NEW, folder / _OLD):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink()
    lock.close()
    with contextlib.suppress(OSError):
        (folder / _LOCK).unlink()  # last: without it, nobody knows that the folder may go
        folder.rmdir()


def _lock(file: IO[str]) -> bool | None:
    """Whether the lock was got: false where another process has it, none where there are none."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            return True
        except OSError:
            return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
    except OSError:
        return None
