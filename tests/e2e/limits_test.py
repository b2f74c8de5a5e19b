"""Many items for many agents: nobody ever holds more than they asked for, and nothing is lost."""

import collections

from scene import HELD, Scene, agent, main

LAST = {"4", "5", "6"}
MEDIA = {"pm2c": (2, 4), "m4": (4, 4), "m6": (6, 6), "pm4": (4, 6), "m": (1, 1), "p": (0, 2)}  # actions, sessions


class Limits(Scene):
    def sessions_in_use(self):
        """For each user the most action items and the most items they saw open at a time."""
        open_items = collections.defaultdict(dict)
        most = collections.defaultdict(lambda: [0, 0])
        for event in self.house.sap.seen("ici.event"):
            if "processing_status" not in event:
                continue
            user, items = event["user"], open_items[event["user"]]
            if event["processing_status"] in LAST:
                items.pop(event["item"], None)
            else:
                items[event["item"]] = event["name"]
            actions = sum(name == "actionItemChanged" for name in items.values())
            most[user] = [max(most[user][0], actions), max(most[user][1], len(items))]
        return most

    def test_never_more_than_the_limit(self):
        """R-MULTI-1 R-ALLOC-6 R-ALLOC-7 R-DEC-51: 12 agents, 150 items, calls between them, refusals by hand."""
        agents = [agent(n, media=list(MEDIA)[n % len(MEDIA)],
                        behaviour={"think_ms": 10, "handle_ms": 120, "wrap_up_ms": 20,
                                   "accept_every": 2 if n % 4 == 3 else 1}) for n in range(12)]
        house = self.open(agents, level="info", settings={"CONFIG": {
            "RouteMaxRequestsPerSecond": 0, "RouteRejectDelayMs": 20, "RouteTryCount": 1000}})
        self.log_on()
        house.sap.tell({"do": "add_items", "scenario": "MAIL", "count": 150})
        house.cc.tell({"do": "load", "what": "calls", "rate": 20, "duration_ms": 1500, "talk_ms": 100})
        house.sap.tell({"do": "wait_for", "action_items_completed": 150, "timeout_ms": 60_000})
        house.sap.tell({"do": "expect_idle", "timeout_ms": 20_000})
        house.sap.tell({"do": "print"})
        counters = house.sap.wait("state", patience=90)
        self.assertEqual(house.sap.seen("wait_failed"), [])
        self.assertEqual((counters["items_overbooked"], counters["action_items_completed"]), (0, 150), counters)
        self.assertGreater(counters["items_rejected"], 0)

        most = self.sessions_in_use()
        for one in agents:
            actions, sessions = MEDIA[one["media"]]
            self.assertLessEqual(most[one["user"]][0], actions, one)
            self.assertLessEqual(most[one["user"]][1], min(sessions, 6), one)
            if actions:
                self.assertEqual(most[one["user"]][0], actions, f"{one['media']} was never full")
        house.until("/items", lambda items: items == [])
        house.until("/agents", lambda shown: all(a["sessions"] == 0 for a in shown))

    def test_a_tab_still_open_in_sap_takes_the_buffer(self):
        """R-DEC-65 R-MULTI-2: call after call, the tab of the first one not closed yet: no A1 is learned."""
        house = self.open([agent(0, media="pm4", behaviour={**HELD, "end_ms": 600_000})])
        self.log_on()
        house.sap.tell({"do": "add_items", "scenario": "MAIL", "count": 4})
        for n in range(1, 5):
            self.item_event("USER0", 2, action_item=f"SAP-{n:06}")

        for _ in range(2):
            mark = house.sap.mark()
            house.cc.tell({"do": "call", "to": "52513", "talk_ms": 100})
            call = self.item_event("USER0", 2, after=mark, name="phoneCallChanged")["item"]
            self.item_event("USER0", 4, after=mark, item=call)
            house.until("/agents/12345", lambda a: len(a["sessions"]) == 4)
        shown = self.agent("12345")
        self.assertEqual((shown["rejects"], shown["hidden"]), ({"A0": 0, "A1": 0}, 0))

        house.cc.tell({"do": "call", "to": "52513"})  # the seventh tab: now SAP refuses, and two are known to be hidden
        house.sap.wait("ici.request", user="USER0", operation="reroute", reason="A1")
        house.until("/agents/12345", lambda a: (a["rejects"]["A1"], a["hidden"]) == (1, 2))


if __name__ == "__main__":
    main()
