"""`textkit models`: list, install and remove translation models."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.guard import complain
from textkit.cli.options import models_dir_option

if TYPE_CHECKING:
    from textkit.translate.models.packages import Broken, Package

_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")


@click.group("models")
def command() -> None:
    """Models for `textkit translate`: Argos packages and Firefox models."""


@command.command("list", short_help="What is installed, or could be.")
@click.option("--available", is_flag=True, help="What Argos's index has; needs the network.")
@models_dir_option
def list_command(available: bool, models_dir: str | None) -> None:
    """Print a line for each model: pair, engine, version, folder."""
    if available:
        from textkit.translate.models.download import available as fetch_index

        for entry in fetch_index():
            click.echo(f"{entry.source}>{entry.target}\targos\t{entry.version}\t{entry.file}")
        return
    packages, problems = _installed(models_dir)
    for package in packages:
        click.echo(_line(package))
    for problem in problems:
        complain(f"left out: {problem.reason}")
    if not packages and not problems:
        complain("no models are installed", "textkit models install FROM TO, or a FILE")


@command.command("path", short_help="Where models are installed.")
@models_dir_option
def path_command(models_dir: str | None) -> None:
    """Print the folder that `install` writes to."""
    from textkit.cli.folders import models_folder

    click.echo(models_folder(models_dir))


@command.command("install", short_help="Install from the network or from files.")
@click.argument("what", nargs=-1, required=True, metavar="FROM TO | FILE...")
@click.option("--engine", type=click.Choice(("argos", "firefox")), default="argos",
              show_default=True, help="Whose model.")  # fmt: skip
@click.option(
    "--pair", nargs=2, metavar="FROM TO", help="The languages of a Firefox model's files."
)
@models_dir_option
def install_command(
    what: tuple[str, ...], engine: str, pair: tuple[str, str] | None, models_dir: str | None
) -> None:
    """Install a pair of languages (needs the network), or model files that you bring.

    \b
    textkit models install zh en
    textkit models install translate-zh_en-1_9.argosmodel
    textkit models install --engine firefox model.zhen.bin vocab.zhen.spm lex.zhen.bin
    """
    from textkit.cli.folders import models_folder

    folder = models_folder(models_dir)
    if len(what) == 2 and all(_CODE.fullmatch(w) and not os.path.exists(w) for w in what):
        fetch = _fetch_firefox if engine == "firefox" else _fetch_argos
        packages = fetch(what[0], what[1], folder)
    elif engine == "firefox":
        from textkit.translate.models.install import install_firefox

        packages = [install_firefox(what, folder, pair or None)]
    else:
        from textkit.translate.models.install import install_archive

        packages = [install_archive(path, folder) for path in what]
    for package in packages:
        click.echo(_line(package))


def _fetch_argos(source: str, target: str, folder: str) -> list[Package]:
    from textkit.translate.models.download import available, fetched, newest
    from textkit.translate.models.install import install_archive

    package = newest(available(), source, target)
    with _progress(package.file) as progress, fetched(package, folder, progress) as path:
        return [install_archive(path, folder)]


def _fetch_firefox(source: str, target: str, folder: str) -> list[Package]:
    from textkit.translate.models.firefox_download import fetch_firefox

    complain("fetching from Mozilla's delivery service for Firefox")
    return fetch_firefox(source, target, folder)


class _progress:  # noqa: N801 - used as a function
    """A line on a terminal that says how far a download is."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._shown = sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> Any:
        return self._say

    def __exit__(self, *_: object) -> None:
        if self._shown:
            click.echo("", err=True)

    def _say(self, size: int, length: int | None) -> None:
        if self._shown:
            share = f" {size * 100 // length} %" if length else ""
            click.echo(f"\r{self._name}: {size / 1e6:.1f} MB{share}", nl=False, err=True)


@command.command("remove", short_help="Remove an installed model.")
@click.argument("what", nargs=-1, required=True, metavar="NAME | FROM TO")
@models_dir_option
def remove_command(what: tuple[str, ...], models_dir: str | None) -> None:
    """Remove models by their folder's name, or all of a pair of languages."""
    from textkit.errors import InputError

    packages, problems = _installed(models_dir, own=True)
    broken = {os.path.basename(problem.path): problem.path for problem in problems}
    paths = {p.name: p.path for p in packages} | broken
    pair = {p.name for p in packages if (p.source, p.target) == what}
    names = pair or set(what)
    for name in sorted(names):
        if name not in paths:
            raise InputError(f"{name}: no such model", "textkit models list shows what there is")
    for name in sorted(names):
        _remove(paths[name])
        click.echo(f"removed {paths[name]}")


def _remove(path: str) -> None:
    """Take a package away; of one that is only linked to, the link."""
    import shutil

    from textkit.errors import OutputError

    try:
        if os.path.islink(path):
            os.unlink(path)
        else:
            shutil.rmtree(path)
    except OSError as error:
        raise OutputError(f"{path}: {(error.strerror or str(error)).lower()}") from None


def _installed(given: str | None, own: bool = False) -> tuple[list[Package], list[Broken]]:
    """What is installed; with `own`, in textkit's own folder only."""
    from textkit.cli.folders import model_folders, models_folder
    from textkit.translate.models.packages import installed

    return installed((models_folder(given),) if own else model_folders(given))


def _line(package: Package) -> str:
    return f"{package.source}>{package.target}\t{package.kind}\t{package.version}\t{package.path}"
