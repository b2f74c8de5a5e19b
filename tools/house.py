"""The daemon between its two simulators, as real processes: for the demo, the end-to-end tests and the load run.

    with House(agents=[...], settings={"CONFIG": {"AppItemMaxSession": 6}}) as house:
        house.sap.wait("item.completed")
        house.admin("/agents")

Nothing has a fixed port: each program picks one and says which. Every wait ends: with what was waited for, or with an
error that shows the last lines of the program.
"""

import collections
import contextlib
import json
import os
import pathlib
import queue
import random
import re
import resource
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

PATIENCE = 30.0
FIELD = re.compile(r'([^ =]+)=("(?:\\.|[^"\\])*"|[^ ]*)')  # of the log, whose lines are many: no lexer in Python
ESCAPED = re.compile(r'\\(["\\])')


def parse_log_line(line):
    """One line of the daemon's log as a dictionary; its time and level stand under "time" and "level"."""
    time_, level, rest = line.rstrip("\n").split(" ", 2)
    fields = {"time": time_, "level": level}
    for key, value in FIELD.findall(rest):
        fields[key] = ESCAPED.sub(r"\1", value[1:-1]) if value.startswith('"') else value
    return fields


class Program:
    """A child process whose output is read line by line into parsed events that can be waited for."""

    def __init__(self, name, command, parse, stream, before=None):
        self.name = name
        self.parse = parse
        self.events = []
        self.lines = collections.deque(maxlen=2000)
        self.changed = threading.Condition()
        self.listeners = []
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE if stream == "stdout" else subprocess.DEVNULL,
            stderr=subprocess.PIPE if stream == "stderr" else subprocess.STDOUT if stream == "stdout" else None,
            text=True, errors="replace", start_new_session=True, preexec_fn=before)
        source = self.process.stdout if stream == "stdout" else self.process.stderr
        self.ended = False
        self.reader = threading.Thread(target=self._read, args=(source,), daemon=True)
        self.reader.start()

    def _read(self, source):
        for line in source:
            try:
                event = self.parse(line)
            except (ValueError, json.JSONDecodeError):
                event = {"event": "unparsed", "text": line.rstrip("\n")}
            with self.changed:
                self.lines.append(line.rstrip("\n"))
                self.events.append(event)
                self.changed.notify_all()
            for listener in self.listeners:
                listener(self.name, line)
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def wait(self, event, patience=PATIENCE, after=0, **wanted):
        """The first event of that name, from index `after` on, with the wanted fields (compared as text)."""

        return self.wait_any((event,), patience, after, **wanted)

    def wait_any(self, names, patience=PATIENCE, after=0, **wanted):
        """As wait, for whichever of the names comes first."""

        def matches(seen):
            return seen.get("event") in names and all(str(seen.get(k)) == str(v) for k, v in wanted.items())

        end = time.monotonic() + patience
        position = after
        with self.changed:
            while True:
                while position < len(self.events):
                    if matches(self.events[position]):
                        return self.events[position]
                    position += 1
                left = end - time.monotonic()
                if left <= 0 or self.ended:
                    why = "ended" if self.ended else f"did not say it in {patience:.0f} s"
                    tail = "\n  ".join(list(self.lines)[-25:])
                    raise AssertionError(f"{self.name} {why}: {' or '.join(names)} {wanted}; its last lines:\n  {tail}")
                self.changed.wait(left)

    def seen(self, event, **wanted):
        with self.changed:
            return [e for e in self.events
                    if e.get("event") == event and all(str(e.get(k)) == str(v) for k, v in wanted.items())]

    def mark(self):
        """An index for wait(after=...): only what comes from now on."""
        with self.changed:
            return len(self.events)

    def moved(self, mark, patience):
        """Whether anything came after the mark; waits for it at most so long."""
        with self.changed:
            return self.changed.wait_for(lambda: len(self.events) > mark, patience)

    def tell(self, step):
        """One step of the simulator's script, now."""
        self.process.stdin.write(json.dumps(step) + "\n")
        self.process.stdin.flush()

    def stop(self, patience=10.0):
        """Asks it to end; returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.finish(patience)

    def finish(self, patience=10.0):
        try:
            code = self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"{self.name} did not end within {patience:.0f} s") from None
        self._close()
        return code

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._close()

    def _close(self):
        self.reader.join(5)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream and not stream.closed:
                try:
                    stream.close()
                except BrokenPipeError:
                    pass


_reserved = []


def free_port():
    """A port to be listened on later. Nobody takes it meanwhile: it is none of those that the system gives to connections
    and to who asks for any, and it is reserved among the callers of this function until this process ends."""
    low, high = map(int, pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split())
    ports = [port for port in range(10_000, 65_536) if not low <= port <= high] or range(10_000, 65_536)
    for port in random.sample(ports, len(ports)):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            reservation = socket.socket(socket.AF_UNIX)
            reservation.bind(f"\0cticonnector-port-{port}")
            _reserved.append(reservation)
            return port
    raise AssertionError("no port is free")


def write_ini(path, sections):
    lines = []
    for section, keys in sections.items():
        lines.append(f"[{section}]")
        lines += [f"{key}={value}" for key, value in keys.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def merged(base, extra):
    result = {section: dict(keys) for section, keys in base.items()}
    for section, keys in (extra or {}).items():
        result.setdefault(section, {}).update(keys)
    return result


class House:
    """Contact center, daemon and SAP side, started in this order.

    `agents` are dictionaries: id, password, device, user, media ("pm2c"); optional: desk (keys of the contact center's
    agent), behaviour (keys of the SAP agent), workcenter (the whole string instead). The SAP side logs nobody on by
    itself: tell it to, or give `sap_steps`. `open_files` are the daemon's soft and hard limit (ulimit -Sn, -Hn).
    """

    def __init__(self, binaries, agents, settings=None, cc=None, cc_steps=(), sap=None, sap_steps=(), listener=None,
                 level="debug", open_files=None):
        self.binaries = pathlib.Path(binaries)
        self.agents = agents
        self.settings = settings or {}
        self.cc_script = cc or {}
        self.cc_steps = list(cc_steps)
        self.sap_script = sap or {}
        self.sap_steps = list(sap_steps)
        self.listener = listener
        self.level = level
        self.open_files = open_files
        self.directory = None
        self.cc = self.daemon = self.sap = None

    def __enter__(self):
        self.directory = tempfile.TemporaryDirectory(prefix="cticonnector-")
        self.path = pathlib.Path(self.directory.name)
        self.mr_port = free_port()
        self.admin_port = free_port()
        try:
            self.start_contact_center()
            self.start_daemon()
            self.start_sap()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_):
        for program in (self.sap, self.daemon, self.cc):
            if program:
                program.kill()
        self.directory.cleanup()

    def _program(self, name, file, arguments, parse, stream, before=None):
        program = Program(name, [str(self.binaries / file), *map(str, arguments)], parse, stream, before)
        if self.listener:
            program.listeners.append(self.listener)
        return program

    def _script(self, name, script):
        path = self.path / name
        path.write_text(json.dumps(script), encoding="utf-8")
        return path

    def start_contact_center(self):
        agents = [{"id": a["id"], "password": a.get("password", ""), "extension": a["device"], **a.get("desk", {})}
                  for a in self.agents]
        script = {
            "mrds": [{"id": 5001}, {"id": 5002}],
            "skill_groups": [{"number": 20}],
            "agents": [{"skill_groups": [20], **a} for a in agents],
            "selectors": [{"name": "MAIL", "mrd": 5001}, {"name": "CHAT", "mrd": 5002}],
            "sides": {"A": {"port": 0}, "B": {"port": 0}},
            "pim": {"host": "127.0.0.1", "port": self.mr_port, "reconnect_ms": 200},
            "steps": self.cc_steps,
        }
        script.update(self.cc_script)
        self.cc = self._program("cc", "cticonnector-sim-cc", [self._script("cc.json", script)], json.loads, "stdout")
        self.cti_ports = {side: self.cc.wait("cti.listening", side=side)["port"] for side in script["sides"]
                          if side in ("A", "B")}

    def start_daemon(self, links=("cti.link_up", "mr.link_up")):
        """Started and, one after the other, linked; without `links` only started."""
        base = {
            "CONFIG": {"AppItemMaxSession": 6, "AppActionRoutingMaxSession": 6, "AppChatMaxSession": 5,
                       "CtiCheckMediaByDirectCall": 0},
            "ICI": {"ListenAddress": "127.0.0.1", "ListenPort": getattr(self, "ici_port", 0),
                    "AllowedEventHosts": "127.0.0.1"},
            "CTI": {"HostA": "127.0.0.1", "PortA": self.cti_ports.get("A", 1), "ApplicationPathID": 5000},
            "MRI": {"ListenAddress": "127.0.0.1", "ListenPort": self.mr_port},
            "ADMIN": {"ListenPort": self.admin_port},
            "LOGGER": {"Level": self.level},
        }
        if "B" in self.cti_ports:
            base["CTI"].update({"HostB": "127.0.0.1", "PortB": self.cti_ports["B"]})
        self.ini = self.path / "cticonnector.ini"
        write_ini(self.ini, merged(base, self.settings))
        limits = self.open_files
        self.daemon = self._program("daemon", "cticonnectord", ["run", "--config", self.ini], parse_log_line, "stderr",
                                    limits and (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, limits)))
        started = self.daemon.wait("service.started")
        self.ici_port = int(started["ici_port"])  # kept over a restart: SAP knows one URL
        for link in links:
            self.daemon.wait(link)

    def start_sap(self):
        def workcenter(a):
            return a.get("workcenter", ";".join([a["id"], a.get("password", ""), a["device"], a.get("media", "p")]))

        agents = [{"user": a["user"], "workcenter": workcenter(a),
                   **({"behaviour": a["behaviour"]} if "behaviour" in a else {})} for a in self.agents]
        script = {"connector": f"http://127.0.0.1:{self.ici_port}/ici", "listen": {"port": 0}, "agents": agents,
                  "steps": self.sap_steps}
        script.update(self.sap_script)
        self.sap = self._program("sap", "cticonnector-sim-sap", [self._script("sap.json", script)], json.loads,
                                 "stdout")
        self.sap.wait("listening")

    def answer(self, target, method="GET", headers=None, port=None):
        """Status and text of an answer of the daemon, on its admin port unless another is named. A POST says JSON unless
        `headers` says otherwise."""
        if headers is None:
            headers = {"Content-Type": "application/json"} if method == "POST" else {}
        request = urllib.request.Request(f"http://127.0.0.1:{port or self.admin_port}{target}", method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode("utf-8")
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode("utf-8")

    def admin(self, target):
        """The daemon's answer as JSON, whatever its status, or as text for /metrics."""
        _, text = self.answer(target)
        return text if target == "/metrics" else json.loads(text)

    def until(self, target, condition, patience=PATIENCE):
        """The daemon's answer as soon as it meets the condition: asked again when the daemon has logged something."""
        end = time.monotonic() + patience
        while True:
            mark = self.daemon.mark()
            answer = self.admin(target)
            if condition(answer):
                return answer
            if time.monotonic() > end or self.daemon.ended:
                raise AssertionError(f"{target} still says {answer}")
            self.daemon.moved(mark, 0.2)
