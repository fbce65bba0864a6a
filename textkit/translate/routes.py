"""Which engine translates which pair of languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from textkit.errors import ConfigError, InputError
from textkit.text.languages import base
from textkit.translate.engine import Engine
from textkit.translate.engines import Pivot, load_model
from textkit.translate.models.packages import Package, find_path, installed
from textkit.translate.options import ENGINES, TranslateOptions

if TYPE_CHECKING:
    from textkit.translate.gloss.cedict import Dictionary
    from textkit.translate.memory import Memory


@dataclass(frozen=True)
class Route:
    """An engine for a pair, and the rule that its edits carry."""

    engine: Engine
    rule: str  # argos:zh>en, gloss:zh-Hans>en


@dataclass
class Routes:
    """Finds the engine of each pair once, and keeps it."""

    options: TranslateOptions
    warnings: list[str] = field(default_factory=list)
    _known: dict[tuple[str, str], Route | None] = field(default_factory=dict)
    _engines: dict[str, Engine] = field(default_factory=dict)
    _broken: set[str] = field(default_factory=set)

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
        return next((route for name in names if (route := self._by(name, source))), None)

    def _by(self, name: str, source: str) -> Route | None:
        """The route of one engine."""
        if name == "gloss":
            return self._gloss(source)
        return self._server(source) if name == "libretranslate" else self._packaged(name, source)

    def _gloss(self, source: str) -> Route | None:
        if base(source) != "zh" or base(self.options.to) != "en" or self.options.gloss == "none":
            return None
        if "gloss" not in self._engines:
            from textkit.translate.gloss.gloss import Gloss

            if self.dictionary is None:
                return None
            self._engines["gloss"] = Gloss(self.dictionary, dict(self.options.glossary))
        return Route(self._engines["gloss"], f"gloss:{source}>{self.options.to}")

    def _packaged(self, kind: str, source: str) -> Route | None:
        """An installed package, or two that meet in English; broken ones are left out."""
        while path := find_path(self._usable(kind), source, self.options.to):
            try:
                steps = [self._model(package) for package in path]
            except InputError as error:
                self._leave_out(str(error))
                continue
            codes = ">".join((path[0].source, *(p.target for p in path)))
            engine = steps[0] if len(steps) == 1 else Pivot(steps[0], steps[1])
            return Route(engine, f"{kind}:{codes}")
        return None

    def _usable(self, kind: str) -> list[Package]:
        return [p for p in self._installed if p.kind == kind and p.path not in self._broken]

    @cached_property
    def _installed(self) -> list[Package]:
        packages, problems = installed(self.options.models_dir)
        for problem in problems:
            self._leave_out(problem.reason)
        return packages

    def _leave_out(self, problem: str) -> None:
        self.warnings.append(f"package left out: {problem}")

    def _model(self, package: Package) -> Engine:
        """The package's model, loaded. Raises InputError where it can't be."""
        if package.path not in self._engines:
            try:
                self._engines[package.path] = self._remembering(load_model(package, self.options))
            except InputError:
                self._broken.add(package.path)
                raise
        return self._engines[package.path]

    def _remembering(self, engine: Engine) -> Engine:
        from textkit.translate.memory import Remembering

        return Remembering(engine, self._memory) if self._memory else engine

    @cached_property
    def _memory(self) -> Memory | None:
        from textkit.translate.memory import open_memory

        return open_memory(self.options.memory)

    def _server(self, source: str) -> Route:
        """The LibreTranslate server, which is asked for any pair."""
        from textkit.translate.engines.libretranslate import LibreTranslate

        if source not in self._engines:
            self._engines[source] = LibreTranslate(source, self.options)
        pair = f"{base(source)}>{base(self.options.to)}"
        return Route(self._engines[source], f"libretranslate:{pair}")

    def names(self, source: str) -> Dictionary | None:
        """The dictionary that knows the names of a language."""
        return self.dictionary if base(source) == "zh" else None

    @cached_property
    def dictionary(self) -> Dictionary | None:
        """CC-CEDICT, for the gloss and for the check of names."""
        from textkit.translate.gloss.cedict import open_dictionary

        return open_dictionary(self.options.cache_dir)
