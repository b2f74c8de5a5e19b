"""A Boost outside of the system's directories is found by every source: configures the tree with one and reads how each
source would be compiled. usage: boost_directory_test.py SOURCES BINARIES CMAKE BOOST"""

import json
import pathlib
import shutil
import subprocess
import sys
import unittest

SOURCES, BINARIES, CMAKE, BOOST = sys.argv[1:]


class BoostDirectory(unittest.TestCase):
    def test_every_source_is_compiled_with_it(self):
        binaries = pathlib.Path(BINARIES)
        shutil.rmtree(binaries, ignore_errors=True)
        elsewhere = binaries / "elsewhere"
        elsewhere.mkdir(parents=True)
        (elsewhere / "boost").symlink_to(pathlib.Path(BOOST) / "boost")
        subprocess.run([CMAKE, "-G", "Ninja", "-S", SOURCES, "-B", str(binaries / "build"), "-DCTICONNECTOR_TESTS=OFF",
                        "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", "-DBoost_NO_BOOST_CMAKE=ON",
                        f"-DBoost_INCLUDE_DIR={elsewhere}"], check=True, capture_output=True, text=True)
        commands = json.loads((binaries / "build" / "compile_commands.json").read_text())
        self.assertGreater(len(commands), 100)
        self.assertEqual([c["file"] for c in commands if str(elsewhere) not in c["command"]], [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
