"""A partner that was not written here: gSOAP reads the daemon's own WSDLs, and the program it generates works an item.

CTICONNECTOR_INTEROP names the folder for everything generated; it is made new.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))

from scene import Scene, agent, main  # noqa: E402

SERVICES = ("IciUser", "IciItem", "IciAction", "IciSystem", "IciEvent")  # in the order of gSOAP's prefixes ns2 to ns6
PROXIES = ("User", "Item", "Action", "System")


class GSoap(Scene):
    def fetch(self, service, folder):
        url = f"http://127.0.0.1:{self.house.ici_port}/ici/{service}?wsdl"
        with urllib.request.urlopen(url, timeout=10) as answer:
            self.assertTrue(answer.headers["Content-Type"].startswith("text/xml"))
            (folder / f"{service}.wsdl").write_bytes(answer.read())

    def run_tool(self, folder, *command):
        done = subprocess.run(command, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=120, check=False)
        self.assertEqual(done.returncode, 0, f"{command}:\n{done.stdout[-3000:]}")
        self.assertNotRegex(done.stdout, r"(?i)\berror\b|^Warning", done.stdout)

    def build(self):
        """The client, from the WSDLs of the running daemon."""
        folder = pathlib.Path(os.environ.get("CTICONNECTOR_INTEROP", "interop"))
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for service in SERVICES:
            self.fetch(service, folder)
        self.run_tool(folder, "wsdl2h", "-o", "ici.h", *(f"{service}.wsdl" for service in SERVICES))
        self.run_tool(folder, "soapcpp2", "-j", "-L", "-x", "-w", "ici.h")
        generated = ["soapC.cpp", "soapIciEventBindingService.cpp"] + [f"soapIci{p}BindingProxy.cpp" for p in PROXIES]
        self.run_tool(folder, "g++", "-O0", "-std=c++20", "-w", "-DWITH_PURE_VIRTUAL", "-I.", str(HERE / "client.cpp"),
                      *generated, "-lgsoap++", "-lpthread", "-o", "client")
        return folder / "client"

    def test_a_generated_partner_works_an_item(self):
        """R-LOGIN-10 R-ITEM-1 R-DEC-44 R-DEC-45: log-on, routed item, typed faults, all through generated code."""
        house = self.open([agent(0)])
        client = self.build().resolve()
        done = subprocess.run([client, f"http://127.0.0.1:{house.ici_port}/ici", "USER0", "12345;pw0;52513;pm2c"],
                              text=True, capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        said = [re.sub(r"act-\d+-1", "act-1-1", line) for line in done.stdout.splitlines()
                if not line.startswith("fault")]
        self.assertEqual(said, [
            "product cticonnector", "subscribed USER0 3 channels 3", "ready USER0", "added foreign-1",
            "offered act-1-1 foreign-1 MAIL Invoice", "accepted act-1-1", "completed act-1-1"])
        faults = [line.split(" ", 3)[1:3] for line in done.stdout.splitlines() if line.startswith("fault")]
        self.assertEqual(faults, [["subscribe", "INVALID_WORKCENTER"], ["accept", "UNKNOWN_ITEM"],
                                  ["getAttributes", "NOT_SUBSCRIBED"]])
        house.cc.wait("task.ended", agent="12345", disposition=38)
        house.cc.wait("agent.logout", agent="12345")


if __name__ == "__main__":
    main()
