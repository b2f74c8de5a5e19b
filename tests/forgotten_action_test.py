"""A new action that no shell carries out must not compile: each variant gets one more, and the shell that visits it is
compiled with it. usage: forgotten_action_test.py SOURCE_DIR WORK_DIR COMPILER INCLUDE_DIR..."""

import pathlib
import re
import subprocess
import sys

VISITORS = {
    "CrmAction": ("src/crm/ici.cpp", "src/engine/turn.cpp"),
    "CenterAction": ("src/routing/cti.cpp",),
    "RouterAction": ("src/routing/contact_center.cpp",),
    "StoreAction": ("src/app/service.cpp",),
    "Action": ("src/app/service.cpp",),
}


def with_one_more(header, variant):
    pattern = re.compile(rf"using {variant} =\s*std::variant<([^;]*)>;")
    assert len(pattern.findall(header)) == 1, f"{variant} stands no longer where this test looks for it"
    header = pattern.sub(rf"using {variant} = std::variant<\1, Forgotten>;", header)
    first = header.index("using CrmAction =")
    return header[:first] + "struct Forgotten {};\n" + header[first:]


def main():
    source, work, compiler, *includes = sys.argv[1:]
    source, work = pathlib.Path(source), pathlib.Path(work)
    name = "cticonnector/engine/actions.hpp"
    header = (source / "include" / name).read_text(encoding="utf-8")
    wrong = 0
    for variant, files in VISITORS.items():
        changed = work / variant / name
        changed.parent.mkdir(parents=True, exist_ok=True)
        changed.write_text(with_one_more(header, variant), encoding="utf-8")
        for file in files:
            command = [compiler, "-std=c++20", "-fsyntax-only", "-DCTICONNECTOR_VERSION=\"1\"", f"-I{work / variant}",
                       f"-I{source / 'include'}", f"-I{(source / file).parent}", *(f"-I{one}" for one in includes),
                       str(source / file)]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode == 0 or "Forgotten" not in done.stderr:
                print(f"{file} does not miss an action that it does not know ({variant}):\n{done.stderr[:2000]}")
                wrong += 1
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
