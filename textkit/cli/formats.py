"""Names of output formats; their writers stand in textkit.cli.writers, which needs more."""

TABLES = ("json", "csv", "tsv", "md", "parquet")  # what every filter writes beside text and jsonl
ENDINGS = {
    ".txt": "text", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv",
    ".tsv": "tsv", ".parquet": "parquet",
}  # fmt: skip
ENDING_OF = {
    "text": ".txt", "table": ".txt", "jsonl": ".jsonl", "json": ".json", "csv": ".csv",
    "tsv": ".tsv", "md": ".md", "parquet": ".parquet",
}  # fmt: skip
