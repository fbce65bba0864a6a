"""The hooks as a commit meets them: a real repository, pre-commit's own hook, this checkout."""

from __future__ import annotations

import os
import subprocess
import sys

import click
import pytest
import yaml

from tests.conftest import ROOT, SEEDS, clean_environment
from textkit.cli import app

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
BIN = os.path.dirname(sys.executable)
FILES = r"^seeds/.*\.txt$"
GOOD = (
    "Council approves the budget\n\n"
    "The council met on Tuesday and approved the budget for the coming year at last.\n\n"
    "Mayor Ann Lee said that the new library would open in May and would cost four million.\n"
)
CHINESE = "市议会批准预算\n\n市议会周二开会，批准了明年的预算。市长说，新图书馆五月开放。\n"


def local_hooks():
    """The hooks of the manifest, run by this environment's `textkit`: nothing is installed."""
    hooks = yaml.safe_load(MANIFEST.read_text("utf-8"))
    hooks = [{**hook, "language": "system", "files": FILES} for hook in hooks]
    return {"repo": "local", "hooks": [hook for hook in hooks if hook["id"] != "textkit-fix"]}


class Repository:
    """A temporary git repository with the five seeds and pre-commit's hook."""

    def __init__(self, folder, hooks, home):
        self.folder = folder
        self.environment = {
            **clean_environment(home), "PRE_COMMIT_HOME": str(home / "pre-commit"),
            "GIT_CONFIG_GLOBAL": "/dev/null", "PIP_NO_INPUT": "1",
        }  # fmt: skip
        self.environment["PATH"] = BIN + os.pathsep + self.environment["PATH"]
        (folder / "seeds").mkdir(parents=True)
        for seed in SEEDS:
            (folder / "seeds" / seed.name).write_bytes(seed.read_bytes())
        config = yaml.safe_dump({"repos": [hooks]})
        (folder / ".pre-commit-config.yaml").write_text(config, "utf-8")
        self.run("git", "init", "-q")
        self.run("git", "add", "-A")
        self.commit()
        assert self.run("pre-commit", "install").returncode == 0

    def run(self, *command):
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def commit(self):
        who = ("-c", "user.email=a@example.org", "-c", "user.name=A")
        done = self.run("git", *who, "commit", "-qm", "A commit")
        return done.returncode, done.stdout + done.stderr

    def commit_new(self, data, name="new.txt"):
        """Add a seed and commit it; take it back where the hook stops it."""
        path = self.folder / "seeds" / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        self.run("git", "add", "-A")
        code, said = self.commit()
        if code:
            self.run("git", "reset", "-q")
            path.unlink()
        return code, said


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    return Repository(home / "repository", local_hooks(), home)


def test_a_good_seed_passes(repository):
    assert repository.commit_new(GOOD, "good.txt")[0] == 0


def test_residue_is_blocked_with_its_place(repository):
    code, said = repository.commit_new("0 views\n\n" + GOOD.replace("budget", "plan"))
    assert code == 1
    assert "seeds/new.txt:1:1: TK104" in said


def test_a_near_copy_is_blocked_and_the_seed_is_named(repository):
    text = SEEDS[1].read_text().replace("decade", "ten years")
    code, said = repository.commit_new(text)
    assert code == 1
    assert f"seeds/new.txt:1:1: TK502 near copy of seeds/{SEEDS[1].name}" in said


def test_a_chinese_seed_is_blocked(repository):
    code, said = repository.commit_new(CHINESE)
    assert code == 1
    assert "seeds/new.txt:1:1: TK401" in said
    assert "letters of zh-Hans" in said


def test_a_binary_file_is_blocked(repository):
    code, said = repository.commit_new(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00" * 20)
    assert code == 1
    assert "seeds/new.txt:1:1: TK003" in said


def test_a_change_of_an_old_seed_is_no_added_file(repository):
    path = repository.folder / "seeds" / SEEDS[4].name
    path.write_text(path.read_text() + "1,234 views\n")
    repository.run("git", "add", "-A")
    assert repository.commit()[0] == 0


def test_the_whole_folder_when_asked_for(repository):
    done = repository.run("pre-commit", "run", "--hook-stage", "manual", "textkit-check-all")
    assert done.returncode == 1
    assert f"seeds/{SEEDS[4].name}:3:1: TK104" in done.stdout


@pytest.mark.parametrize(
    ("command", "path"),
    [("validate-manifest", MANIFEST), ("validate-config", ROOT / ".pre-commit-config.yaml")],
)
def test_pre_commit_takes_our_files(command, path):
    subprocess.run([f"{BIN}/pre-commit", command, str(path)], check=True, capture_output=True)


def test_the_projects_own_hooks_are_those_of_the_manifest():
    own = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    entries = {hook["id"]: hook["entry"].removeprefix(".venv/bin/") for hook in own}
    for hook in yaml.safe_load(MANIFEST.read_text("utf-8")):
        assert entries[hook["id"]].startswith(hook["entry"])


def test_entries_are_commands_that_parse():
    for hook in yaml.safe_load(MANIFEST.read_text("utf-8")):
        program, name, *rest = hook["entry"].split()
        assert program == "textkit"
        app.get_command(click.Context(app), name).make_context(name, rest)


def test_fix_mends_and_stops_the_commit_once(repository):
    hook = next(h for h in yaml.safe_load(MANIFEST.read_text("utf-8")) if h["id"] == "textkit-fix")
    config = {"repos": [{"repo": "local", "hooks": [{**hook, "language": "system"}]}]}
    (repository.folder / "fix.yaml").write_text(yaml.safe_dump(config), "utf-8")
    path = repository.folder / "seeds" / "fix.txt"
    path.write_text("0 views\n\n" + GOOD)
    repository.run("git", "add", "-A")
    command = ("pre-commit", "run", "-c", "fix.yaml", "--files", "seeds/fix.txt")
    assert [repository.run(*command).returncode for _ in range(2)] == [1, 0]
    assert path.read_text() == GOOD
    repository.run("git", "rm", "-qf", "fix.yaml", "seeds/fix.txt")


CODE = {
    "a.py": "def f():\n    if x:\n        return 1\n\n\n\n# 0 views  \n",
    "Makefile": "all:\n\t@echo done  \n\n\n\nclean:\n\trm -f out\n",
    "conf.yaml": "repos:\n  - repo: local\n    hooks:\n      - id: a  \n",
}


@pytest.mark.parametrize("files", [None, "^code/"], ids=["as it is", "files given"])
def test_source_code_is_neither_changed_nor_blocked(repository, files):
    hooks = [
        {**hook, "language": "system", **({"files": files} if files else {})}
        for hook in yaml.safe_load(MANIFEST.read_text("utf-8"))
        if hook["id"] != "textkit-check-all"
    ]
    config = yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]})
    (repository.folder / "code.yaml").write_text(config, "utf-8")
    (repository.folder / "code").mkdir(exist_ok=True)
    for name, data in CODE.items():
        (repository.folder / "code" / name).write_text(data)
    repository.run("git", "add", "-A")
    named = [f"code/{name}" for name in CODE]
    done = repository.run("pre-commit", "run", "-c", "code.yaml", "--files", *named)
    assert done.returncode == 0, done.stdout
    assert {n: (repository.folder / "code" / n).read_text() for n in CODE} == CODE
    repository.run("git", "rm", "-rqf", "code.yaml", "code")


def test_the_five_seeds_are_in_the_baseline(textkit):
    assert textkit("check", "seeds", cwd=ROOT) == (0, "", "")
    assert textkit("check", "--no-baseline", "--select", "TK1", "seeds", cwd=ROOT).code == 1


@pytest.mark.slow
def test_hooks_installed_from_this_checkout(tmp_path):
    """As other projects use them: pre-commit clones the checkout and installs it by itself."""
    revision = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    hooks = [{"id": "textkit-check", "files": FILES}]
    theirs = {"repo": str(ROOT), "rev": revision.stdout.strip(), "hooks": hooks}
    repository = Repository(tmp_path / "repository", theirs, tmp_path)
    assert repository.commit_new(GOOD, "good.txt")[0] == 0
    code, said = repository.commit_new("0 views\n\n" + SEEDS[1].read_text())
    assert code == 1
    assert "seeds/new.txt:1:1: TK104" in said
    assert "TK502" in said or "TK501" in said
