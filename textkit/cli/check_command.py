"""`textkit check`: what is wrong with files, for people, hooks and CI."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.guard import FINDINGS
from textkit.cli.options import message_options, paths_argument
from textkit.cli.session import Session, session
from textkit.cli.terminal import plain

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from textkit.check import CheckOptions, Finding
    from textkit.check.allow import Baseline


def _print_rules(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from textkit.check import rules

    for rule in rules().values():
        click.echo(f"{rule.code}  {rule.name:<15} {rule.reason}: {rule.example}")
    ctx.exit()


def _complete_codes(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from textkit.check import rules

    before, comma, start = incomplete.rpartition(",")
    return [
        CompletionItem(before + comma + rule.code, help=rule.name)
        for rule in rules().values()
        if rule.code.startswith(start.upper())
    ]


def _codes(value: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in value.split(",") if code.strip())


@click.command("check")
@paths_argument
@click.option(
    "--select", default="", metavar="CODES", shell_complete=_complete_codes,
    help="Check only these rules or families: TK1,TK501.",
)  # fmt: skip
@click.option(
    "--ignore", default="", metavar="CODES", shell_complete=_complete_codes,
    help="Leave these rules or families out.",
)  # fmt: skip
@click.option(
    "--main", default="en", show_default=True, metavar="LANG",
    help="The language that the texts are to be in.",
)  # fmt: skip
@click.option(
    "--against", type=click.Path(), metavar="DIR",
    help="Look for copies of texts below DIR.  [default: git's files in each file's folder]",
)  # fmt: skip
@click.option("--added-only", is_flag=True, help="Check only files that the next commit adds.")
@click.option("--fix", is_flag=True, help="Clean the files in place; report what is left.")
@click.option(
    "--baseline", type=click.Path(), metavar="FILE",
    help="Findings that are known and wanted.  [default: the nearest textkit-allow.toml]",
)  # fmt: skip
@click.option("--no-baseline", is_flag=True, help="Report known findings too.")
@click.option("--write-baseline", is_flag=True, help="Add all findings to the baseline.")
@click.option(
    "--reason", metavar="TEXT", help="Why the findings that --write-baseline adds are wanted."
)
@click.option("--no-cache", is_flag=True, help="Neither read nor write .textkit-cache.")
@click.option(
    "--models-dir", type=click.Path(), metavar="DIR",
    help="Folder of models.  [default: $TEXTKIT_MODELS, else the user's]",
)  # fmt: skip
@click.option(
    "-f", "--format", type=click.Choice(("text", "jsonl", "github")), default="text",
    show_default=True, help="How to write findings; github annotates pull requests.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(), default="-", metavar="FILE",
    help="Write to FILE.  [default: standard output]",
)  # fmt: skip
@message_options
@click.option(
    "--list-rules", is_flag=True, is_eager=True, expose_value=False, callback=_print_rules,
    help="Print the rules and exit.",
)  # fmt: skip
def command(
    paths: tuple[str, ...],
    added_only: bool,
    fix: bool,
    baseline: str | None,
    no_baseline: bool,
    write_baseline: bool,
    reason: str | None,
    **options: Any,
) -> None:
    """Report what is wrong with text files, as path:line:column: CODE message.

    Unreadable files, residue that clean would remove, passages in another language that nothing
    installed translates, copies of other files. Without a PATH: the text files that git tracks
    here and below. Exit code 1 says that there are findings.
    """
    from textkit.check import check
    from textkit.check.allow import NAME, load

    settings = _settings(options)
    if reason is not None and not write_baseline:
        raise click.UsageError("--reason goes with --write-baseline")
    if fix and write_baseline:
        raise click.UsageError("--fix and --write-baseline exclude each other")
    here = session(paths=paths, **options)
    found = _files(here, added_only)
    known = None if no_baseline else baseline or _nearest_baseline()
    if write_baseline:
        _write_baseline(here, check(found, settings, here.stdin), known or NAME, reason)
        return
    wanted = load(known)
    if fix:
        _fix(here, found, settings, wanted)
    findings = check(found, settings, here.stdin)
    _report(here, (f for f in findings if not wanted.covers(f.path, f.code)))


def _settings(options: dict[str, Any]) -> CheckOptions:
    """Take the check's own options out of all. Raises ConfigError for a code that is unknown."""
    from textkit.check import CheckOptions
    from textkit.cli.folders import model_folders

    settings = CheckOptions(
        select=_codes(options.pop("select")),
        ignore=_codes(options.pop("ignore")),
        main=_language(options.pop("main")),
        against=options.pop("against"),
        cache=not options.pop("no_cache"),
        models_dir=model_folders(options.pop("models_dir")),
    )
    _ = settings.codes
    return settings


def _language(tag: str) -> str:
    """The tag as passages are compared with it. Raises UsageError for what is no language."""
    from textkit.check.languages import same_language
    from textkit.detect.languages import canonical

    known = canonical(tag)
    if known is None:
        raise click.UsageError(f"--main: no such language: {tag}; it takes a tag, as en or zh")
    return tag if same_language(known, tag) else known


def _files(here: Session, added_only: bool) -> list[str]:
    """The text files that the paths name; git's where none is given. Raises TextkitError."""
    from textkit.check.files import added_files, tracked_files
    from textkit.read.sources import check_readable, plan

    if not here.paths:
        if added_only:
            return added_files(between=_between())
        found = tracked_files()
        if not found:
            here.say("git tracks no text files here")
        return found
    named = plan(here.paths)
    check_readable(named, here.paths)
    sources = named.sources
    for source in sources:
        if source.format != "text":
            here.say(f"{source.path}: passed over", "textkit read makes text of pages and records")
    texts = [source.path for source in sources if source.format == "text"]
    return added_files(texts, _between()) if added_only else texts


def _between() -> tuple[str, str] | None:
    """The two commits that pre-commit looks between, where it was told to: before a push, in CI."""
    ends = os.environ.get("PRE_COMMIT_FROM_REF"), os.environ.get("PRE_COMMIT_TO_REF")
    return (ends[0], ends[1]) if ends[0] and ends[1] else None


def _nearest_baseline() -> str | None:
    """The nearest baseline at or above this folder."""
    from textkit.check.allow import NAME

    folder = os.getcwd()
    while not os.path.isfile(os.path.join(folder, NAME)):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return os.path.join(folder, NAME)


def _report(here: Session, findings: Iterator[Finding]) -> None:
    """Write the findings as they come, sum them up, and exit with 1 if there were any."""
    from textkit.check.findings import FORMATS, as_text

    render = FORMATS[here.format]
    if here.format == "text":
        render = _colored if here.colored() else lambda finding: plain(as_text(finding))
    total = fixable = 0
    with here.writer() as write:
        for finding in findings:
            total += 1
            fixable += finding.fixable
            write((render(finding) + "\n").encode("utf-8", "replace"))
    if total:
        here.say(f"{total} finding{'s' * (total > 1)}, {fixable} of them --fix can mend")
        raise click.exceptions.Exit(FINDINGS)
    if here.verbose:
        here.say("nothing found")


def _colored(finding: Finding) -> str:
    place = click.style(plain(finding.path), bold=True) + f":{finding.line}:{finding.col}:"
    return f"{place} {click.style(finding.code, fg='red', bold=True)} {plain(finding.message)}"


def _fix(here: Session, paths: list[str], settings: CheckOptions, known: Baseline) -> None:
    """Clean the texts, but for what is known and wanted; source code and data stay."""
    from textkit.check.files import is_text
    from textkit.check.fix import fix_file

    for path in paths:
        if path != "-" and not is_text(path):
            here.say(f"{path}: not cleaned", "its ending is no text's")
            continue
        codes = [code for code in settings.codes if not known.covers(path, code)]
        if path != "-" and fix_file(path, codes):
            here.say(f"{path}: cleaned")


def _write_baseline(
    here: Session, findings: Iterator[Finding], path: str, reason: str | None
) -> None:
    from textkit.check.allow import Baseline, dump, load
    from textkit.files import atomic_write

    old = load(path) if os.path.exists(path) else Baseline(folder=os.path.dirname(path) or ".")
    entries = old.extended(findings, reason or "known when the baseline was written")
    with atomic_write(path) as stream:
        stream.write(dump(entries).encode("utf-8", "replace"))
    new = len(entries) - len(old.entries)
    count = f"{len(entries)} entr{'y' if len(entries) == 1 else 'ies'}"
    here.say(f"{path}: {count}, {new or 'none'} of them new")
