"""`textkit doctor`: what is installed, what is missing, and the command that mends it."""

from __future__ import annotations

import click

from textkit.cli.options import models_dir_option

_OPTIONAL = {"pyarrow": "no Parquet is written", "ray": "no runs on a cluster"}


@click.command("doctor")
@models_dir_option
def command(models_dir: str | None) -> None:
    """Try every engine and model, say what does not work, and the command that mends it.

    Exits with 1 where something is missing or broken. What is only an extra is marked none.
    """
    import platform
    from importlib.metadata import version
    from importlib.util import find_spec

    from textkit.cli.folders import cache_folder, model_folders
    from textkit.pieces import one_line
    from textkit.translate.models.survey import survey

    folders = model_folders(models_dir)
    click.echo(f"textkit {version('textkit')}, Python {platform.python_version()}")
    click.echo(f"models: {one_line(', '.join(folders))}")
    click.echo(f"cache: {one_line(cache_folder())}")
    findings = survey(folders)
    for finding in findings:
        mark = "ok  " if finding.ok else "miss"
        hint = f"  ->  {finding.hint}" if finding.hint else ""
        click.echo(one_line(f"{mark}  {finding.what}{hint}"))
    for package, loss in _OPTIONAL.items():
        if find_spec(package) is None:
            click.echo(f"none  {package}: {loss}  ->  pip install {package}")
    if not all(finding.ok for finding in findings):
        raise click.exceptions.Exit(1)
