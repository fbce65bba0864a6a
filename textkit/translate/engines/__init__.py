"""The engines that translate: Argos and Firefox models, a LibreTranslate server."""

from __future__ import annotations

from collections.abc import Sequence

from textkit.translate.engine import Engine
from textkit.translate.models.packages import Package
from textkit.translate.options import TranslateOptions


class Pivot:
    """Two engines in a row, through the language that both know."""

    def __init__(self, first: Engine, second: Engine) -> None:
        self._steps = (first, second)
        self.name = first.name

    @property
    def version(self) -> str:
        """Both versions."""
        return " ".join(step.version for step in self._steps)

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """Return what the second makes of what the first makes of each sentence."""
        first, second = self._steps
        return second.translate(first.translate(sentences))


def load_model(package: Package, options: TranslateOptions) -> Engine:
    """Return the model of a package, ready to translate. Raises InputError."""
    if package.kind == "firefox":
        from textkit.translate.engines.firefox import FirefoxModel as Model
    else:
        from textkit.translate.engines.argos import ArgosModel as Model  # type: ignore[assignment]
    model = Model(package, options)
    model.load()
    return model
