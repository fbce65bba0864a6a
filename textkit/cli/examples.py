"""Two examples of each command, which end its --help; all are run as tests."""

EXAMPLES = {
    "run": ("textkit run news -o out", "textkit run news -o out --dry-run"),
    "read": ("textkit read page.html", "textkit read -f csv --fields id,title,date news"),
    "clean": ("textkit clean news -o cleaned/", "textkit clean --explain news/a.txt"),
    "detect": (
        "textkit detect news/b.txt",
        "textkit detect --not en,zxx -f csv -o foreign.csv news",
    ),
    "translate": ("textkit translate news/b.txt", "textkit clean news | textkit translate --to en"),
    "dedup": ("textkit dedup news", "textkit dedup --drop -f jsonl news | textkit summarize"),
    "summarize": (
        "textkit summarize --sentences 2 news/a.txt",
        "textkit summarize --corpus -f text news",
    ),
    "undo": (
        "textkit undo out/articles.jsonl -o before/",
        "textkit clean -f jsonl news/a.txt | textkit undo",
    ),
    "check": ("textkit check news", "textkit check -f sarif -o check.sarif news"),
    "report": (
        "textkit report out/articles.jsonl -o report.html",
        "textkit report -f md out/articles.jsonl",
    ),
    "models": ("textkit models list", "textkit models path"),
    "evaluate": (
        "textkit evaluate summary summaries --reference references",
        "textkit evaluate summary -f csv summaries --reference references",
    ),
    "config": ("textkit config show", "textkit config show clean -f jsonl"),
    "schema": ("textkit schema", "textkit schema > record.schema.json"),
    "doctor": ("textkit doctor", "textkit doctor --models-dir models"),
    "completion": ("textkit completion bash", "textkit completion fish > textkit.fish"),
    "help": ("textkit help clean", "textkit help models install"),
}


def epilog(name: str) -> str:
    """Return the end of a command's help, for click to leave its lines alone."""
    return "\b\nExamples:\n" + "".join(f"  {line}\n" for line in EXAMPLES[name])
