#!/usr/bin/env python3
"""The connector between both simulators, told in plain lines. Ctrl-C stops all of it.

usage: demo.py BINARIES [--seconds N]
"""

import argparse
import pathlib
import signal
import subprocess
import sys
import threading
import time

from house import House

PATIENT = {"think_ms": 400, "handle_ms": 4000, "wrap_up_ms": 1500}

AGENTS = [
    {"id": "12345", "password": "xxyyzz", "device": "52513", "user": "KLARA", "media": "pm2c", "behaviour": PATIENT},
    {"id": "12346", "password": "tulip", "device": "52514", "user": "JONAS", "media": "pm", "behaviour": PATIENT,
     "desk": {"wrap_up": "required", "wrap_up_ms": 3000}},
    {"id": "12347", "password": "maple", "device": "52515", "user": "MIRA", "media": "m3",
     "behaviour": {**PATIENT, "handle_ms": 9000, "ready_again_ms": 5000}},
    {"id": "12348", "password": "cedar", "device": "52516", "user": "PAUL", "media": "m2",
     "behaviour": {**PATIENT, "accept_every": 2, "otherwise": "reject"}},
    {"id": "12349", "password": "birch", "device": "52517", "user": "LENA", "media": "p", "behaviour": PATIENT},
]

ABOUT = [
    "KLARA  12345;***;52513;pm2c  phone, two action items, one chat",
    "JONAS  12346;***;52514;pm    phone with wrap-up, one action item",
    "MIRA   12347;***;52515;m3    three action items, but four sessions are open by hand: SAP answers A1",
    "PAUL   12348;***;52516;m2    two action items, refuses every second one by hand: M0",
    "LENA   12349;***;52517;p     phone only",
]


class Teller:
    """Prints the daemon's log as `cticonnectord tell` tells it, with the seconds since the start."""

    def __init__(self, binaries):
        self.start = time.monotonic()
        self.lock = threading.Lock()
        self.tell = subprocess.Popen([pathlib.Path(binaries) / "cticonnectord", "tell", "--no-times", "-"],
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, errors="replace",
                                     start_new_session=True)
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def say(self, text):
        with self.lock:
            print(f"{time.monotonic() - self.start:7.1f} s  {text}", flush=True)

    def hear(self, program, line):
        if program == "daemon":
            self.tell.stdin.write(line)
            self.tell.stdin.flush()

    def read(self):
        for sentence in self.tell.stdout:
            self.say(sentence.rstrip("\n"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def end(self):
        """Everything that was heard has been told."""
        self.tell.stdin.close()
        self.reader.join()
        self.tell.wait()


def calls(seconds):
    """A call about every three seconds, from different callers."""
    return [{"at_ms": 3000 + 3000 * n, "do": "call", "ani": f"03130012{n % 100:02d}", "dnis": "8005550100",
             "talk_ms": 5000, "variables": {"1": f"customer {4711 + n}"}} for n in range(seconds // 3)]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("binaries", help="where cticonnectord and the simulators are")
    arguments.add_argument("--seconds", type=int, default=0, help="stop by itself after so long")
    given = arguments.parse_args()

    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())

    print("Five agents, a contact center and a CRM, all on this machine:")
    print("\n".join("  " + line for line in ABOUT))
    length = given.seconds or 24 * 3600
    # Calls of one hour are prepared; whoever watches longer still sees the action items.
    languages = pathlib.Path(__file__).resolve().parents[1] / "config/languages"
    with Teller(given.binaries) as teller, House(given.binaries, AGENTS, {"CONFIG": {"LanguagesPath": languages}},
                                                 cc_steps=calls(min(length, 3600)), listener=teller.hear,
                                                 level="info") as house:
        admin = f"http://127.0.0.1:{house.admin_port}"
        teller.say(f"look inside: {admin}/agents  {admin}/items  {admin}/explain?agent=12347  {admin}/metrics")
        house.sap.tell({"do": "manual_sessions", "user": "MIRA", "count": 4})
        house.sap.tell({"do": "log_on"})
        house.sap.tell({"do": "wait_for", "agents_ready": len(AGENTS), "timeout_ms": 20000})
        house.sap.tell({"do": "add_items", "scenario": "MAIL", "count": length, "per_second": 0.7,
                        "call_variables": {"CV01": "invoice"}})
        stop.wait(length)
        teller.say("stopping")
        codes = {program.name: program.stop() for program in (house.daemon, house.sap, house.cc)}
        teller.end()
        if codes["daemon"] != 0:
            print(f"the daemon ended with {codes['daemon']}", file=sys.stderr)
            return 1
        teller.say("all programs have ended")
    return 0


if __name__ == "__main__":
    sys.exit(main())
