from hypothesis import given, settings
from hypothesis import strategies as st

from textkit.document import Document, Passage, decode, encode, source_text
from textkit.translate import TranslateOptions, translate
from textkit.translate.routes import Route, Routes

PIECES = st.sampled_from(
    [
        "Hello. ",
        "他走了。",
        "真的吗？",
        "• 一 ",
        "\n",
        "\n\n",
        "  ",
        "GPU",
        "“好”",
        "3. ",
        "x\n好",
        "…",
    ]
)
LANGS = st.sampled_from(["zh-Hans", "pt", "en", "zxx", "und", "fi"])


class Echo:
    """An engine that says what it was given, longer, shorter or not at all."""

    version = ""

    def __init__(self, name):
        self.name = name

    def translate(self, sentences):
        return [
            {0: "", 1: text.upper(), 2: f"<{text}>"}[sum(map(ord, text)) % 3] for text in sentences
        ]


ENGINES = {"zh-Hans": "gloss", "pt": "argos"}


class Fixed(Routes):
    def find(self, source):
        name = ENGINES.get(source)
        return Route(Echo(name), f"{name}:{source}>en") if name else None

    def names(self, source):
        return None


@st.composite
def documents(draw):
    parts = draw(st.lists(st.tuples(st.lists(PIECES, min_size=1, max_size=5), LANGS), max_size=6))
    text, passages = "", []
    for pieces, lang in parts:
        run = "".join(pieces)
        passages.append(
            Passage(len(text), len(text) + len(run), lang, "Zyyy", 1.0, "model", "paragraph")
        )
        text += run
    return Document("a", "-", text, lang="mul", passages=tuple(passages))


@settings(deadline=None, max_examples=150)
@given(st.lists(documents(), max_size=3))
def test_originals_come_back_and_passages_stay_in_the_text(found):
    import textkit.translate as stage

    routes, stage.Routes = stage.Routes, Fixed
    try:
        done = list(translate(iter(found), TranslateOptions()))
    finally:
        stage.Routes = routes
    assert len(done) == len(found)
    for before, after in zip(found, done, strict=True):
        assert source_text(after) == before.text
        assert decode(encode(after)) == after
        for passage in after.passages:
            assert 0 <= passage.start < passage.end <= len(after.text)
            if passage.reason == "translation":
                assert passage.lang == "en"
                assert passage.engine == ENGINES[passage.origin] != "gloss"
            elif passage.gloss is not None:
                assert (passage.lang, passage.engine) == ("zh-Hans", None)


class RunsOn(Routes):
    """An engine that goes on to say what is not there."""

    def find(self, source):
        return Route(self, "argos:pt>en") if source == "pt" else None

    name, version = "argos", ""

    def translate(self, sentences):
        return ["The bank has 2,450 staff." for _ in sentences]

    def names(self, source):
        return None


def test_a_number_that_the_translation_made_up_is_in_the_record():
    text = "O banco abriu 12 agências."
    passages = (Passage(0, len(text), "pt", "Latn", 1.0, "model", "paragraph"),)
    document = Document("a", "-", text, lang="pt", passages=passages)
    options = TranslateOptions()
    (done,) = translate([document], options, RunsOn(options))
    found = [(c.kind, c.source, c.outcome, c.found) for c in decode(encode(done)).checks]
    assert found == [("number", "12", "missing", ""), ("number", "", "added", "2,450")]
    assert done.text[done.checks[1].start : done.checks[1].end] == "The bank has 2,450 staff."
