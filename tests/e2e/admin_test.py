"""What the daemon shows of itself: the names of its admin answers are a contract with other people's scripts."""

import json
import pathlib
import re
import signal
import socket
import subprocess
import urllib.error
import urllib.request

from scene import Scene, agent, main, HELD, PASSIVE, ACTION

FAMILIES = {
    "agents": "gauge", "sessions": "gauge", "offers_total": "counter", "reroutes_total": "counter", "items": "gauge",
    "requests_total": "counter", "request_seconds": "histogram", "events_total": "counter",
    "event_wait_seconds": "histogram", "event_queue": "gauge", "cti_messages_total": "counter",
    "cti_unknown_total": "counter", "cti_undecodable_total": "counter", "cti_link_up": "gauge", "cti_to_crm_seconds": "histogram",
    "invariant_broken_total": "counter", "log_dropped_total": "counter", "peers_refused_total": "counter",
    "crm_answer_seconds": "histogram", "agents_crm_failing": "gauge", "mr_link_up": "gauge", "build_info": "gauge",
    "hidden_sessions": "gauge", "items_oldest_seconds": "gauge",
}
OF_A_PROCESS = {"cpu_seconds_total": "counter", "resident_memory_bytes": "gauge", "open_fds": "gauge",
                "max_fds": "gauge", "start_time_seconds": "gauge"}


class Admin(Scene):
    def test_health(self):
        """R-HA-3: up, degraded without media routing, down without the CTI link; 503 only when down."""
        house = self.open([agent(0)])
        self.assertEqual(house.answer("/health")[0], 200)
        self.assertEqual(house.admin("/health"),
                         {"status": "up", "ici": "up", "voice": "up", "media": "up", "crm": "up", "reasons": []})
        house.cc.tell({"do": "pim", "action": "disconnect"})
        degraded = house.until("/health", lambda h: h["status"] == "degraded")
        self.assertEqual((degraded["voice"], degraded["media"], len(degraded["reasons"])), ("up", "down", 1))
        self.assertEqual(house.answer("/health")[0], 200)
        house.cc.kill()
        down = house.until("/health", lambda h: h["status"] == "down")
        self.assertEqual((down["ici"], down["voice"]), ("up", "down"))
        self.assertEqual(down["reasons"][:2], ["no CTI link", "media are down, they need the CTI link"])
        self.assertRegex(" ".join(down["reasons"][2:]), "side A: ")  # B's, too, once it was asked
        self.assertEqual(house.answer("/health")[0], 503)

    def test_health_for_a_proxy(self):
        """R-HA-3 R-CLU-24: whether SAP is served, also without a contact center, and whether the MR listener serves; 503
        while the daemon stops. On both ports."""
        house = self.open([agent(0)])
        self.log_on()

        def asked(path="/health/ici"):
            ports = (house.admin_port, house.ici_port)
            return [house.answer(path, port=port) for port in ports]

        self.assertEqual(asked(), [(200, '{"status":"up"}\n')] * 2)
        self.assertEqual(asked("/health/mr"), [(200, '{"status":"up"}\n')] * 2)
        house.cc.kill()
        house.until("/health", lambda h: h["status"] == "down")
        self.assertEqual(asked(), [(200, '{"status":"up"}\n')] * 2)
        self.sap_does({"do": "inject", "what": "no_answer", "count": 0})
        house.daemon.process.send_signal(signal.SIGTERM)
        house.daemon.wait("service.stopping")
        self.assertEqual(asked(), [(503, '{"status":"stopping"}\n')] * 2)
        self.assertEqual(asked("/health/mr"), [(503, '{"status":"stopping"}\n')] * 2)
        for port in (house.admin_port, house.ici_port):
            with self.assertRaises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ici", timeout=10)
            self.assertEqual(refused.exception.headers["Retry-After"], "5")
            refused.exception.close()
        self.assertEqual(house.answer("/items/SAP-000001/retry", method="POST")[0], 503)
        self.assertEqual(house.daemon.finish(), 0)

    def test_what_a_browser_may_be_made_to_ask(self):
        """R-OPS-5 R-DEC-71: foreign names and origins and forms are refused; HEAD and queries work."""
        house = self.open([agent(0)], settings={"ADMIN": {"ServerNames": "cti.example"}})
        json_type = {"Content-Type": "application/json"}
        self.assertEqual(house.answer("/health", headers={"Host": "evil.example"})[0], 421)
        self.assertEqual(house.answer("/health", headers={"Host": "cti.example:8081"})[0], 200)
        retry = "/items/SAP-000001/retry"
        self.assertEqual(house.answer(retry, method="POST", headers={})[0], 415)
        self.assertEqual(house.answer(retry, method="POST", headers={**json_type, "Origin": "http://evil.example"})[0],
                         403)
        own = {**json_type, "Host": "cti.example", "Origin": "https://cti.example"}
        self.assertEqual(house.answer(retry, method="POST", headers=own)[0], 404)
        self.assertEqual(house.answer("/health", method="HEAD"), (200, ""))
        self.assertIn("cticonnector_agents", house.answer("/metrics?x=1")[1])

    def test_only_allowed_peers_may_ask(self):
        """R-OPS-4 R-DEC-80: whoever is not in the list of the admin listener is closed without a word, and told."""
        house = self.open([agent(0)], settings={"ADMIN": {"AllowedPeers": "127.0.0.1, 127.0.0.2"}})
        self.assertEqual(house.answer("/health", method="HEAD")[1], "")
        with socket.create_connection(("127.0.0.1", house.admin_port), 10, ("127.0.0.3", 0)) as stranger:
            self.assertEqual(stranger.recv(1), b"")
        self.assertEqual(house.daemon.wait("peer.refused", listener="admin")["peer"], "127.0.0.3")
        self.assertIn('\ncticonnector_peers_refused_total{listener="admin"} 1\n', house.admin("/metrics"))

    def test_agents_and_items(self):
        """R-MULTI-6 R-ALLOC-9: who is there, with what in their sessions, and what was hidden from the connector."""
        house = self.open([agent(0, behaviour=HELD)])
        self.log_on()
        self.assertEqual(house.admin("/agents"), [
            {"agent": "12345", "user": "USER0", "device": "52513", "workmode": 2, "state": "ready",
             "limits": {"voice": 1, "action": 2, "chat": 1}, "sessions": 0, "max": 6, "hidden": 0,
             "why": "asked", "origin": "crm", "why_item": ""}])
        house.sap.tell({"do": "add_items", "scenario": "MAIL", "count": 3})
        for item in ("SAP-000001", "SAP-000002"):
            self.item_event("USER0", 2, action_item=item)
        shown = house.until("/agents/12345", lambda a: [s["state"] for s in a["sessions"]] == ["active", "active"])
        self.assertEqual({(s["channel"], s["part"]) for s in shown["sessions"]}, {("action", "regular")})
        self.assertEqual(set(shown["crm"]), {"appid", "queue", "oldest_ms", "failing"})
        items = {i["action_item"]: i for i in house.admin("/items")}
        self.assertEqual({s["item"] for s in shown["sessions"]},
                         {items[name]["item"] + "-1" for name in ("SAP-000001", "SAP-000002")})
        self.assertEqual({name: (i["state"], i["agent"]) for name, i in items.items()},
                         {"SAP-000001": ("active", "12345"), "SAP-000002": ("active", "12345"),
                          "SAP-000003": ("waiting", "")})
        families = re.findall(r'^cticonnector_items(\{.*)$', house.admin("/metrics"), re.MULTILINE)
        self.assertEqual(families, [f'{{state="{state}"}} {n}' for state, n in (
            ("active", 2), ("delayed", 0), ("offered", 0), ("parked", 0), ("waiting", 1))], "the words of /items")
        self.assertEqual(set(items["SAP-000003"]), {"item", "action_item", "channel", "state", "agent", "tries",
                                                    "next_try", "reason", "why", "since", "scenario", "route_state"})
        self.sap_does({"do": "manual_sessions", "user": "USER0", "count": 4})
        house.cc.tell({"do": "call", "to": "52513", "ani": "030", "dnis": "8"})
        house.sap.wait("ici.request", operation="reroute", reason="A1")
        self.assertEqual(house.until("/agents", lambda agents: agents[0]["hidden"])[0]["hidden"], 4)
        self.assertEqual(house.answer("/agents/99999")[0], 404)
        self.assertEqual(house.answer("/nothing")[0], 404)

    def test_a_parked_item_is_tried_again(self):
        """R-DEC-55 R-REROUTE-5 R-DEC-83 R-OPS-7: an operator sends a parked item to the router once more, by either of
        its names; nothing else can be posted, and each try is logged."""
        house = self.open([agent(0, behaviour={"accept_every": 0, "otherwise": "reject", "think_ms": 20})],
                          settings={"CONFIG": {"RouteTryCount": 1, "RouteRejectDelayMs": 20}})
        self.log_on()
        house.sap.tell({"do": "add_items", "scenario": "MAIL"})
        house.daemon.wait("item.parked", action_item="SAP-000001")
        (item,) = house.admin("/items")
        self.assertIn('cticonnector_items{state="parked"} 1\n', house.admin("/metrics"))
        mark = house.daemon.mark()
        status, text = house.answer(f"/items/{item['item']}/retry", method="POST")
        self.assertEqual((status, json.loads(text)),
                         (202, {"item": item["item"], "action_item": "SAP-000001", "state": "waiting"}))
        house.daemon.wait("operator.act", after=mark, act="item.resend", target=item["item"], result="done",
                          peer="127.0.0.1")
        house.daemon.wait("item.offered", after=mark, item=f"{item['item']}-3")
        house.daemon.wait("item.parked", after=mark, action_item="SAP-000001")
        (item,) = house.admin("/items")
        self.assertEqual((item["state"], item["route_state"], item["scenario"]),
                         ("parked", "Route Try Overflow", "MAIL"))
        self.assertRegex(item["since"], r"^\d{4}-\d\d-\d\dT")
        mark = house.daemon.mark()
        self.assertEqual(house.answer("/items/SAP-000001/retry", method="POST")[0], 202)
        house.daemon.wait("item.parked", after=mark, action_item="SAP-000001")
        self.assertEqual(house.answer("/items/act-1/retry", method="POST")[0], 404)
        house.daemon.wait("operator.act", target="act-1", result="refused", text="there is no item act-1")
        self.assertEqual(house.answer("/items/act-1/retry", method="POST", headers={})[0], 415)
        house.daemon.wait("operator.act", target="act-1", text="a POST needs Content-Type: application/json")
        self.assertEqual(house.answer(f"/items/{item['item']}/retry")[0], 405)
        self.assertEqual(house.answer("/items", method="POST")[0], 405)

    def test_explanations(self):
        """R-ALLOC-11 R-DEC-47 R-DEC-83: every check of a decision with both numbers and where the limit comes from, and
        what came of it."""
        house = self.open([agent(0, media="m2", behaviour=PASSIVE)],
                          settings={"CONFIG": {"AppHttpSessionBudget": 2, "CtiCheckMediaByDirectCall": 0}})
        self.log_on()
        house.sap.tell({"do": "add_items", "scenario": "MAIL", "count": 2})
        refused = house.daemon.wait("item.refused", agent="12345", origin="connector")
        admitted = self.item_event("USER0", 1)["item"]
        (one,) = house.admin(f"/explain?item={admitted}")
        self.assertEqual((one["agent"], one["channel"], one["outcome"]), ("12345", "action", "admit"))
        checks = {c["check"]: c for c in one["checks"]}
        self.assertEqual((checks["channel_limit"]["have"], checks["channel_limit"]["limit"],
                          checks["channel_limit"]["origin"], checks["channel_limit"]["ok"]), (0, 2, "login", True))
        self.assertTrue(all(set(c) == {"check", "have", "limit", "origin", "ok"} for c in one["checks"]))
        state, two = house.until(f"/explain?item={refused['item']}", lambda steps: len(steps) == 2)
        self.assertEqual((two["event"], two["outcome"], two["reason"]), ("item.refused", "refuse", "A0"))
        self.assertEqual((state["event"], state["why"], state["origin"]), ("agent.state", "A0", "connector"))
        last = two["checks"][-1]
        self.assertEqual((last["have"], last["limit"], last["ok"], last["origin"]), (2, 2, False, "ini"))
        by_agent = house.admin("/explain?agent=12345")
        self.assertEqual([d["item"] for d in by_agent], [two["item"], two["item"], one["item"]])
        self.assertEqual(self.agent("12345")["last_decisions"], by_agent)
        way = [step["event"] for step in house.admin(f"/explain?item={two['action_item']}")]
        self.assertEqual(way[-3:], ["item.refused", "item.requested", "item.added"])
        told = house.answer(f"/explain?item={two['item']}&text=1")[1]
        self.assertIn("is NOT offered to USER0 (12345), A0", told)
        self.assertIn("and Not Ready, after an A0", told)
        self.assertEqual(house.answer("/explain")[0], 400)

    def test_metrics_begin_with_zeros(self):
        """R-OPS-35: every label of a short list is there before anything happens, and few series in all."""
        house = self.open([agent(0)])
        text = house.admin("/metrics")
        values = dict(re.findall(r"^cticonnector_(\w+\{.*\}) (\S+)$", text, re.MULTILINE))
        for name in ('offers_total{channel="action",outcome="A1"}', 'events_total{event="userChanged",result="failed"}',
                     'reroutes_total{channel="voice",reason="A0",origin="crm"}',
                     'items_oldest_seconds{state="parked"}', 'peers_refused_total{listener="mr"}'):
            self.assertEqual(values[name], "0", name)
        self.log_on()
        house.cc.tell({"do": "call", "ani": "030", "dnis": "8"})
        self.item_event("USER0", 1)
        text = house.admin("/metrics")
        self.assertEqual(text.count('offers_total{channel="voice",outcome="admit"}'), 1)
        self.assertLess(len([line for line in text.splitlines() if not line.startswith("#")]), 600)

    def test_metrics(self):
        """R-REROUTE-8: the names and kinds of observability, counted by what happened."""
        house = self.open([agent(0)])
        self.log_on()
        house.sap.tell({"do": "add_items", "scenario": "MAIL", "count": 3})
        house.cc.tell({"do": "call", "ani": "030", "dnis": "8"})
        house.sap.tell({"do": "wait_for", "items_completed": 4})
        house.sap.wait("wait_over")
        house.until("/agents/12345", lambda a: a["sessions"] == [] and a["crm"]["queue"] == 0 and a["state"] == "ready")
        text = house.admin("/metrics")
        families = dict(re.findall(r"^# TYPE cticonnector_(\S+) (\S+)$", text, re.MULTILINE))
        self.assertEqual(families, FAMILIES)
        self.assertEqual(dict(re.findall(r"^# TYPE process_(\S+) (\S+)$", text, re.MULTILINE)), OF_A_PROCESS)
        self.assertEqual(set(re.findall(r"^# HELP cticonnector_(\S+) ", text, re.MULTILINE)), set(FAMILIES))
        for line in text.splitlines():
            self.assertRegex(line, r'^(# .*|(cticonnector|process)_[a-z_]+(\{[^{}]*\})? [-+.e0-9]+)$')
        value = {}
        for name, labels, number in re.findall(r"^cticonnector_(\w+)(\{.*\})? (\S+)$", text, re.MULTILINE):
            value[name + labels] = float(number)
        self.assertEqual(value['agents{state="ready"}'], 1)
        self.assertEqual(value['offers_total{channel="action",outcome="admit"}'], 3)
        self.assertEqual(value['offers_total{channel="voice",outcome="admit"}'], 1)
        self.assertEqual((value['cti_link_up{side="A"}'], value['cti_link_up{side="B"}']), (1, 0))
        self.assertEqual(value['requests_total{service="IciUser",operation="subscribe",result="ok"}'], 1)
        self.assertEqual(value["request_seconds_count"],
                         sum(n for name, n in value.items() if name.startswith("requests_total")))
        self.assertEqual(value['cti_messages_total{direction="in",message="CALL_DELIVERED_EVENT"}'], 1)
        self.assertEqual((value["invariant_broken_total"], value["log_dropped_total"], value["event_queue"]), (0, 0, 0))
        self.assertEqual(re.findall(r'le="([^"]*[^0-9."][^"]*)"', text), ["+Inf"] * 4)
        alerts = (pathlib.Path(__file__).parents[2] / "packaging/alerts.yml").read_text(encoding="utf-8")
        named = {name.removesuffix("_bucket") for name in re.findall(r"\bcticonnector_(\w+)", alerts)}
        self.assertLessEqual(named, set(FAMILIES), "R-OPS-36: an alert on a metric that is not there never fires")
        checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
        self.assertEqual((checked.returncode, checked.stdout + checked.stderr), (0, ""))


if __name__ == "__main__":
    main()
