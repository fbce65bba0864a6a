import json
import os
import shutil
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from tests.translate.conftest import copy, pack, whole
from textkit.errors import TextkitError
from textkit.translate import TranslateOptions, translate_document
from textkit.translate.models.install import install_archive, install_firefox


def without(tiny, tmp_path, name):
    path = copy(tiny, tmp_path / "work" / tiny.name)
    (path / name).unlink()
    return pack(path, tmp_path / "bad.argosmodel")


def changed(tiny, tmp_path, name, data):
    path = copy(tiny, tmp_path / "work" / tiny.name)
    (path / name).write_bytes(data)
    return pack(path, tmp_path / "bad.argosmodel")


def with_member(archive, tmp_path, name, data=b"x", mode=0o644):
    bad = tmp_path / "bad.argosmodel"
    shutil.copy(archive, bad)
    info = zipfile.ZipInfo("placeholder" if "\\" in name else name)
    info.filename = name
    info.external_attr = mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(bad, "a") as out:
        out.writestr(info, data)
    return bad


def not_a_package(data):
    def make(tiny, archive, bad):
        bad.write_bytes(data)
        return bad

    return make


def truncated(tiny, archive, bad):
    data = archive.read_bytes()
    bad.write_bytes(data[: len(data) // 2])
    return bad


def flipped(tiny, archive, bad):
    data = archive.read_bytes()
    with zipfile.ZipFile(archive) as z:
        at = z.getinfo(f"{tiny.name}/model/model.bin").header_offset + 2000
    bad.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
    return bad


def lying(tiny, archive, bad):
    """A member that unpacks to more than the archive's directory says."""
    member = f"{tiny.name}/sentencepiece.model".encode()
    data = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as z:
        size = struct.pack("<I", z.getinfo(member.decode()).file_size)
    header = data.rindex(b"PK\x01\x02", 0, data.rindex(member))
    at = data.index(size, header)
    data[at : at + 4] = struct.pack("<I", 10)
    bad.write_bytes(data)
    return bad


def flat(tiny, archive, bad):
    with zipfile.ZipFile(bad, "w") as z:
        for path in sorted(tiny.rglob("*")):
            if path.is_file():
                z.write(path, path.relative_to(tiny).as_posix())
    return bad


def crowded(tiny, archive, bad):
    shutil.copy(archive, bad)
    with zipfile.ZipFile(bad, "a") as z:
        for n in range(3000):
            z.writestr(f"{tiny.name}/model/{n}", b"")
    return bad


FILES = {
    "missing": lambda tiny, archive, bad: bad,
    "not a zip": not_a_package(b"not a zip" * 100),
    "empty": not_a_package(b""),
    "empty zip": not_a_package(b"PK\x05\x06" + bytes(18)),
    "truncated": truncated,
    "flipped byte": flipped,
    "lying size": lying,
    "flat zip": flat,
    "too many members": crowded,
}


def harm(kind, tiny, archive, tmp_path):
    """A bad package of each kind."""
    top = tiny.name
    if kind in FILES:
        return FILES[kind](tiny, archive, tmp_path / "bad.argosmodel")
    if kind in GONE:
        return without(tiny, tmp_path, GONE[kind])
    if kind in CONTENTS:
        return changed(tiny, tmp_path, *CONTENTS[kind])
    if kind == "bomb":
        return with_member(archive, tmp_path, f"{top}/model/zeros.bin", bytes(20_000_000))
    if kind == "link":
        return with_member(archive, tmp_path, f"{top}/README.md", b"/etc/passwd", stat.S_IFLNK)
    return with_member(archive, tmp_path, NAMES[kind].replace("TOP", top))


GONE = {
    "no metadata": "metadata.json",
    "no vocabulary": "model/shared_vocabulary.json",
    "no tokenizer": "sentencepiece.model",
    "no model.bin": "model/model.bin",
}
CONTENTS = {
    "bad JSON": ("metadata.json", b"{"),
    "empty metadata": ("metadata.json", b"{}"),
    "metadata is a list": ("metadata.json", b"[]"),
    "binary metadata": ("metadata.json", b"\xff\xfe\x00"),
    "deep metadata": ("metadata.json", b"[" * 100_000),
    "other kind": ("metadata.json", json.dumps({"type": "sbd", "from_code": "zh"}).encode()),
    "corrupt model.bin": ("model/model.bin", b"\x00" * 4096),
    "truncated model.bin": ("model/model.bin", b"\x06\x00\x00\x00"),
    "corrupt tokenizer": ("sentencepiece.model", b"nothing"),
    "corrupt vocabulary": ("model/shared_vocabulary.json", b"{"),
}
NAMES = {
    "traversal": "../../evil.txt",
    "traversal inside": "TOP/../../evil.txt",
    "absolute path": "/tmp/textkit-evil.txt",
    "backslash": "TOP\\..\\..\\evil.txt",
    "drive": "C:/evil.txt",
    "hidden name": "TOP/.bashrc",
    "control character": "TOP/a\x07b",
    "second folder": "other/metadata.json",
    "file at the top": "evil.txt",
}
KINDS = [*FILES, *GONE, *CONTENTS, *NAMES, "bomb", "link"]


@pytest.mark.parametrize("kind", KINDS)
def test_bad_package_is_refused_and_leaves_nothing(kind, tiny, tiny_archive, tmp_path):
    bad = harm(kind, tiny, tiny_archive, tmp_path)
    folder = tmp_path / "models"
    with pytest.raises(TextkitError) as caught:
        install_archive(str(bad), str(folder))
    assert bad.name in str(caught.value) or tiny.name in str(caught.value)
    assert not folder.exists() or os.listdir(folder) == []
    assert not list(tmp_path.rglob("evil.txt"))


def test_existing_name_is_refused_and_the_old_package_stays(tiny_archive, tmp_path):
    folder = str(tmp_path / "models")
    package = install_archive(str(tiny_archive), folder)
    before = sorted(os.listdir(package.path))
    with pytest.raises(TextkitError, match="installed already"):
        install_archive(str(tiny_archive), folder)
    assert sorted(os.listdir(package.path)) == before
    assert os.listdir(folder) == [package.name]


def test_good_package_is_installed_whole(tiny_archive, tiny, tmp_path):
    package = install_archive(str(tiny_archive), str(tmp_path / "new" / "models"))
    assert (package.source, package.target, package.version) == ("zh", "en", "0.1")
    assert sorted(os.listdir(package.path)) == sorted(os.listdir(tiny))


def test_splitters_that_come_along_are_left_out(tiny, tmp_path):
    path = copy(tiny, tmp_path / "work" / tiny.name)
    (path / "stanza").mkdir()
    (path / "stanza" / "resources.json").write_text("{}")
    package = install_archive(str(pack(path, tmp_path / "a.argosmodel")), str(tmp_path / "models"))
    assert "stanza" not in os.listdir(package.path)


def test_folder_that_can_not_be_made_is_said(tiny_archive, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(TextkitError, match="file"):
        install_archive(str(tiny_archive), str(tmp_path / "file" / "models"))


@pytest.mark.parametrize(
    "harm", ["empty model", "half a model", "no vocabulary", "other names", "two models"]
)
def test_bad_firefox_files_are_refused_and_leave_nothing(firefox_files, tmp_path, harm):
    files = [shutil.copy(path, tmp_path) for path in firefox_files["pten"]]
    if harm == "empty model":
        os.truncate(files[0], 0)
    elif harm == "half a model":
        os.truncate(files[0], os.path.getsize(files[0]) // 2)
    elif harm == "no vocabulary":
        Path(files[1]).write_bytes(b"abc")
    elif harm == "other names":
        files = [files[0], files[1], shutil.copy(files[2], tmp_path / "other.bin")]
    else:
        files.append(shutil.copy(files[0], tmp_path / "model.enpt.bin"))
    with pytest.raises(TextkitError):
        install_firefox([str(f) for f in files], str(tmp_path / "models"))
    assert not (tmp_path / "models").exists() or os.listdir(tmp_path / "models") == []


def test_installed_firefox_files_work_without_the_first_ones(firefox, cache_dir):
    done = translate_document(
        whole("Bom dia.", "pt"), TranslateOptions(models_dir=(str(firefox),), cache_dir=cache_dir)
    )
    assert done.text == "Good morning."
