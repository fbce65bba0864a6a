"""Where models and caches lie: the only place that asks the environment for them."""

from __future__ import annotations

import json
import os


def cache_folder() -> str:
    """The user's cache folder for textkit; it may not exist yet."""
    return os.path.join(_xdg("XDG_CACHE_HOME", "~/.cache"), "textkit")


def models_folder(given: str | None = None) -> str:
    """Where models are installed: as given, else `$TEXTKIT_MODELS`, else the user's data folder."""
    return (
        given
        or os.environ.get("TEXTKIT_MODELS")
        or os.path.join(_xdg("XDG_DATA_HOME", "~/.local/share"), "textkit", "models")
    )


def model_folders(given: str | None = None) -> tuple[str, ...]:
    """The folders that models are looked for in: textkit's own, then Argos Translate's."""
    return tuple(dict.fromkeys((models_folder(given), argos_folder())))


def argos_folder() -> str:
    """Argos Translate's packages folder, found as it finds it, but nothing is made on the way."""
    given = os.environ.get("ARGOS_PACKAGES_DIR") or _argos_settings().get("ARGOS_PACKAGES_DIR")
    if isinstance(given, str) and given:
        return given
    return os.path.join(_xdg("XDG_DATA_HOME", "~/.local/share"), "argos-translate", "packages")


def _argos_settings() -> dict[str, object]:
    path = os.path.join(_xdg("XDG_CONFIG_HOME", "~/.config"), "argos-translate", "settings.json")
    try:
        with open(path, encoding="utf-8") as stream:
            found = json.load(stream)
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _xdg(name: str, default: str) -> str:
    return os.environ.get(name) or os.path.expanduser(default)
