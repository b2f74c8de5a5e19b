"""What is installed lies below the prefix that the installation was given, and names the paths that it lies at, whatever the
prefix was when the tree was configured. usage: install_test.py SOURCES BINARIES CMAKE PROGRAM"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

SOURCES, BINARIES, CMAKE, PROGRAM = sys.argv[1:]
UNIT = "lib/systemd/system/cticonnector.service"


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.room = pathlib.Path(BINARIES)
        shutil.rmtree(cls.room, ignore_errors=True)

    def configure(self, name, *more):
        build = self.room / name
        subprocess.run([CMAKE, "-G", "Ninja", "-S", SOURCES, "-B", str(build), "-DCTICONNECTOR_TESTS=OFF", *more], check=True,
                       capture_output=True, text=True)
        (build / "bin").mkdir(exist_ok=True)
        shutil.copy2(PROGRAM, build / "bin/cticonnectord")
        return build

    def install(self, build, *more, destdir=None):
        environment = {**os.environ, **({"DESTDIR": str(destdir)} if destdir else {})}
        return subprocess.run([CMAKE, "--install", str(build), *more], check=True, capture_output=True, text=True,
                              env=environment).stdout

    def check(self, prefix, config, destdir=""):
        """Everything below the prefix but the configuration, and the unit names the one and the other."""
        here = pathlib.Path(str(destdir) + prefix)
        unit = (here / UNIT).read_text()
        self.assertIn(f"\nExecStart={prefix}/bin/cticonnectord run --config {config}\n", unit)
        self.assertIn(f" file://{prefix}/share/doc/cticonnector\n", unit)
        self.assertNotRegex(unit, "@[A-Z]")
        self.assertTrue((here / "share/doc/cticonnector/README.md").exists())
        self.assertTrue((here / "share/man/man8/cticonnectord.8").exists())
        self.assertTrue(pathlib.Path(str(destdir) + config).exists())
        checked = subprocess.run([str(here / "bin/cticonnectord"), "check-config", "--config", str(destdir) + config],
                                 capture_output=True, text=True)
        self.assertEqual(checked.returncode, 0, checked.stdout)

    def written_outside(self, text, inside):
        """Paths that the installation says it wrote, but those below `inside`."""
        paths = re.findall(r"^-- (?:Installing|Up-to-date): (.*)$", text, re.M)
        self.assertGreater(len(paths), 10)
        return [path for path in paths if not path.startswith(str(inside) + "/")]

    def test_the_commands_of_the_guide(self):
        guide = (pathlib.Path(SOURCES) / "docs/install.md").read_text()
        self.assertIn("\ncmake --preset release\n", guide)
        self.assertIn(" cmake --install build/release --prefix /usr\n", guide)
        root = self.room / "root"
        build = self.configure("plain")
        text = self.install(build, "--prefix", "/usr", destdir=root)
        self.check("/usr", "/etc/cticonnector/cticonnector.ini", root)
        self.assertEqual(self.written_outside(text, root), [])

    def test_another_prefix_than_the_configured_one(self):
        build = self.configure("usr", "-DCMAKE_INSTALL_PREFIX=/usr")
        other = self.room / "other"
        # into a root of its own first: whatever goes astray stays in it
        root = self.room / "astray"
        self.install(build, "--prefix", str(other), destdir=root)
        self.assertEqual(sorted(p.name for p in root.iterdir()), [other.parts[1]])
        self.check(str(other), f"{other}/etc/cticonnector/cticonnector.ini", root)
        text = self.install(build, "--prefix", str(other))
        self.check(str(other), f"{other}/etc/cticonnector/cticonnector.ini")
        self.assertEqual(self.written_outside(text, other), [])

    def test_the_configured_prefix(self):
        root = self.room / "configured_root"
        build = self.configure("opt", "-DCMAKE_INSTALL_PREFIX=/opt/cti")
        self.install(build, destdir=root)
        self.check("/opt/cti", "/opt/cti/etc/cticonnector/cticonnector.ini", root)

    def test_a_directory_named_for_the_configuration(self):
        root = self.room / "named_root"
        build = self.configure("named", "-DCMAKE_INSTALL_SYSCONFDIR=/srv/etc")
        self.install(build, "--prefix", "/usr", destdir=root)
        self.check("/usr", "/srv/etc/cticonnector/cticonnector.ini", root)

    def test_a_configuration_that_is_there_stays(self):
        root = self.room / "kept_root"
        build = self.configure("kept")
        config = root / "etc/cticonnector/cticonnector.ini"
        config.parent.mkdir(parents=True)
        config.write_text("# mine\n")
        self.assertIn("Kept as it is: " + str(config), self.install(build, "--prefix", "/usr", destdir=root))
        self.assertEqual(config.read_text(), "# mine\n")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
