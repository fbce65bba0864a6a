"""How passages are translated."""

from __future__ import annotations

from dataclasses import dataclass

ENGINES = ("auto", "firefox", "argos", "gloss", "libretranslate")
COMPUTE_TYPES = (
    "default", "auto", "int8", "int8_float32", "int8_float16", "int8_bfloat16", "int16",
    "float16", "bfloat16", "float32",
)  # fmt: skip
REPAIRS = ("none", "names", "all")
GLOSSES = ("beside", "replace", "none")


@dataclass(frozen=True)
class TranslateOptions:
    """Options of the translate stage. Folders are given, never looked for."""

    to: str = "en"  # BCP 47
    engine: str = "auto"  # one of ENGINES
    models_dir: tuple[str, ...] = ()  # folders of packages, the first that has a pair wins
    glossary: tuple[tuple[str, str], ...] = ()  # (source, target)
    gloss: str | None = None  # where text shows a gloss: one of GLOSSES; none makes none
    repair: str = "names"  # what the checks may mend: one of REPAIRS
    inline: bool = False  # foreign words inside sentences too
    cache_dir: str | None = None  # for the dictionary's index
    memory: str | None = None  # path of the translation memory
    threads: int = 0  # 0 lets the engine choose
    compute_type: str = "default"
    device: str = "cpu"
    url: str | None = None  # of the LibreTranslate server
    api_key: str | None = None
    timeout: float = 30.0  # seconds a request may take
