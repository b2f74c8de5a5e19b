"""Many items for many agents: nobody ever holds more than he asked for, and nothing is lost."""

import collections

from scene import Scene, agent, main

LAST = {"4", "5", "6"}
MEDIA = {"pm2c": (2, 4), "m4": (4, 4), "m6": (6, 6), "pm4": (4, 6), "m": (1, 1), "p": (0, 2)}  # actions, sessions


class Limits(Scene):
    def sessions_in_use(self):
        """For each user the most action items and the most items he saw open at a time."""
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


if __name__ == "__main__":
    main()
