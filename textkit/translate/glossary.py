"""The user's glossary: terms and what they must be in the target language."""

from __future__ import annotations

from textkit.errors import ConfigError


def read_glossary(path: str) -> tuple[tuple[str, str], ...]:
    """Return the rows of a TSV file: source, target. `#` starts a comment. Raises ConfigError."""
    try:
        with open(path, encoding="utf-8-sig") as stream:
            lines = stream.read().splitlines()
    except OSError as error:
        raise ConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: a glossary must be UTF-8 text") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("\t")]
        if len(fields) != 2 or not all(fields):
            raise ConfigError(f"{path}:{number}: not two columns", "source, a tab, target")
        found.append((fields[0], fields[1]))
    return tuple(found)
