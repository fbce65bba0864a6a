"""`textkit`, and `python -m textkit`: the first lines of every command."""

import signal
import sys


def main() -> None:
    """Run the command line. Ctrl-C while it is still being loaded ends it without a word."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from textkit.cli import app
    from textkit.cli.guard import run_app

    code = run_app(app)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing is left to interrupt
    sys.exit(code)


if __name__ == "__main__":
    main()
