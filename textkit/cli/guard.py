"""From errors to exit codes and one line on stderr: the one place that maps them.

0 done; 1 findings, or some inputs failed; 2 usage, configuration, nothing could be done;
130 interrupted; 141 the reader of our output left.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from difflib import get_close_matches

import click

from textkit.errors import TextkitError
from textkit.pieces import one_line

DONE, FINDINGS, NOTHING_DONE, INTERRUPTED, READER_LEFT = 0, 1, 2, 130, 141


def complain(message: str, hint: str = "") -> None:
    """Print one line to stderr: what happened, and what to do next."""
    line = f"textkit: {one_line(message)}" + (f" ({one_line(hint)})" if hint else "")
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)


@contextmanager
def guarded() -> Iterator[None]:
    """Turn what a command raises into an exit code. Exits through SystemExit."""
    try:
        yield
        sys.stdout.flush()
    except TextkitError as error:
        complain(str(error), error.hint)
        _leave(NOTHING_DONE)
    except KeyboardInterrupt:
        complain("interrupted")
        _leave(INTERRUPTED)
    except BrokenPipeError:
        _leave(READER_LEFT)
    except (click.ClickException, click.exceptions.Exit, click.Abort, SystemExit):
        raise
    except MemoryError:
        complain("out of memory", "give the input in smaller pieces")
        _leave(NOTHING_DONE)
    except OSError as error:
        complain(_system_message(error))
        _leave(NOTHING_DONE)
    except Exception as error:
        complain(
            f"internal error: {type(error).__name__}: {error}",
            "please report it; TEXTKIT_DEBUG=1 prints what to paste",
        )
        if os.environ.get("TEXTKIT_DEBUG"):
            with suppress(OSError):
                print(_crash_log(), file=sys.stderr, flush=True)
        _leave(NOTHING_DONE)


def _crash_log() -> str:
    """Return the versions and the traceback of the error at hand, fenced, ready to paste."""
    import platform
    import traceback
    from importlib.metadata import version

    return "\n".join(
        (
            "```text",
            f"textkit {version('textkit')}, Python {platform.python_version()}",
            f"system: {platform.platform()}",
            f"command: {' '.join(word for word in sys.argv[1:2] if not word.startswith('-'))}",
            traceback.format_exc().rstrip(),
            "```",
        )
    )


def _system_message(error: OSError) -> str:
    """Return what the system refused. A stream that was closed before we started has no name."""
    if error.errno == errno.EBADF and not error.filename:
        return "standard output is closed: the output is lost"
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{(error.strerror or str(error)).lower()}"


def _leave(code: int) -> None:
    """Exit; what stdout still holds goes to the null device, so that no second error comes."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        with suppress(OSError, ValueError):
            os.dup2(null, sys.stdout.fileno())
    raise SystemExit(code)


def run_app(app: click.Group) -> int:
    """Run the group and return the exit code; usage errors become one line."""
    _mend_streams()
    try:
        with guarded():
            _answer_signals()
            code = app.main(prog_name="textkit", standalone_mode=False)
            return code if isinstance(code, int) else DONE  # click hands an Exit's code back
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        return NOTHING_DONE
    except click.UsageError as error:
        _complain_usage(error)
        return NOTHING_DONE
    except click.ClickException as error:
        complain(error.format_message())
        return NOTHING_DONE
    except click.Abort:
        complain("interrupted")
        return INTERRUPTED
    except click.exceptions.Exit as error:
        return error.exit_code
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else NOTHING_DONE
    return DONE


def _mend_streams() -> None:
    """Take the places of streams that were closed before we started.

    No file that is opened later may get their numbers. Messages are dropped then; output fails
    when something is written, as the user would otherwise take silence for success.
    """
    for name, number, flags in (("stdout", 1, os.O_RDONLY), ("stderr", 2, os.O_WRONLY)):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, flags)
            if null != number:
                os.dup2(null, number)
                os.close(null)
            setattr(sys, name, open(number, "w", encoding="utf-8"))  # noqa: SIM115


def _answer_signals() -> None:
    """Answer Ctrl-C from now on, and clean up at other ends too; what is ignored stays so."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _: object) -> None:
    raise SystemExit(128 + number)


def _complain_usage(error: click.UsageError) -> None:
    """Print one line about wrong usage, which names the help that shows the right one."""
    command = error.ctx.command_path if error.ctx else "textkit"
    if isinstance(error, click.NoSuchOption):
        message = f"no such option: {error.option_name}"
        if near := error.possibilities:
            message += f"; did you mean {get_close_matches(error.option_name, near, 1, 0)[0]}?"
    else:
        message = " ".join(error.format_message().split()).rstrip(".")
    name = command.removeprefix("textkit").strip()
    message = message[:1].lower() + message[1:]
    complain(f"{name}: {message}" if name else message, f"see '{command} --help'")
