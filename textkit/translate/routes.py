"""Which engine translates which pair of languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from textkit.errors import ConfigError
from textkit.translate.options import ENGINES, TranslateOptions
from textkit.translate.packages import Package, find_path, installed


class Engine(Protocol):
    """What turns sentences into sentences of another language."""

    @property
    def name(self) -> str:
        """The engine's name in the record."""
        ...

    @property
    def version(self) -> str:
        """What the translation memory tells models apart by; empty: nothing is remembered."""
        ...

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """Return the translation of each sentence."""
        ...


@dataclass(frozen=True)
class Route:
    """An engine for a pair, and the rule that its edits carry."""

    engine: Engine
    rule: str  # argos:zh>en, gloss:zh-Hans>en


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


@dataclass
class Routes:
    """Finds the engine of each pair once, and keeps it."""

    options: TranslateOptions
    warnings: list[str] = field(default_factory=list)
    _known: dict[tuple[str, str], Route | None] = field(default_factory=dict)
    _engines: dict[str, Engine] = field(default_factory=dict)

    def find(self, source: str) -> Route | None:
        """Return the route from a language to the target; None where nothing installed has it."""
        key = (source, self.options.to)
        if key not in self._known:
            self._known[key] = self._search(source)
        return self._known[key]

    def _search(self, source: str) -> Route | None:
        wanted = self.options.engine
        if wanted not in ENGINES:
            raise ConfigError(f"unknown engine: {wanted}", f"there are {', '.join(ENGINES)}")
        names = ("firefox", "argos", "gloss") if wanted == "auto" else (wanted,)
        finders = {"argos": self._argos, "gloss": self._gloss}
        for name in names:
            route = finders[name](source) if name in finders else None
            if route:
                return route
        return None

    def _gloss(self, source: str) -> Route | None:
        if base(source) != "zh" or base(self.options.to) != "en":
            return None
        if "gloss" not in self._engines:
            from textkit.translate.cedict import open_dictionary
            from textkit.translate.gloss import Gloss

            dictionary = open_dictionary(self.options.cache_dir)
            if dictionary is None:
                return None
            self._engines["gloss"] = Gloss(dictionary)
        return Route(self._engines["gloss"], f"gloss:{source}>{self.options.to}")

    def _argos(self, source: str) -> Route | None:
        return self._packaged("argos", source)

    def _packaged(self, kind: str, source: str) -> Route | None:
        """An installed package, or two that meet in English."""
        packages = [p for p in self._installed if p.kind == kind]
        path = find_path(packages, source, self.options.to)
        if not path:
            return None
        steps = [self._model(package) for package in path]
        codes = ">".join((path[0].source, *(p.target for p in path)))
        engine = steps[0] if len(steps) == 1 else Pivot(steps[0], steps[1])
        return Route(engine, f"{kind}:{codes}")

    @cached_property
    def _installed(self) -> list[Package]:
        packages, problems = installed(self.options.models_dir)
        self.warnings += (f"package left out: {problem}" for problem in problems)
        return packages

    def _model(self, package: Package) -> Engine:
        if package.path not in self._engines:
            from textkit.translate.argos import ArgosModel

            self._engines[package.path] = ArgosModel(package, self.options)
        return self._engines[package.path]


def base(lang: str) -> str:
    """Return the primary language of a tag, in lower case.

    >>> base("zh-Hans")
    'zh'
    """
    return lang.split("-")[0].lower()
