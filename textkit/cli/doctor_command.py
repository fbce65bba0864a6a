"""`textkit doctor`: what is installed, what is missing, and the command that mends it."""

from __future__ import annotations

import click


@click.command("doctor")
@click.option(
    "--models-dir", type=click.Path(), metavar="DIR",
    help="Folder of models.  [default: $TEXTKIT_MODELS, else the user's]",
)  # fmt: skip
def command(models_dir: str | None) -> None:
    """Try every engine and model, and name the command for what is missing.

    Exits with 1 where something is missing or broken.
    """
    import platform
    from importlib.metadata import version

    from textkit.cli.folders import cache_folder, model_folders
    from textkit.cli.terminal import plain
    from textkit.translate.models.survey import survey

    folders = model_folders(models_dir)
    click.echo(f"textkit {version('textkit')}, Python {platform.python_version()}")
    click.echo(f"models: {plain(', '.join(folders))}")
    click.echo(f"cache: {plain(cache_folder())}")
    findings = survey(folders)
    for finding in findings:
        mark = "ok  " if finding.ok else "miss"
        hint = f"  ->  {finding.hint}" if finding.hint else ""
        click.echo(plain(f"{mark}  {finding.what}{hint}"))
    if not all(finding.ok for finding in findings):
        raise click.exceptions.Exit(1)
