"""Many agents in three media: the link to the contact center is lost, and everybody is back in step.

Ten thousand over real sockets: ContactCenterTest.RestoresTenThousandAgents_R_DEC_41."""

import re

from scene import Scene, main, VOICE, ACTION, CHAT, HELD

COUNT = 2_000
HELD_ITEMS = 20
LONG = 60  # seconds for what many do at once


def received(metrics, message):
    found = re.search(rf'^cticonnector_cti_messages_total{{direction="in",message="{message}"}} (\d+)', metrics, re.M)
    return int(found.group(1)) if found else 0


class ManyAgents(Scene):
    def test_all_are_back_in_step_after_a_lost_link(self):
        """R-HA-5 R-DEC-41: each medium and each task as it was; nobody is asked twice, no request runs out of time."""
        house = self.open(
            [], level="info", cc={"agents": [{"id": "100000", "password": "pw", "extension": "500000",
                                              "icm_agent_id": 100000, "count": COUNT, "skill_groups": [20]}]},
            sap={"agents": [{"generate": {"count": COUNT, "first": 0, "user": "U%06d",
                                          "workcenter": "1%05d;pw;5%05d;pmc"}}], "behaviour": HELD})
        house.sap.tell({"do": "log_on"})
        house.sap.tell({"do": "wait_for", "agents_ready": COUNT, "timeout_ms": LONG * 1000})
        house.sap.wait("wait_over", patience=LONG)
        house.sap.tell({"do": "add_items", "scenario": "MAIL", "count": HELD_ITEMS})
        house.until("/items", lambda items: [i["state"] for i in items] == ["active"] * HELD_ITEMS)
        before, logins = self.states(), len(house.cc.seen("agent.login"))

        mark = house.daemon.mark()
        house.cc.tell({"do": "side", "side": "A", "action": "down"})
        house.daemon.wait("cti.link_up", after=mark, side="B", patience=LONG)
        house.until("/metrics", lambda text: received(text, "AGENT_INIT_RESP") == 2 * COUNT, LONG)
        house.until("/agents", lambda agents: all(a["workmode"] == 2 for a in agents), LONG)

        self.assertEqual(self.states(), before)
        self.assertEqual([i["state"] for i in house.admin("/items")], ["active"] * HELD_ITEMS)
        self.assertEqual(house.daemon.seen("cc.request_failed"), [])
        self.assertEqual(len(house.cc.seen("agent.login")), logins, "nobody logged on a second time")
        self.assertEqual(house.admin("/health")["status"], "up")

    def states(self):
        """What the contact center holds of some agents, and its totals."""
        mark = self.house.cc.mark()
        for number in (0, 1, HELD_ITEMS, COUNT // 2, COUNT - 1):
            self.house.cc.tell({"do": "state", "agent": str(100_000 + number)})
        self.house.cc.tell({"do": "state"})
        self.house.cc.wait("state", after=mark, patience=LONG)
        told = [dict(e) for e in self.house.cc.events[mark:] if e["event"] in ("state", "state.agent")]
        self.assertEqual({e["mrd"] for e in told if "mrd" in e}, {VOICE, ACTION, CHAT})
        for event in told:
            del event["t_ms"]
        return told


if __name__ == "__main__":
    main()
