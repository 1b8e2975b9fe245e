"""Tests mirror the rooms: whoever knows where a thing is made knows where it is tested."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def rooms(folder: Path) -> set[str]:
    """Return the names of the packages in a folder that hold Python files."""
    return {path.parent.name for path in folder.glob("*/__init__.py")}


def test_each_room_has_a_folder_of_tests() -> None:
    tested = {path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")}
    assert rooms(ROOT / "campaign") - tested == set()


def test_a_room_without_tests_is_seen(tmp_path: Path) -> None:
    (tmp_path / "cellar").mkdir()
    (tmp_path / "cellar" / "__init__.py").write_text("")
    assert rooms(tmp_path) == {"cellar"}
