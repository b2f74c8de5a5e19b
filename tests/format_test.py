"""What clang-format makes of our sources where it guesses wrongly, and cannot be told not to.

usage: format_test.py SOURCE_DIR
"""
import pathlib
import re
import sys

COLUMNS = 110
ACCIDENTS = {
    # `done&& keep_alive(x)`: taken for the declaration of a reference
    "a glued &&": re.compile(r"^\s*(return |if \(|while \()?(?!auto\b)[a-z_][a-z_0-9.]*&& [a-z_][a-z_0-9.]*(\(|$| [&|?=])"),
    "a ruler on two lines": re.compile(r"^\s*//[ /]?[-=]+$"),
}


def accidents(text):
    """Number and kind of each; a ruler that is no rest of another stands behind an empty line."""
    formatted, before = True, ""
    for number, line in enumerate(text.split("\n"), 1):
        if "clang-format off" in line or "clang-format on" in line:
            formatted = "clang-format on" in line
        for kind, pattern in ACCIDENTS.items():
            if pattern.match(line) and not (kind.startswith("a ruler") and not before.strip()):
                yield number, kind
        if formatted and line.lstrip().startswith("//") and len(line) > COLUMNS:
            yield number, "a comment longer than the line"
        before = line


def kinds(text):
    return [kind for _, kind in accidents(text)]


assert kinds("        integer&& fits(a) ? b() : c();") == ["a glued &&"]
assert kinds("    return done&& keep_alive_ && more;") == ["a glued &&"]
assert kinds("    Template&& value(int);\n    auto&& value = a;\n    a && b;\n") == []
assert kinds("// ---- what is so long that it had to be\n// ----\n") == ["a ruler on two lines"]
assert kinds("\n// ----\n\n") == []
assert kinds("    // " + "x" * COLUMNS) == ["a comment longer than the line"]
assert kinds("// clang-format off\n// " + "x" * COLUMNS + "\n// clang-format on") == []

root = pathlib.Path(sys.argv[1])
files = [path for tree in ("src", "include", "tests", "bench") for path in sorted((root / tree).rglob("*.[ch]pp"))]
assert len(files) > 100, files
found = [f"{path.relative_to(root)}:{number}: {kind}"
         for path in files for number, kind in accidents(path.read_text(encoding="utf-8"))]
print("\n".join(found))
sys.exit(bool(found))
