"""What goes wrong outside: SAP refuses, is slow or goes away; the CTI server goes down; media routing goes down."""

import re

from relay import Relay
from scene import Scene, agent, free_port, main, HELD, QUICK


class SapFails(Scene):
    def test_a_refused_delivery_is_repeated(self):
        """R-DEC-43 R-DEC-18 R-HA-11: the same event again until SAP has taken it, the next ones after it."""
        house = self.open([agent(0)])
        self.log_on()
        house.sap.tell({"do": "inject", "what": "http_error", "name": "actionItemChanged", "user": "USER0"})
        house.sap.tell({"do": "add_items", "scenario": "MAIL"})
        self.item_event("USER0", 1, retry=True)
        self.item_event("USER0", 4)
        house.daemon.wait("crm.delivery_failed", user="USER0")
        self.assertEqual(self.sap_does({"do": "print"})["duplicates"], 0)

    def test_a_slow_session_delays_nobody_else(self):
        """R-HA-11: one agent's events wait for each other, those of another agent do not."""
        house = self.open([agent(0, media="p"), agent(1, media="p")])
        self.log_on()
        self.sap_does({"do": "inject", "what": "no_answer", "user": "USER0"})
        mark = house.sap.mark()
        house.cc.tell({"do": "call", "to": "52513", "ani": "030", "dnis": "8"})
        house.sap.wait("injected", after=mark, user="USER0", what="no_answer")
        house.cc.tell({"do": "call", "to": "52514", "ani": "031", "dnis": "8"})
        self.item_event("USER1", 4)
        waiting = [e for e in house.sap.events[mark:] if e["event"] == "ici.event" and e["user"] == "USER0"]
        self.assertEqual(len(waiting), 1)

    def test_connections_that_went_silent_cost_one_time_out(self):
        """R-DEC-43: all kept connections are dead and say nothing; the call is shown at the second try."""
        sap_port = free_port()
        relay = self.enterContext(Relay(sap_port))
        house = self.open([agent(n, media="p") for n in range(6)], sap={"listen": {"port": sap_port}}, settings={
            "ICI": {"EventUrlMap": f"http://127.0.0.1:{sap_port}=http://127.0.0.1:{relay.port}",
                    "EventTimeoutMs": 3000}})
        self.log_on()
        self.assertGreater(relay.accepted, 1)
        for agent_id in (a["id"] for a in house.agents):  # no answer of SAP is on its way back any more
            house.until(f"/agents/{agent_id}", lambda a: a["crm"]["queue"] == 0)
        relay.freeze()
        house.cc.tell({"do": "call", "to": "52513", "ani": "030", "dnis": "8"})
        self.item_event("USER0", 4)
        failed = re.findall(r'events_total{[^}]*result="failed"} (\d+)', house.admin("/metrics"))
        self.assertEqual(sum(map(int, failed)), 1)
        house.until("/agents/12345", lambda a: not a["crm"]["failing"])

    def test_sap_goes_away_and_comes_back(self):
        """R-HA-9 R-DEC-18: not ready while its SAP is away, ready again afterwards, nothing lost."""
        house = self.open([agent(0)], settings={"ICI": {"EventRetries": 0}})
        self.log_on()
        mark = house.cc.mark()
        house.sap.tell({"do": "inject", "what": "http_error", "count": 0})
        house.sap.tell({"do": "add_items", "scenario": "MAIL"})
        house.cc.wait("agent.state", after=mark, agent="12345", state="AGENT_STATE_NOT_READY")
        self.assertTrue(house.until("/agents/12345", lambda a: a["crm"]["failing"])["crm"]["queue"] > 0)
        house.sap.tell({"do": "inject", "what": "none"})
        # any request of that user makes the connector try again at once
        self.assertEqual(self.request("USER0", "getAttributes")["event"], "ici.reply")
        house.until("/agents/12345", lambda a: a["workmode"] == 2 and not a["crm"]["failing"])
        self.item_event("USER0", 4, action_item="SAP-000001")

    def test_a_lost_subscription_logs_the_agent_out(self):
        """R-HA-9 R-DEC-18 R-DEC-34: after the grace time the agent is out and their item is with somebody else."""
        house = self.open([agent(0, behaviour=HELD), agent(1)],
                          settings={"ICI": {"EventRetries": 0, "SubscriptionLostGraceSeconds": 1}})
        self.log_on("USER0")
        house.sap.tell({"do": "inject", "what": "reset", "user": "USER0", "count": 0})
        house.sap.tell({"do": "add_items", "scenario": "MAIL"})
        house.daemon.wait("crm.subscription_lost", user="USER0")
        house.daemon.wait("agent.logout", agent="12345")
        house.cc.wait("agent.logout", agent="12345")
        self.log_on("USER1")
        self.item_event("USER1", 4, action_item="SAP-000001")
        self.assertEqual([a["agent"] for a in house.admin("/agents")], ["12346"])


class ContactCenterFails(Scene):
    def test_the_other_side_takes_over(self):
        """R-HA-5 R-DEC-41: side A goes down; the agents stay, the live call and new calls go on."""
        house = self.open([agent(0, media="p", behaviour=HELD), agent(1, media="p")])
        self.log_on()
        house.cc.tell({"do": "call", "name": "live", "to": "52513", "ani": "030", "dnis": "8"})
        call = self.item_event("USER0", 2)["item"]
        mark, sap_mark = house.daemon.mark(), house.sap.mark()
        house.cc.tell({"do": "side", "side": "A", "action": "down"})
        house.daemon.wait("cti.link_down", after=mark)
        house.daemon.wait("cti.link_up", after=mark, side="B")
        house.until("/agents/12346", lambda a: a["workmode"] == 2)
        self.assertEqual([s["state"] for s in self.agent("12345")["sessions"]], ["active"])
        house.cc.tell({"do": "call", "to": "52514", "ani": "031", "dnis": "8"})
        self.item_event("USER1", 4, after=sap_mark)
        self.assertEqual(self.request("USER0", "drop", phoneCallId=call)["event"], "ici.reply")
        self.item_event("USER0", 4, item=call)
        self.assertEqual(house.sap.seen("ici.event", name="subscriptionEnded"), [])
        self.assertEqual(len(house.cc.seen("agent.login")), 2)
        self.assertEqual(house.admin("/health")["status"], "up")

    def test_both_sides_are_away_for_a_while(self):
        """R-HA-6 R-DEC-32: shown not ready, requests fail at once, and all is as before when it is back."""
        house = self.open([agent(0)])
        self.log_on()
        mark = house.sap.mark()
        for side in "AB":
            house.cc.tell({"do": "side", "side": side, "action": "down"})
        house.sap.wait("ici.event", after=mark, name="userChanged", workmode=3)
        for operation, parameters in (("makeCall", {"destination": "0", "attachedData": ""}),
                                      ("setCurrentWorkmode", {"workmode": "2"})):
            fault = self.request("USER0", operation, **parameters)
            self.assert_fault(fault, "UNAVAILABLE")
            self.assertLess(fault["latency_ms"], 2000)
        self.assertEqual(self.request("USER0", "getAttributes")["event"], "ici.reply")
        self.assertEqual(house.answer("/health")[0], 503)
        house.cc.tell({"do": "side", "side": "B", "action": "up"})
        house.until("/agents/12345", lambda a: a["workmode"] == 2)
        house.sap.tell({"do": "add_items", "scenario": "MAIL"})
        self.item_event("USER0", 4, action_item="SAP-000001")

    def test_a_contact_center_lost_for_good(self):
        """R-HA-6 R-DEC-34: after LostGraceSeconds the subscriptions end with reason 2."""
        house = self.open([agent(0), agent(1)], settings={"CTI": {"LostGraceSeconds": 1}})
        self.log_on()
        for side in "AB":
            house.cc.tell({"do": "side", "side": side, "action": "down"})
        for user in ("USER0", "USER1"):
            house.sap.wait("ici.event", name="subscriptionEnded", user=user, reason=2)
        house.until("/agents", lambda agents: agents == [])
        self.assert_fault(self.request("USER0", "getAttributes"), "NOT_SUBSCRIBED")

    def test_the_peripheral_goes_offline(self):
        """R-DEC-36 R-DEC-77: the link is down without it; /health and the log name what the gateway reports."""
        house = self.open([agent(0)])
        self.log_on()
        house.cc.tell({"do": "peripheral", "online": False})
        house.daemon.wait("cc.unexpected", text="the peripheral gateway reports PGS_PERIPHERAL_OFFLINE (4)")
        house.daemon.wait("cti.link_down", why="the peripheral is offline")
        status, text = house.answer("/health")
        self.assertEqual(status, 503)
        self.assertIn("PGS_PERIPHERAL_OFFLINE (4)", text)
        house.cc.tell({"do": "peripheral", "online": True})
        house.until("/agents/12345", lambda a: a["workmode"] == 2)
        self.assertEqual(house.admin("/health")["status"], "up")

    def test_media_routing_comes_back(self):
        """R-HA-7 R-DEC-28: without a PIM items are kept, and routed when it is there again."""
        house = self.open([agent(0)])
        self.log_on()
        mark = house.daemon.mark()
        house.cc.tell({"do": "pim", "action": "disconnect"})
        house.daemon.wait("mr.link_down", after=mark)
        house.sap.tell({"do": "add_items", "scenario": "MAIL"})
        self.assertEqual(house.until("/items", lambda items: len(items) == 1)[0]["state"], "waiting")
        self.assertEqual(house.admin("/health")["status"], "degraded")
        house.cc.tell({"do": "pim", "action": "connect"})
        self.item_event("USER0", 4, action_item="SAP-000001")


if __name__ == "__main__":
    main()
