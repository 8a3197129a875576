# SPDX-FileCopyrightText: 2026 The Vaxel contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fetch the engine: Asterisk 22, music on hold and a speech synthesiser from Debian, without root.

The new root is put together in a folder beside its place, tried, and moved there in one step: a half-installed engine never counts.
"""

from __future__ import annotations

import fcntl
import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from vaxel.site.config import Config
from vaxel.site.words import _
from vaxel.telephony.engine import program
from vaxel.telephony.engine.errors import InstallError
from vaxel.telephony.engine.modules import REQUIRED, WANTED
from vaxel.telephony.engine.packages import PackageSource, Progress, unpack, version_of
from vaxel.telephony.engine.places import places

SPACE_NEEDED = 400 * 1024 * 1024
"""Bytes: package index 60 MB, archives 55 MB, unpacked 160 MB, and room to breathe."""

OPENED_BY_NAME = frozenset({"libsoftokn3.so", "libfreebl3.so", "libfreeblpriv3.so"})
"""Libraries that no program names as its own: NSS, which does libsrtp's ciphers, opens these when it starts."""

WORK_PREFIX = ".installing-"

KEPT_FOLDERS = ("usr/share/asterisk/documentation", "usr/share/asterisk/moh", "usr/share/doc")


def install(config: Config, progress: Progress = lambda sentence: None) -> program.Programs:
    """Fetch what this machine lacks of the engine, and say what it then has.

    ``progress`` is told each step in a sentence. Does nothing when all is there. Raises :class:`InstallError`.
    """
    missing = _missing(program.find(config))
    if not missing:
        return program.find(config)
    home = places(config).root.parent
    home.mkdir(parents=True, exist_ok=True)
    with _alone(home):
        # Somebody else may have finished while we waited for our turn.
        missing = _missing(program.find(config))
        if missing:
            _install(places(config).root, missing, progress)
    return program.find(config)


def _missing(found: program.Programs) -> list[str]:
    wanted = {
        "asterisk": found.asterisk,
        "espeak-ng": found.speech,
        program.MUSIC: found.music,
    }
    return [package for package, present in wanted.items() if present is None]


def _install(root: Path, packages: list[str], progress: Progress) -> None:
    kind = program.architecture()
    if kind is None:
        raise InstallError(
            _(
                "There is no packaged engine for this processor ({processor}): install Asterisk 20 or newer and espeak-ng yourself, or "
                "use a machine with x86_64 or aarch64."
            ).format(processor=platform.machine())
        )
    _remove_leftovers(root.parent)
    _check_space(root.parent)
    try:
        with tempfile.TemporaryDirectory(prefix=WORK_PREFIX, dir=root.parent) as folder:
            work = Path(folder)
            # What an earlier installation holds is fetched anew with the rest: a root is of one age.
            wanted = sorted({*packages, *_chosen(program.Root(root, kind).contents)})
            progress(_("fetching {packages} from Debian (about 55 MB)").format(packages=", ".join(wanted)))
            archives = PackageSource(work / "apt", kind.debian, progress).fetch(wanted)
            progress(_("unpacking {count} packages").format(count=len(archives)))
            draft = program.Root(work / "root", kind)
            draft.path.mkdir()
            unpack(archives, draft.path)
            versions = dict(version_of(archive) for archive in archives)
            progress(_("trying the engine and removing what it doesn't need"))
            _prune(draft)
            _encode_music(draft)
            _complete(draft, {name: versions[name] for name in wanted})
            _swap(draft.path, root, work)
    except OSError as error:
        raise InstallError(
            _("The engine could not be written to {folder}: {reason}.").format(
                folder=root, reason=error.strerror or error
            )
        ) from error
    progress(_("in {folder}").format(folder=root))


def _chosen(contents: dict[str, str]) -> set[str]:
    return set(contents) & {"asterisk", "espeak-ng", program.MUSIC}


def _remove_leftovers(home: Path) -> None:
    """What an installation left that was killed. Nobody else is at it: the lock is ours."""
    for folder in home.glob(f"{WORK_PREFIX}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _check_space(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < SPACE_NEEDED:
        raise InstallError(
            _(
                "The disk of {folder} has {free} MB free and the engine needs {needed} MB while it is fetched: free some, or set "
                "VAXEL_VAR to a folder on another disk."
            ).format(folder=folder, free=free // 2**20, needed=SPACE_NEEDED // 2**20)
        )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One installation at a time; the kernel frees the lock when its process ends."""
    with (folder / ".install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prune(root: program.Root) -> None:
    """Keep what the programs and the listed modules load, the texts of the licences, and nothing else."""
    kept = set(_kept_files(root))
    for path in sorted(root.path.rglob("*"), reverse=True):
        if path.is_symlink() or path.is_file():
            if path not in kept and not _is_kept_data(path.relative_to(root.path)):
                path.unlink()
        elif not any(path.iterdir()):
            path.rmdir()


def _kept_files(root: program.Root) -> Iterator[Path]:
    yield from _with_target(root.linker)
    modules = root.libraries / "asterisk/modules"
    programs = [root.path / name for name in ("usr/sbin/asterisk", "usr/bin/espeak-ng")]
    binaries = [path for path in programs if path.is_file()]
    if binaries and binaries[0].name == "asterisk":
        binaries += [modules / f"{name}.so" for name in REQUIRED]
        binaries += [modules / f"{name}.so" for name in WANTED if (modules / f"{name}.so").is_file()]
    binaries += [path for path in root.libraries.rglob("*.so") if path.name in OPENED_BY_NAME]
    yield from binaries
    for library in _libraries(root, binaries):
        yield from _with_target(library)


def _libraries(root: program.Root, binaries: Iterable[Path]) -> set[Path]:
    found: set[Path] = set()
    for binary in binaries:
        if not binary.is_file():
            raise InstallError(
                _("Debian's packages lack {missing}: report this as a fault of Vaxel.").format(missing=binary.name)
            )
        libraries, missing = root.needed_libraries(binary)
        if missing:
            raise InstallError(
                _("Debian's packages lack {missing}: report this as a fault of Vaxel.").format(
                    missing=", ".join(missing)
                )
            )
        found.update(libraries)
    return found


def _with_target(path: Path) -> Iterator[Path]:
    """A file, and the file that it is a link to."""
    yield path
    while path.is_symlink():
        path = Path(os.path.normpath(path.parent / path.readlink()))
        yield path


def _is_kept_data(path: Path) -> bool:
    name = str(path)
    if name.startswith("usr/share/doc/"):
        return path.name.startswith("copyright")
    return name.startswith(KEPT_FOLDERS) or "espeak-ng-data/" in name


def _encode_music(root: program.Root) -> None:
    """Callers from the public network hear the music as it lies there: encoding it for each takes a third more of the processor."""
    # Only here: numpy would cost every start of the controller a tenth of its time.
    from vaxel.telephony.audio import alaw, read_wave

    for piece in (root.path / "usr/share/asterisk/moh").glob("*.wav"):
        piece.with_suffix(".alaw").write_bytes(alaw(read_wave(piece)[0]))


def _complete(root: program.Root, packages: dict[str, str]) -> None:
    """Try the programs for real, then say that the root is whole."""
    root.complete(packages)
    trials = []
    if root.asterisk:
        trials.append((*root.asterisk.command, "-V"))
    if root.speech:
        trials.append((*root.speech, "--version"))
    for trial in trials:
        done = subprocess.run(trial, capture_output=True, text=True, check=False)
        if done.returncode:
            root.marker.unlink()
            said = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
            raise InstallError(_("The fetched engine doesn't run on this machine: {reason}").format(reason=said[-1]))


def _swap(new: Path, place: Path, work: Path) -> None:
    # rename() can't replace a folder that holds files. Between the two renames there is no root, which is an honest state.
    if place.exists():
        place.rename(work / "old")
    new.rename(place)
