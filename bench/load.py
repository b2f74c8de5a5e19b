#!/usr/bin/env python3
"""Load runs: the daemon between both simulators, on one machine.

usage: load.py BINARIES memory [--agents 10000]
       load.py BINARIES latency [--agents 1000] [--calls 100] [--seconds 60]
       load.py BINARIES contacts [--agents 30] [--contacts 150] [--level info]

memory   logs the agents on, says how long that took (also in CPU time of each program: the wall clock shares the cores
         with whatever else runs) and reads how much memory the daemon keeps resident.
latency  lets that many calls per second (each about ten CTI events, counted by the daemon) flow over the agents, who
         accept them and hang up after a second, and reads the daemon's own histogram of the time from a complete frame
         read to the event handed to SAP's socket; the wait for the same agent's previous answer is a figure of its own.
         Queues are looked at all the while.
contacts lets the agents work off so many contacts, every other one a call, the rest action items, and says what a contact
         costs: lines and bytes of the log at that level, processor time and memory of the daemon.
"""

import argparse
import collections
import pathlib
import re
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
from house import House  # noqa: E402


def resident_mb(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def histogram(metrics, name):
    """[(upper bound in seconds, count up to it)] and the number of observations."""
    buckets = [(float(bound.replace("+Inf", "inf")), int(count)) for bound, count in
               re.findall(rf'^cticonnector_{name}_bucket{{le="([^"]+)"}} (\d+)', metrics, re.M)]
    return buckets


def cti_events(metrics):
    """Events the contact center has sent."""
    counts = re.findall(r'^cticonnector_cti_messages_total{direction="in",message="\w+_EVENT"} (\d+)', metrics, re.M)
    return sum(map(int, counts))


def minus(after, before):
    return [(bound, count - earlier) for (bound, count), (_, earlier) in zip(after, before)]


def percentile(buckets, share):
    """The upper bound of the bucket that holds the percentile."""
    total = buckets[-1][1]
    if total == 0:
        return float("nan")
    return next(bound for bound, count in buckets if count >= share * total)


def show(name, buckets):
    total = buckets[-1][1]
    line = ", ".join(f"p{share * 100:g} <= {percentile(buckets, share) * 1000:g} ms" for share in (0.5, 0.9, 0.99, 0.999))
    print(f"{name}: {total} observations, {line}")


def house(given, media, listener=None):
    behaviour = {"think_ms": 0, "handle_ms": 1000, "wrap_up_ms": 100}
    return House(given.binaries, [], level=given.level, listener=listener,
                 settings={"CONFIG": {"RouteMaxRequestsPerSecond": 0}},  # agents decide here
                 cc={"agents": [{"id": "100000", "password": "pw", "extension": "500000", "icm_agent_id": 100000,
                                 "count": given.agents, "skill_groups": [20]}]},
                 sap={"agents": [{"generate": {"count": given.agents, "first": 0, "user": "U%06d",
                                               "workcenter": "1%05d;pw;5%05d;" + media}}],
                      "behaviour": behaviour})


def log_on(site, count, patience=600):
    programs = {"daemon": site.daemon, "contact center": site.cc, "SAP": site.sap}
    before = {name: cpu_seconds(program.process.pid) for name, program in programs.items()}
    began, script = time.monotonic(), time.process_time()
    site.sap.tell({"do": "log_on"})
    site.sap.tell({"do": "wait_for", "agents_ready": count, "timeout_ms": patience * 1000})
    site.sap.wait("wait_over", patience=patience + 30)
    passed = time.monotonic() - began
    used = {name: cpu_seconds(program.process.pid) - before[name] for name, program in programs.items()}
    used["this script"] = time.process_time() - script
    print(f"{count} agents logged on and ready in {passed:.1f} s, {passed / count * 1000:.2f} ms each; CPU time each: " +
          ", ".join(f"{name} {seconds / count * 1000:.2f} ms" for name, seconds in used.items()))


def memory(given):
    with house(given, "pmc") as site:
        before = resident_mb(site.daemon.process.pid)
        log_on(site, given.agents)
        site.daemon.process.poll()
        after = resident_mb(site.daemon.process.pid)
        print(f"daemon resident: {before:.1f} MB without agents, {after:.1f} MB with {given.agents}")


def latency(given):
    with house(given, "p") as site:
        log_on(site, given.agents)
        pid = site.daemon.process.pid
        before = site.admin("/metrics")
        cpu, wall = cpu_seconds(pid), time.monotonic()
        site.cc.tell({"do": "load", "what": "calls", "rate": given.calls, "duration_ms": given.seconds * 1000,
                      "talk_ms": 60000})
        queues = []
        while time.monotonic() - wall < given.seconds:
            time.sleep(1)
            queues.append(int(re.search(r"^cticonnector_event_queue (\d+)", site.admin("/metrics"), re.M).group(1)))
        site.cc.wait("load.finished", patience=60)
        passed = time.monotonic() - wall
        used = (cpu_seconds(pid) - cpu) / passed
        after = site.admin("/metrics")
        events = cti_events(after) - cti_events(before)
        print(f"{events / passed:.0f} CTI events per second for {passed:.0f} s, daemon {used * 100:.0f} % of one core, "
              f"{resident_mb(pid):.1f} MB resident")
        for name in ("cti_to_crm_seconds", "event_wait_seconds"):
            show(name, minus(histogram(after, name), histogram(before, name)))
        half = len(queues) // 2
        print(f"event queue: at most {max(queues)}, mean {sum(queues[:half]) / max(half, 1):.1f} in the first half, "
              f"{sum(queues[half:]) / max(len(queues) - half, 1):.1f} in the second")


def contacts(given):
    events, size = collections.Counter(), 0

    def count(name, line):
        nonlocal size
        if name == "daemon":
            size += len(line.encode())
            events[re.search(r" event=(\S+)", line).group(1)] += 1

    with house(given, "pm", count) as site:
        log_on(site, given.agents)
        pid = site.daemon.process.pid
        began = site.daemon.mark()
        events.clear()
        size, cpu, before = 0, cpu_seconds(pid), resident_mb(pid)
        items = given.contacts // 2
        site.sap.tell({"do": "add_items", "scenario": "MAIL", "count": items, "per_second": given.agents / 6})
        for at in range(given.contacts - items):
            site.cc.tell({"do": "call", "ani": "030123456", "dnis": "8000", "skill_group": 20, "talk_ms": 60000,
                          "at_ms": at * 6000 // given.agents})
        for step in ({"do": "wait_for", "items_completed": given.contacts}, {"do": "expect_idle"}):
            mark = site.sap.mark()
            site.sap.tell({**step, "timeout_ms": 3600000})
            site.sap.wait("wait_over", patience=3600, after=mark)
        used, after = cpu_seconds(pid) - cpu, resident_mb(pid)
        lines = site.daemon.mark() - began
        print(f"{given.contacts} contacts of {given.agents} agents at {given.level}: {lines} lines, {size} bytes; a contact "
              f"{lines / given.contacts:.1f} lines, {size / given.contacts / 1000:.2f} kB, daemon "
              f"{used / given.contacts * 1000:.2f} ms of a core; resident {before:.1f} MB before, {after:.1f} MB after")
        print(", ".join(f"{name} {many}" for name, many in events.most_common()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binaries")
    parser.add_argument("what", choices=["memory", "latency", "contacts"])
    parser.add_argument("--agents", type=int)
    parser.add_argument("--calls", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--contacts", type=int, default=150)
    parser.add_argument("--level", default="info")
    given = parser.parse_args()
    given.agents = given.agents or {"memory": 10000, "latency": 1000, "contacts": 30}[given.what]
    {"memory": memory, "latency": latency, "contacts": contacts}[given.what](given)


if __name__ == "__main__":
    main()
