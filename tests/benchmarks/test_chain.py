"""The texts that the chains are measured on."""

from __future__ import annotations

import json

from benchmarks import chain


def write(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


def test_no_text_comes_twice_and_the_order_hangs_on_no_file(tmp_path):
    first, second = "A council met. " * 40, "The bridge closed. " * 40
    for name in ("dedup/neardup-dev/docs.jsonl", "detect/mixed.dev.jsonl"):
        write(tmp_path, name, json.dumps({"text": first}) + "\n" + json.dumps({"text": "short"}))
    truth = {"ground_truth": {"main_content": second}}
    write(tmp_path, "pages/one/dev/ground-truth/1.json", json.dumps(truth))
    write(tmp_path, "sum/set/d1/docs/doc0.txt", second + "\n")
    assert sorted(chain.texts(tmp_path)) == sorted([first.strip(), second.strip()])
    kept = list(chain.texts(tmp_path))
    write(tmp_path, "sum/set/d0/docs/doc0.txt", first)
    assert list(chain.texts(tmp_path)) == kept
