"""Model folders of any kind: a manifest, and files whose size and digest it names, checked first.

Reading goes through :mod:`importlib.resources`' ``Traversable``, so a folder inside a zip works.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final

from stance.errors import ModelFormatError
from stance.storage.folder_files import (
    Content,
    Folder,
    check_folder,
    flush_folder,
    list_files,
    map_file,
    read_file,
    show_names,
    write_file,
)
from stance.storage.manifest import (
    CARD,
    FILES,
    FOR_PEOPLE,
    MANIFEST,
    MAX_MANIFEST,
    REPORT,
    is_manifest,
    make_manifest,
    parse_manifest,
)

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES: Final = 256 * 2**20
"""Most bytes a folder may hold, also when inflated."""

_ARRAYS: Final = ".npz"  # files whose arrays are used where they lie


def write_folder(
    path: str | os.PathLike[str],
    kind: str,
    facts: Mapping[str, Any],
    files: Mapping[str, bytes],
    card: str | None,
    *,
    report: str | None = None,
) -> None:
    """Write a model folder aside and rename it, so that nobody ever reads half of it.

    Parameters
    ----------
    path : path
        The folder to make. If it exists it must be empty or hold a model, which is replaced.
    kind : str
        One of the keys of :data:`FILES`.
    facts : mapping
        The manifest, without format, kind and files.
    files : mapping of str to bytes
        The files of that kind.
    card : str or None
        Markdown for people.
    report : str, optional
        An evaluation as an HTML page, for people too.

    Raises
    ------
    FileExistsError
        If the path is something else than a model folder; nothing is touched then.
    """
    # Slow to load, and reading needs none of them.
    import shutil  # noqa: PLC0415
    import tempfile  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    folder = Path(path)
    if (folder.exists() or folder.is_symlink()) and not _replaceable(folder):
        raise FileExistsError(f"{folder} exists and is not a model folder; nothing was written")
    pages = {CARD: card, REPORT: report}
    written = {**files, **{name: page.encode() for name, page in pages.items() if page is not None}}
    written[MANIFEST] = make_manifest(kind, facts, written)
    size = sum(map(len, written.values()))
    if size > MAX_BYTES or len(written[MANIFEST]) > MAX_MANIFEST:
        raise ModelFormatError(
            f"{folder}: the model takes {size:,} bytes, {len(written[MANIFEST]):,} of them facts; "
            f"a folder may hold {MAX_BYTES:,}, and {MAX_MANIFEST:,}"
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        aside.chmod(0o755)
        for name, data in written.items():
            write_file(aside / name, data)
        flush_folder(aside)
        _swap(aside, folder)
        flush_folder(folder.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _replaceable(folder: Path) -> bool:
    """Tell whether a path is an empty folder, or one with a manifest of ours and no more than that."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    known = frozenset.union(*FILES.values(), FOR_PEOPLE, {MANIFEST})
    names = list_files(folder, len(known))
    if not names:
        return True
    if MANIFEST not in names or not names <= known:
        return False
    try:
        return is_manifest(read_file(folder, MANIFEST, MAX_MANIFEST))
    except ModelFormatError:
        return False


def _swap(aside: Path, folder: Path) -> None:
    """Put the new folder in the place of the old one, and the old one aside."""
    if not folder.exists():
        aside.rename(folder)
        return
    old = aside.with_name(aside.name + "-old")
    try:
        folder.rename(old)
        aside.rename(folder)
    except BaseException:  # also an interrupt between the two
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise
    import shutil  # slow to load, and reading does not need it  # noqa: PLC0415

    shutil.rmtree(old, ignore_errors=True)


def read_folder(
    folder: Folder, *, pinned: str | None = None
) -> tuple[str, dict[str, Any], dict[str, Content]]:
    """Read a model folder and check all that can be checked before anything is built.

    Parameters
    ----------
    folder : path or importlib.resources.abc.Traversable
        The folder; may lie in a zip file. Neither it nor its files may be links, unless `pinned`.
    pinned : str, optional
        The SHA-256 that the manifest must have.

    Returns
    -------
    kind : str
        One of the keys of :data:`FILES`.
    manifest : dict
        The manifest.
    files : dict of str to bytes or mmap
        The files, each of the declared size and digest; arrays that are pinned are mapped.

    Raises
    ------
    ModelFormatError
        If the folder is not one, or any file in it is missing or altered.
    """
    # Installers link files; what they lead to is known by its digest.
    links = pinned is not None
    check_folder(folder, links=links)
    data = read_file(folder, MANIFEST, MAX_MANIFEST, links=links)
    if links and hashlib.sha256(data).hexdigest() != pinned:
        raise ModelFormatError(
            f"{folder}: {MANIFEST}: its SHA-256 is not the one that stance was made with; "
            "install stance again (in a checkout, after a rebuild: python models/pin.py)"
        )
    kind, manifest = parse_manifest(data)
    return kind, manifest, _read_files(folder, manifest, FILES[kind], links)


def _read_files(
    folder: Folder, manifest: dict[str, Any], required: Collection[str], links: bool
) -> dict[str, Content]:
    """Read the declared files, each of the declared size and digest, and no others."""
    declared = manifest.get("files")
    if not isinstance(declared, dict):
        raise ModelFormatError(f"{MANIFEST}: files must be an object")
    names = set(declared)
    if not names >= set(required) or not names <= {*required, *FOR_PEOPLE}:
        raise ModelFormatError(
            f"{MANIFEST}: files must be {sorted(required)} and at most "
            f"{' and '.join(sorted(FOR_PEOPLE))}, got {show_names(names)}"
        )
    present = list_files(folder, len(names) + 1) - {MANIFEST}
    if present != names:
        raise ModelFormatError(
            f"the folder must hold {sorted(names)} beside {MANIFEST}, found {show_names(present)}"
        )
    entries = {name: _check_entry(name, entry) for name, entry in declared.items()}
    if sum(size for size, _ in entries.values()) > MAX_BYTES:
        raise ModelFormatError(f"{MANIFEST}: the files declare more than {MAX_BYTES} bytes")
    files: dict[str, Content] = {}
    for name, (size, digest) in entries.items():
        take = map_file if links and name.endswith(_ARRAYS) else read_file
        data = take(folder, name, size, links=links)
        if len(data) != size:
            found = f"{len(data)}" if len(data) < size else f"more than {size}"
            raise ModelFormatError(f"{name}: {found} bytes, {MANIFEST} declares {size}")
        if hashlib.sha256(data).hexdigest() != digest:
            raise ModelFormatError(f"{name}: its SHA-256 is not the one in {MANIFEST}")
        files[name] = data
    return files


def _check_entry(name: str, entry: object) -> tuple[int, str]:
    match entry:
        case {"size": int(size), "sha256": str(digest), **rest} if (
            size >= 0 and type(size) is int and not rest
        ):
            return size, digest
    raise ModelFormatError(f"{MANIFEST}: {name} needs a size and a sha256")
