"""The daemon as a process of its system: signals, its log file, its output, its limits."""

import contextlib
import json
import os
import pathlib
import resource
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

from scene import BINARIES, Scene, agent, main
from house import PATIENCE, free_port, parse_log_line, write_ini


class Process(unittest.TestCase):
    """The daemon alone; nothing it would connect to is there."""

    def setUp(self):
        self.directory = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cticonnector-")))
        self.log = self.directory / "x.log"
        self.admin_port = free_port()

    def start(self, level="info", log="x.log", stderr=subprocess.DEVNULL, before=None, **environment):
        ini = self.directory / "cticonnector.ini"
        write_ini(ini, {"ICI": {"ListenAddress": "127.0.0.1", "ListenPort": 0},
                        "MRI": {"ListenAddress": "127.0.0.1", "ListenPort": 0},
                        "CTI": {"PortA": 1}, "ADMIN": {"ListenPort": self.admin_port},
                        "LOGGER": {"Level": level, "Path": log}})
        self.daemon = subprocess.Popen([pathlib.Path(BINARIES) / "cticonnectord", "run", "--config", ini],
                                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stderr,
                                       preexec_fn=before, env={**os.environ, **environment})
        self.addCleanup(self.daemon.wait)
        self.addCleanup(self.daemon.kill)
        self.until(lambda: self.get("/health") is not None, "it listens")

    def until(self, condition, what, patience=PATIENCE):
        """Asks again and again: neither a port that is listened on nor what the daemon counts makes itself known."""
        end = time.monotonic() + patience
        while not condition():
            self.assertIsNone(self.daemon.poll(), f"the daemon ended with {self.daemon.returncode} before {what}")
            self.assertLess(time.monotonic(), end, f"not in {patience} s: {what}")
            time.sleep(0.01)

    def get(self, target):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.admin_port}{target}", timeout=10) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.read().decode()
        except urllib.error.URLError:
            return None

    def dropped(self):
        return int(self.get("/metrics").split("\ncticonnector_log_dropped_total ")[1].split()[0])

    def logged(self, event, file=None):
        """How many lines of the log file tell this event."""
        text = (file or self.log).read_text()
        return sum(f" event={event}" in line for line in text.splitlines())

    def stop(self, number=signal.SIGTERM):
        self.daemon.send_signal(number)
        self.assertEqual(self.daemon.wait(10), 0)


class Signals(Process):
    def test_term_and_int_stop_in_order(self):
        """R-DEC-73"""
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number=number):
                self.start()
                self.stop(number)
                self.assertEqual(self.logged("service.stopping"), 1)
                self.log.unlink()

    def test_the_signals_of_others_end_nothing(self):
        """R-DEC-73"""
        self.start()
        for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGPIPE, signal.SIGXFSZ, signal.SIGHUP):
            self.daemon.send_signal(number)
            self.assertIsNotNone(self.get("/health"), number)
            self.assertIsNone(self.daemon.poll(), number)
        self.stop()
        self.assertEqual(self.logged("service.stopping"), 1)

    def test_a_log_file_that_was_moved_away_is_written_anew_after_hup(self):
        """R-DEC-73, as often as it happens."""
        self.start()
        self.until(lambda: self.logged("service.started"), "the log is written")
        for turn in range(3):
            old = self.directory / f"old-{turn}"
            self.log.rename(old)
            self.daemon.send_signal(signal.SIGHUP)
            self.until(self.log.exists, "there is a new file")
        self.stop()
        self.assertEqual(self.logged("service.started", self.directory / "old-0"), 1)
        self.assertEqual(self.logged("service.stopping"), 1)

    def test_hup_without_a_log_file_changes_nothing(self):
        """R-DEC-73: standard error is nothing to open."""
        self.start(log="", stderr=subprocess.PIPE)
        self.daemon.send_signal(signal.SIGHUP)
        self.assertIsNotNone(self.get("/health"))
        self.daemon.send_signal(signal.SIGTERM)
        _, told = self.daemon.communicate(timeout=10)
        self.assertEqual(self.daemon.returncode, 0)
        self.assertIn(b" event=service.stopping", told)

    def test_a_reader_of_standard_error_that_does_not_read_holds_up_no_stop(self):
        """R-DEC-73: exit code 0 and in time, though the last lines are taken by nobody."""
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        os.set_blocking(writer, False)
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(writer, b"x")
        os.set_blocking(writer, True)
        self.start(log="", stderr=writer)
        os.close(writer)
        self.stop()

    def test_a_reader_of_standard_error_that_goes_away_takes_nothing_along(self):
        """R-DEC-73 R-DEC-75: what they do not read any more is counted."""
        self.start(level="trace", log="", stderr=subprocess.PIPE)
        self.daemon.stderr.close()
        # the link to nowhere is tried again and again, each time a line
        self.until(lambda: self.dropped() > 0, "a line was lost")
        self.stop()


class Paths(Process):
    def started(self):
        self.until(lambda: self.logged("service.started"), "the log is written")
        line = next(line for line in self.log.read_text().splitlines() if " event=service.started " in line)
        return parse_log_line(line)

    def test_the_start_logs_where_everything_is(self):
        """R-DEC-68: without a state directory what is written stands beside the ini file."""
        languages = self.directory / "languages"
        languages.mkdir()
        self.start(STATE_DIRECTORY="")
        started = self.started()
        self.assertEqual(started["ini"], str(self.directory / "cticonnector.ini"))
        self.assertEqual(started["log"], str(self.log))
        self.assertEqual(started["languages"], str(languages))
        self.assertEqual(started["state"].rstrip("/"), str(self.directory))
        self.assertEqual(started["pid"], str(self.daemon.pid))

    def test_the_system_says_where_state_stands(self):
        """R-DEC-68: $STATE_DIRECTORY, the first of several."""
        self.start(STATE_DIRECTORY="/var/lib/a:/var/lib/b")
        self.assertEqual(self.started()["state"], "/var/lib/a")


class LogFile(Process):
    def test_a_file_size_limit_is_a_full_disk(self):
        """R-DEC-73 R-DEC-75: SIGXFSZ ends nothing, what does not fit is counted."""
        limit = 300
        self.start(level="trace", before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        self.until(lambda: self.dropped() > 0, "a line was lost")
        self.assertLessEqual(self.log.stat().st_size, limit)
        self.stop()


class Tell(unittest.TestCase):
    def test_follows_a_log_and_the_file_that_takes_its_name(self):
        """`tell -f` tells each line as it comes, and goes on with a new file, be it longer than the old one."""
        directory = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cticonnector-")))
        log = directory / "x.log"

        def line(item):
            return f"2026-01-31T12:00:00.000000Z info event=item.parked item={item} channel=action why=tired\n"

        log.write_text(line("act-1"), encoding="utf-8")
        teller = subprocess.Popen([pathlib.Path(BINARIES) / "cticonnectord", "tell", "-f", log],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(teller.wait)
        self.addCleanup(teller.kill)
        self.addCleanup(teller.stdout.close)

        def told(item):
            text = teller.stdout.readline()
            self.assertTrue(text.endswith(f"action item {item} is parked: tired\n"), text)

        told("act-1")
        with log.open("a", encoding="utf-8") as out:
            out.write(line("act-2"))
        told("act-2")
        log.rename(directory / "x.1.log")
        log.write_text("".join(map(line, ("act-3", "act-4", "act-5"))), encoding="utf-8")
        for item in "act-3", "act-4", "act-5":
            told(item)
        self.assertIsNone(teller.poll())


    def test_a_line_without_an_end_takes_no_memory(self):
        """What a log was taken for may be anything: nothing of such a line is kept, and it is said."""
        directory = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="cticonnector-")))
        log = directory / "x.log"
        with log.open("wb") as out:
            out.truncate(2 ** 29)
            out.seek(0, os.SEEK_END)
            out.write(b"\n2026-01-31T12:00:00.000000Z info event=item.parked item=act-1 channel=action why=tired\n")
        memory = 2 ** 28

        def run(*arguments):
            return subprocess.run([pathlib.Path(BINARIES) / "cticonnectord", *arguments], capture_output=True, text=True,
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)),
                                  check=False, stdin=subprocess.DEVNULL, timeout=PATIENCE)

        told = run("tell", "--no-times", log)
        self.assertEqual((told.returncode, told.stdout), (0, "action item act-1 is parked: tired\n"))
        self.assertIn("a line of more than 16 MiB is passed over", told.stderr)
        explained = run("decode", "--log", log)
        self.assertIn("! line 1 has more than 16 MiB, it is passed over\n", explained.stdout)


class OpenFiles(Scene):
    """1,200 connections that say nothing, and a CTI server that starts again meanwhile."""

    IDLE = 1200

    def restart_of_the_cti_server(self, limits):
        own = resource.getrlimit(resource.RLIMIT_NOFILE)
        if own[1] < self.IDLE + 200 or own[1] < limits[1]:
            self.skipTest(f"this process itself may open {own[1]} files only")
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(own[0], self.IDLE + 200), own[1]))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, own)
        house = self.open([agent(0)], open_files=limits)
        idle = [socket.create_connection(("127.0.0.1", house.ici_port), 10) for _ in range(self.IDLE)]
        for connection in idle:
            self.addCleanup(connection.close)
        last = idle[-1]
        last.settimeout(10)
        last.sendall(b"GET /ici/IciUser?wsdl HTTP/1.1\r\nHost: x\r\n\r\n")
        self.assertEqual(last.recv(12), b"HTTP/1.1 200")
        idle[0].setblocking(False)
        try:
            gave_way = idle[0].recv(1) == b""
        except BlockingIOError:
            gave_way = False

        sides = {side: {"port": port} for side, port in house.cti_ports.items()}
        house.cc.kill()
        house.daemon.wait("cti.link_down")
        house.cc_script["sides"] = sides
        mark = house.daemon.mark()
        house.start_contact_center()
        house.daemon.wait("cti.link_up", after=mark)
        status, health = house.answer("/health")
        self.assertEqual((status, json.loads(health)["voice"]), (200, "up"))
        for connection in idle:
            connection.close()
        self.log_on()  # whatever was full is free again
        return gave_way, house.daemon.seen("config.finding", rule="R-DEC-74")

    def test_the_soft_limit_is_raised_to_what_may_be_needed(self):
        """R-DEC-74: ulimit -Sn 1024, -Hn 4096."""
        gave_way, findings = self.restart_of_the_cti_server((1024, 4096))
        self.assertFalse(gave_way)
        self.assertEqual(findings, [])

    def test_links_and_health_have_a_reserve_under_a_low_hard_limit(self):
        """R-DEC-74: ulimit -Sn 1024, -Hn 1024; what is idle gives way to what is too much for it, and the start
        says so."""
        gave_way, findings = self.restart_of_the_cti_server((1024, 1024))
        self.assertTrue(gave_way)
        self.assertEqual([finding["level"] for finding in findings], ["warning"])
        self.assertIn("1024 files, 2496 may be needed", findings[0]["text"])


if __name__ == "__main__":
    main()
