"""What the end-to-end tests share: agents, and a house whose programs are checked when a test is over.

CTICONNECTOR_BINARIES names the folder of cticonnectord and the two simulators.
"""

import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))

from house import House, free_port  # noqa: E402, F401

BINARIES = os.environ.get("CTICONNECTOR_BINARIES", "bin")

QUICK = {"think_ms": 20, "handle_ms": 60, "wrap_up_ms": 20}
# Leaves every offer alone: the test answers by itself.
PASSIVE = {"accept_every": 0, "otherwise": "ignore"}
HELD = {"think_ms": 20, "handle_ms": 600_000}

VOICE, ACTION, CHAT = 1, 5001, 5002


def agent(number, media="pm2c", behaviour=QUICK, **more):
    """Agent 12345 for number 0, the next ones counted from there."""
    return {"id": str(12345 + number), "password": f"pw{number}", "device": str(52513 + number),
            "user": f"USER{number}", "media": media, "behaviour": behaviour, **more}


class Scene(unittest.TestCase):
    """A test with its own house. Afterwards the daemon must have kept its invariants and the ICI contract."""

    house = None

    def open(self, agents, **more):
        self.house = self.enterContext(House(BINARIES, agents, **more))
        return self.house

    def tearDown(self):
        if self.house is None:
            return
        self.assertEqual(self.house.daemon.seen("invariant.broken"), [])
        self.assertEqual(self.house.daemon.seen("unparsed"), [], "every log line is time, level, key=value")
        self.assertEqual(self.house.sap.seen("protocol_error"), [])

    def log_on(self, *users):
        """These users, or all; returns when they are ready."""
        step = {"do": "log_on"}
        if users:
            step["users"] = list(users)
        self.house.sap.tell(step)
        wanted = set(users) or {a["user"] for a in self.house.agents}
        self.house.until("/agents", lambda agents: wanted <= {a["user"] for a in agents if a["workmode"] == 2})
        for user in wanted:
            self.house.sap.wait("ici.event", name="userChanged", user=user, workmode=2)

    def sap_does(self, step):
        """A step that SAP has taken before the next one, of whatever program, is told."""
        mark = self.house.sap.mark()
        self.house.sap.tell(step)
        self.house.sap.tell({"do": "print"})
        return self.house.sap.wait("state", after=mark)

    def cc_does(self, step):
        """The same of the contact center; returns its state afterwards."""
        mark = self.house.cc.mark()
        self.house.cc.tell(step)
        self.house.cc.tell({"do": "state"})
        return self.house.cc.wait("state", after=mark)

    def agent(self, agent_id):
        return self.house.admin(f"/agents/{agent_id}")

    def request(self, user, operation, **parameters):
        """Any ICI operation beside the agent's own; returns its reply or fault."""
        mark = self.house.sap.mark()
        self.house.sap.tell({"do": "request", "user": user, "operation": operation, "parameters": parameters})
        return self.outcome(user, operation, mark)

    def outcome(self, user, operation, mark):
        return self.house.sap.wait_any(("ici.reply", "ici.fault", "ici.no_answer"), after=mark, user=user,
                                       operation=operation)

    def assert_fault(self, outcome, error_id, *texts):
        self.assertEqual(outcome["event"], "ici.fault", outcome)
        self.assertEqual(outcome["error_id"], error_id, outcome)
        for text in texts:
            self.assertIn(text, outcome["text"])

    def item_event(self, user, processing_status, after=0, **more):
        """An event that shows an item of that user in this processingStatus."""
        return self.house.sap.wait("ici.event", after=after, user=user, processing_status=processing_status, **more)


def main():
    unittest.main(verbosity=2)
