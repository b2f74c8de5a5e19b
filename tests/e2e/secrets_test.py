"""Passwords leave no trace in the log, in faults or in the admin answers, at the most talkative level."""

import base64
import json

from scene import Scene, agent, main

AGENT, CLIENT, EVENTS, DEFAULT = "Agent-Kq7wZ", "Client-Xr4mP", "Event-Hd9tB", "Default-Nf2sL"
BASIC = base64.b64encode(f"sap:{EVENTS}".encode()).decode()


class Secrets(Scene):
    def test_passwords_are_never_logged(self):
        """R-LOGIN-12 R-DEC-59 R-DEC-69: log-on, refusals, events and stop at trace level, then a search through all of it."""
        house = self.open(
            [agent(0, password=AGENT), agent(1, password=DEFAULT, workcenter="12346;;52514;p"), agent(2, password=AGENT)],
            level="trace",
            cc={"sides": {"A": {"port": 0}, "password": CLIENT}},
            settings={"CTI": {"ClientPassword": CLIENT}, "ICI": {"EventUser": "sap", "EventPassword": EVENTS},
                      "CONFIG": {"AgentDefaultPassword": DEFAULT}})
        self.log_on("USER0", "USER1")
        faults = []
        for string in (f"99999;{AGENT};52515;p", f"12347;{AGENT}x;52515;p", f"12347;{AGENT};52515;zz", AGENT,
                       f"12347;{AGENT};52515;p;{AGENT}",
                       # in the wrong field, of legal length and longer (R-DEC-59, R-DEC-69)
                       f"{AGENT};12347;52515;p", f"12347;x;{AGENT};p", f"12347;{AGENT};{AGENT};p",
                       f"12347;x;52515;{AGENT}", f"{AGENT}{AGENT};x;52515;p", f"12347;x;{AGENT * 6};p",
                       ";".join([AGENT] * 4), f"12345;{AGENT};{AGENT};p"):
            faults.append(self.request("OTHER", "subscribe", appUrl="http://127.0.0.1:9/", appId="other",
                                       workcenterId=string))
        self.assertEqual({f["event"] for f in faults}, {"ici.fault"})
        # broken on purpose: the body cannot be understood and is logged all the same
        house.sap.tell({"do": "post", "service": "IciUser", "body":
                        f"<e><Body><subscribe><workcenterId>12345;{AGENT};52513;p</workcenterId>"})
        house.sap.wait("ici.raw_answer")
        mark = house.sap.mark()
        house.sap.tell({"do": "post", "service": "IciUser", "body":
                        f"<e><Body><subscribe><workcenterID>1;{AGENT};2;p</workcenterID></subscribe></Body></e>"})
        house.sap.wait("ici.raw_answer", after=mark)
        told = [house.admin(target) for target in ("/agents", "/agents/12345", "/explain?agent=12345", "/metrics",
                                                   "/items", "/health")]
        self.assertEqual(house.daemon.stop(), 0)

        trace = json.dumps(house.daemon.events)
        self.assertIn("***", trace)
        confirmed = house.daemon.seen("agent.login", agent="12345", device="52513", voice=1, action=2, chat=1)
        self.assertEqual(len(confirmed), 1, "R-DEC-62: whom the contact center has confirmed is named")
        for message in ("OPEN_REQ", "QUERY_AGENT_STATE_REQ", "SET_AGENT_STATE_REQ"):
            self.assertTrue([e for e in house.daemon.seen("cti.message", message=message) if "***" in e["fields"]])
            self.assertTrue([e for e in house.daemon.seen("cti.message", message=message) if "******" in e["hex"]])
        shown = faults + house.sap.seen("ici.raw_answer") + told
        for secret in (AGENT, CLIENT, EVENTS, DEFAULT, BASIC):
            self.assertNotIn(secret, trace)
            self.assertNotIn(secret.encode().hex(), trace, "R-DEC-89: the bytes of a message hold none either")
            self.assertNotIn(secret, json.dumps(shown))


if __name__ == "__main__":
    main()
