"""What git decides: which files are new, which ones are compared, where the cache lies."""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.conftest import SEEDS, clean_environment

GOOD = "The council met on Tuesday and approved the budget for the coming year.\n"
BAD = "0 views\n\n" + GOOD
CHECK = ("check", "--ignore", "TK4")  # the quick ones


@pytest.fixture
def git(tmp_path):
    """Run git in a new repository `repo` with one commit; returns a function with its folder."""
    repo = tmp_path / "repo"
    (repo / "seeds").mkdir(parents=True)

    def run(*args):
        who = ("-c", "user.email=a@example.org", "-c", "user.name=A")
        subprocess.run(
            ["git", *who, *args], cwd=repo, check=True, capture_output=True,
            env=clean_environment(tmp_path),
        )  # fmt: skip

    run("init", "-q")
    (repo / "seeds" / "old.txt").write_text("0 views\n\n" + SEEDS[1].read_text())
    run("add", "-A")
    run("commit", "-qm", "first")
    run.folder = repo
    return run


def codes(result):
    return [tuple(line.split(" ")[i] for i in (0, 1)) for line in result.out.splitlines()]


def test_added_files_only(textkit, git):
    repo = git.folder
    (repo / "seeds" / "new.txt").write_text(BAD)
    (repo / "seeds" / "untracked.txt").write_text(BAD)
    (repo / "seeds" / "page.html").write_text("<p>0 views</p>")
    assert textkit(*CHECK, "--added-only", cwd=repo) == (0, "", "")
    git("add", "seeds/new.txt", "seeds/page.html")
    expected = [("seeds/new.txt:1:1:", "TK104")]
    assert codes(textkit(*CHECK, "--added-only", cwd=repo)) == expected
    named = textkit(*CHECK, "--added-only", "seeds/new.txt", "seeds/old.txt", cwd=repo)
    assert codes(named) == expected
    below = textkit(*CHECK, "--added-only", "new.txt", cwd=repo / "seeds")
    assert codes(below) == [("new.txt:1:1:", "TK104")]
    git("commit", "-qm", "second")
    assert textkit(*CHECK, "--added-only", cwd=repo) == (0, "", "")


STAGED = ("check", "--added-only", "--ignore", "TK4,TK5", "--no-cache")


def test_what_is_staged_is_checked_and_not_what_lies_there(textkit, git):
    path = git.folder / "new.txt"
    path.write_text(BAD)
    git("add", "new.txt")
    path.write_text(GOOD)
    assert codes(textkit(*STAGED, cwd=git.folder)) == [("new.txt:1:1:", "TK104")]
    git("add", "new.txt")
    path.write_text(BAD)
    assert textkit(*STAGED, cwd=git.folder) == (0, "", "")
    path.unlink()
    assert textkit(*STAGED, cwd=git.folder) == (0, "", "")


def test_copies_among_what_is_staged_are_found_by_what_is_staged(textkit, git):
    for name in ("a.txt", "b.txt"):
        (git.folder / name).write_text(SEEDS[0].read_text())
    git("add", "a.txt", "b.txt")
    (git.folder / "a.txt").write_text(GOOD)
    result = textkit("check", "--added-only", "--select", "TK5", "--no-cache", cwd=git.folder)
    assert codes(result) == [("b.txt:1:1:", "TK501")]


def test_a_staged_link_is_no_text(textkit, git):
    (git.folder / "link.txt").symlink_to("/etc/passwd")
    git("add", "link.txt")
    assert textkit(*STAGED, cwd=git.folder) == (0, "", "")


def test_fixing_what_is_added_reports_what_is_left_in_the_folder(textkit, git):
    (git.folder / "new.txt").write_text(BAD)
    git("add", "new.txt")
    assert textkit(*STAGED, "--fix", cwd=git.folder).code == 0
    assert (git.folder / "new.txt").read_text() == GOOD


def test_between_two_commits_as_pre_commit_names_them(textkit, git):
    repo = git.folder
    (repo / "seeds" / "new.txt").write_text(BAD)
    git("add", "-A")
    git("commit", "-qm", "second")
    ends = {"PRE_COMMIT_FROM_REF": "HEAD~1", "PRE_COMMIT_TO_REF": "HEAD"}
    result = textkit(*CHECK, "--added-only", cwd=repo, **ends)
    assert codes(result) == [("seeds/new.txt:1:1:", "TK104")]
    ends["PRE_COMMIT_FROM_REF"] = "--output=owned"
    assert textkit(*CHECK, "--added-only", cwd=repo, **ends).code == 2
    assert not list(repo.glob("owned*"))


def test_a_name_with_control_characters_stays_on_one_line(textkit, tmp_path):
    (tmp_path / "a\n\x1b[31m.txt").write_text(BAD)
    assert textkit(*CHECK, ".").out.startswith("./a\\x0a\\x1b[31m.txt:1:1: TK104 ")


def test_before_the_first_commit_every_file_is_added(textkit, git):
    repo = git.folder
    git("update-ref", "-d", "HEAD")
    assert ("seeds/old.txt:1:1:", "TK104") in codes(textkit(*CHECK, "--added-only", cwd=repo))


def test_a_file_that_moves_is_not_new(textkit, git):
    git("mv", "seeds/old.txt", "seeds/moved.txt")
    assert textkit(*CHECK, "--added-only", cwd=git.folder).out == ""


def test_names_that_git_would_quote(textkit, git):
    name = "a b\té\n[x].txt"
    (git.folder / name).write_text(BAD)
    git("add", "-A")
    result = textkit(*CHECK, "--added-only", "-f", "jsonl", cwd=git.folder)
    assert f'"path":"{"a b"}\\té\\n[x].txt"' in result.out
    assert textkit(*CHECK, "--added-only", name, cwd=git.folder).code == 1


def test_without_paths_the_tracked_texts_here_and_below(textkit, git):
    repo = git.folder
    (repo / "top.txt").write_text(BAD)
    assert {path for path, _ in codes(textkit("check", "--select", "TK104", cwd=repo))} == {
        "seeds/old.txt:1:1:"
    }
    git("add", "-A")
    assert len(codes(textkit("check", "--select", "TK104", cwd=repo))) == 2
    assert len(codes(textkit("check", "--select", "TK104", cwd=repo / "seeds"))) == 1


@pytest.mark.parametrize("args", [(), ("--added-only",), ("--added-only", "a.txt")])
def test_outside_a_working_tree(textkit, tmp_path, args):
    (tmp_path / "a.txt").write_text(BAD)
    result = textkit(*CHECK, *args)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert "not in a git working tree" in result.err


def test_without_git_copies_are_looked_for_among_the_files_given(textkit, tmp_path):
    (tmp_path / "a.txt").write_text(GOOD * 3)
    (tmp_path / "b.txt").write_text(GOOD * 3)
    assert codes(textkit(*CHECK, "a.txt", "b.txt")) == [("b.txt:1:1:", "TK501")]


def test_a_copy_of_a_tracked_file_of_the_same_folder(textkit, git):
    repo = git.folder
    text = SEEDS[1].read_text().replace("decade", "ten years")
    for folder in ("seeds", "other"):
        (repo / folder).mkdir(exist_ok=True)
        (repo / folder / "new.txt").write_text(text)
    result = textkit("check", "--select", "TK5", "seeds/new.txt", cwd=repo)
    assert result.out.startswith("seeds/new.txt:1:1: TK502 near copy of seeds/old.txt: ")
    assert textkit("check", "--select", "TK5", "other/new.txt", cwd=repo).out == ""
    elsewhere = textkit("check", "--select", "TK5", "--against", "seeds", "other/new.txt", cwd=repo)
    assert elsewhere.code == 1


def test_a_tracked_file_is_no_copy_of_itself(textkit, git):
    result = textkit("check", "--select", "TK5", "seeds/old.txt", cwd=git.folder)
    assert result == (0, "", "")
    again = textkit("check", "--select", "TK5", "seeds/../seeds/old.txt", "seeds", cwd=git.folder)
    assert again == (0, "", "")


def test_the_cache_lies_at_the_top_and_git_does_not_see_it(textkit, git):
    repo = git.folder
    (repo / "seeds" / "new.txt").write_text(BAD)
    os.utime(repo / "seeds" / "old.txt", ns=(10**18, 10**18))
    textkit(*CHECK, "new.txt", cwd=repo / "seeds")
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=repo, capture_output=True, text=True, check=True
    )
    assert status.stdout == "?? seeds/new.txt\n"


def test_a_tracked_file_that_is_gone_or_unreadable_does_no_harm(textkit, git):
    (git.folder / "seeds" / "old.txt").unlink()
    (git.folder / "seeds" / "new.txt").write_text(GOOD)
    assert textkit(*CHECK, "seeds/new.txt", cwd=git.folder) == (0, "", "")


def test_what_git_says_is_passed_on(textkit, git):
    (git.folder / ".git" / "index").write_bytes(b"no index")
    result = textkit(*CHECK, "--added-only", cwd=git.folder)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("textkit: git: ")
