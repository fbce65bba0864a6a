"""`textkit check`: what is wrong with files, for people, hooks and CI."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from textkit.cli.check_fixes import apply_fixes, fixes, show_diff
from textkit.cli.complete import codes, languages
from textkit.cli.guard import FINDINGS
from textkit.cli.options import (
    comma_list,
    message_options,
    models_dir_option,
    paths_argument,
    print_rules,
    selection_options,
)
from textkit.cli.session import Session

if TYPE_CHECKING:
    from textkit.check import CheckOptions, Finding


def _print_rules(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from textkit.check import rules

        print_rules(rules().values())
        ctx.exit()


@click.command("check")
@paths_argument
@selection_options
@click.option(
    "--select", default="", metavar="CODES", shell_complete=codes,
    help="Check only these rules or families: TK1,TK501.",
)  # fmt: skip
@click.option(
    "--ignore", default="", metavar="CODES", shell_complete=codes,
    help="Leave these rules or families out.",
)  # fmt: skip
@click.option(
    "--main", default="en", show_default=True, metavar="LANG,...", shell_complete=languages,
    help="The languages that the texts are to be in.",
)  # fmt: skip
@click.option(
    "--against", type=click.Path(), metavar="DIR",
    help="Look for copies of texts below DIR.  [default: git's files in each file's folder]",
)  # fmt: skip
@click.option(
    "--added-only", is_flag=True, help="Check only files that the next commit adds, as staged."
)
@click.option("--fix", is_flag=True, help="Clean the files in place; report what is left.")
@click.option(
    "--diff", is_flag=True, help="Show what --fix would change; change and report nothing."
)
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
@models_dir_option
@click.option(
    "-f", "--format", type=click.Choice(("text", "jsonl", "github", "sarif")), default="text",
    show_default=True, help="How to write findings; github annotates pull requests.",
)  # fmt: skip
@click.option("--statistics", is_flag=True, help="Count the findings of each rule; list none.")
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
    diff: bool,
    baseline: str | None,
    no_baseline: bool,
    write_baseline: bool,
    reason: str | None,
    statistics: bool,
    **options: Any,
) -> None:
    """Report what is wrong with text files, as path:line:column: CODE message.

    Unreadable files, residue that clean would remove, passages in another language that nothing
    installed translates, copies of other files. Without a PATH: the text files that git tracks
    here and below. Exit code 1 says that there are findings.

    A hook is skipped once by SKIP=textkit-check git commit.
    """
    from textkit.check import check
    from textkit.check.allow import NAME, load

    settings = _settings(options)
    _check_usage(fix, diff, write_baseline, reason, statistics, options["format"])
    session = Session(paths=paths, **options)
    known = None if no_baseline else baseline or _nearest_baseline()
    with _subjects(session, added_only and not fix, added_only) as subjects:
        if write_baseline:
            findings = check(subjects.paths, settings, subjects.read)
            _write_baseline(session, findings, known or NAME, reason)
            return
        wanted = load(known)
        if diff:
            show_diff(session, fixes(session, subjects.paths, subjects.read, settings, wanted))
        if fix:
            apply_fixes(session, fixes(session, subjects.paths, subjects.read, settings, wanted))
        findings = check(subjects.paths, settings, subjects.read)
        _report(session, (f for f in findings if not wanted.covers(f.path, f.code)), statistics)


def _check_usage(
    fix: bool, diff: bool, write_baseline: bool, reason: str | None, statistics: bool, format: str
) -> None:
    """Raise UsageError for options that exclude each other."""
    if reason is not None and not write_baseline:
        raise click.UsageError("--reason goes with --write-baseline")
    if fix + diff + write_baseline > 1:
        raise click.UsageError("--fix, --diff and --write-baseline exclude each other")
    if statistics and format not in ("text", "jsonl"):
        raise click.UsageError(f"--statistics writes text or jsonl, not {format}")


def _settings(options: dict[str, Any]) -> CheckOptions:
    """Take the check's own options out of all. Raises ConfigError for a code that is unknown."""
    from textkit.check import CheckOptions
    from textkit.cli.folders import model_folders

    settings = CheckOptions(
        select=comma_list(options.pop("select")),
        ignore=comma_list(options.pop("ignore")),
        main=tuple(_language(tag) for tag in comma_list(options.pop("main"))),
        against=options.pop("against"),
        cache=not options.pop("no_cache"),
        models_dir=model_folders(options.pop("models_dir")),
    )
    _ = settings.codes
    if not settings.main:
        raise click.UsageError("--main: no language is named; it takes tags, as en or de,en")
    return settings


def _language(tag: str) -> str:
    """The tag as passages are compared with it. Raises UsageError for what is no language."""
    from textkit.check.languages import same_language
    from textkit.detect.languages import canonical

    known = canonical(tag)
    if known is None:
        raise click.UsageError(f"--main: no such language: {tag}; it takes tags, as en or de,en")
    return tag if same_language(known, tag) else known


@dataclass
class Subjects:
    """The files to check, and what returns the content of each."""

    paths: list[str]
    read: Callable[[str], bytes]


@contextmanager
def _subjects(session: Session, staged: bool, added_only: bool) -> Iterator[Subjects]:
    """Yield the text files that the paths name; git's where none is given. Raises TextkitError.

    `staged` says that git's index has the content, and not the folder.
    """
    from textkit.check.files import added_files, staged_reader
    from textkit.check.inputs import bounded, file_bytes

    def read(path: str) -> bytes:
        if path != "-":
            return file_bytes(path)
        return bounded(session.stdin) if session.stdin else b""

    if not added_only:
        yield Subjects(_named_files(session), read)
        return
    named = session.paths or session.files_from is not None
    files = added_files(_named_files(session) if named else None, _between())
    with staged_reader(files) if staged else nullcontext(read) as reader:
        yield Subjects([file.path for file in files], reader)


def _named_files(session: Session) -> list[str]:
    """The text files that the paths name; those that git tracks where none is given."""
    from textkit.check.files import tracked_files

    if not session.paths and session.files_from is None:
        tracked = tracked_files()
        if not tracked:
            session.say("git tracks no text files here")
        return tracked
    named = session.plan(tell=False)  # a repository has more than texts
    for source in named.sources:
        if source.format != "text":
            session.say(
                f"{source.path}: passed over", "textkit read makes text of pages and records"
            )
    return [source.path for source in named.sources if source.format == "text"]


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


def _report(session: Session, findings: Iterator[Finding], statistics: bool) -> None:
    """Write the findings as they come, sum them up, and exit with 1 if there were any."""
    from textkit.check.report import counted, written

    total = fixable = 0

    def noted() -> Iterator[Finding]:
        nonlocal total, fixable
        for finding in findings:
            total += 1
            fixable += finding.fixable
            yield finding

    with session.writer() as write:
        render = counted if statistics else written
        for output in render(noted(), session.format):
            write(output)
    if total:
        session.say(f"{total} finding{'s' * (total > 1)}, {fixable} of them --fix can mend")
        raise click.exceptions.Exit(FINDINGS)
    if session.verbose:
        session.say("nothing found")


def _write_baseline(
    session: Session, findings: Iterator[Finding], path: str, reason: str | None
) -> None:
    from textkit.check.allow import Baseline, dump, load
    from textkit.files import atomic_write

    old = load(path) if os.path.exists(path) else Baseline(folder=os.path.dirname(path) or ".")
    entries = old.extended(findings, reason or "known when the baseline was written")
    with atomic_write(path) as stream:
        stream.write(dump(entries).encode("utf-8", "replace"))
    new = len(entries) - len(old.entries)
    count = f"{len(entries)} entr{'y' if len(entries) == 1 else 'ies'}"
    session.say(f"{path}: {count}, {new or 'none'} of them new")
