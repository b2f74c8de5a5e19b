"""What follows when an offer is refused: by SAP itself, by hand, by the connector, by silence; and the limits."""

from scene import Scene, agent, main, ACTION, CHAT, PASSIVE, QUICK, VOICE

BY_HAND = {"accept_every": 0, "otherwise": "reject", "think_ms": 20}
RONA = {"MediaMailRonaTimeout": 1, "MediaChatRonaTimeout": 1}


class Reroute(Scene):
    def not_ready(self, agent_id, after):
        """Not Ready at the contact center on all media, since the mark."""
        for mrd in (VOICE, ACTION, CHAT):
            self.house.cc.wait("agent.state", after=after, agent=agent_id, mrd=mrd, state="AGENT_STATE_NOT_READY")

    def two_agents(self, first, **more):
        """USER0 is the one who waits longest, so the router offers to them first."""
        house = self.open([agent(0, **first), agent(1)], **more)
        self.log_on("USER0")
        return house

    def test_no_free_agent_session(self):
        """R-REROUTE-2 R-REROUTE-4 R-MULTI-6 R-ALLOC-10 R-ALLOC-12 R-DEC-25: A1, Not Ready on all media, REJECT."""
        house = self.two_agents({})
        house.sap.tell({"do": "manual_sessions", "user": "USER0", "count": 6})
        mark = house.cc.mark()
        house.sap.tell({"do": "add_items", "scenario": "MAIL"})
        house.sap.wait("ici.request", user="USER0", operation="reroute", reason="A1")
        self.not_ready("12345", mark)
        self.log_on("USER1")
        again = house.cc.wait("task.new", after=mark, string1="REJECT", string2="SAP-000001")
        house.cc.wait("task.routed", after=mark, task=again["task"], agent="12346")
        self.item_event("USER1", 2, action_item="SAP-000001")
        shown = self.agent("12345")
        self.assertEqual((shown["workmode"], shown["state"], shown["rejects"]),
                         (3, "not_ready", {"A0": 0, "A1": 1}))
        self.assertEqual({m["state"] for m in shown["media"]}, {"not_ready"})
        house.cc.wait("task.ended", agent="12345", disposition=37)

    def test_no_free_http_session(self):
        """R-REROUTE-2 R-ALLOC-10 R-MULTI-6: A0 acts as A1."""
        house = self.two_agents({"behaviour": {**QUICK, "http_exhausted": True}})
        mark = house.cc.mark()
        house.sap.tell({"do": "add_items", "scenario": "MAIL"})
        house.sap.wait("ici.request", user="USER0", operation="reroute", reason="A0")
        self.not_ready("12345", mark)
        self.assertEqual(house.until("/agents/12345", lambda a: a["workmode"] == 3)["rejects"], {"A0": 1, "A1": 0})

    def test_refused_by_hand(self):
        """R-REROUTE-2 R-REROUTE-4 R-ALLOC-10: M0 leaves the agent's state alone, the item comes back as REJECT."""
        house = self.two_agents({"behaviour": {**QUICK, "accept_every": 2, "otherwise": "reject"}})
        mark = house.cc.mark()
        house.sap.tell({"do": "add_items", "scenario": "MAIL"})
        house.daemon.wait("item.rerouted", agent="12345", reason="M0", origin="crm")
        house.cc.wait("task.new", after=mark, string1="REJECT", string2="SAP-000001")
        self.item_event("USER0", 2, action_item="SAP-000001")
        self.item_event("USER0", 4, action_item="SAP-000001")
        states = {e["state"] for e in house.cc.events[mark:] if e["event"] == "agent.state"}
        self.assertNotIn("AGENT_STATE_NOT_READY", states)
        self.assertEqual(self.agent("12345")["workmode"], 2)

    def test_a_refused_call_rings_on_invisibly(self):
        """R-REROUTE-3 R-ALLOC-10 R-DEC-20 R-DEC-47: state unchanged; shown again when answered."""
        house = self.two_agents({"behaviour": {**BY_HAND, "handle_ms": 600_000}})
        house.cc.tell({"do": "call", "ani": "030", "dnis": "8"})
        self.item_event("USER0", 5, name="phoneCallChanged")
        call = house.daemon.wait("item.invisible", agent="12345")["item"]
        self.assertEqual(self.agent("12345")["workmode"], 2)
        self.assert_fault(self.request("USER0", "accept", itemId=call), "UNKNOWN_ITEM", call)
        house.cc.tell({"do": "phone", "agent": "12345", "action": "answer"})
        self.item_event("USER0", 2, item=call, status=2)
        house.cc.tell({"do": "phone", "agent": "12345", "action": "hang_up"})
        self.item_event("USER0", 4, item=call)

    def test_nobody_takes_it_in_time(self):
        """R-REROUTE-7 R-REROUTE-8 R-DEC-30 R-DEC-24: RONA by the connector, Not Ready, the next agent gets it."""
        house = self.two_agents({"behaviour": PASSIVE}, settings={"CONFIG": RONA})
        mark = house.cc.mark()
        house.sap.tell({"do": "add_items", "scenario": "MAIL"})
        self.item_event("USER0", 5, action_item="SAP-000001")
        house.cc.wait("task.ended", agent="12345", disposition=19)
        self.not_ready("12345", mark)
        tries = house.until("/items", lambda items: items and items[0]["tries"]["rona"] == 1)[0]
        self.assertEqual((tries["action_item"], tries["reason"]), ("SAP-000001", "RONA"))
        self.log_on("USER1")
        house.cc.wait("task.new", string1="RONA", string2="SAP-000001")
        self.item_event("USER1", 4, action_item="SAP-000001")

    def parked(self, behaviour, settings, tries):
        house = self.two_agents({"behaviour": behaviour}, settings={"CONFIG": settings})
        house.sap.tell({"do": "add_items", "scenario": "MAIL"})
        house.daemon.wait("item.parked", action_item="SAP-000001")
        self.log_on("USER1")
        item = house.admin("/items")[0]
        self.assertEqual((item["state"], item["action_item"], item["tries"]),
                         ("parked", "SAP-000001", tries), item)
        self.assertEqual(item["reason"], "Route Try Overflow")
        mark = house.sap.mark()
        house.sap.tell({"do": "delete_item"})
        self.assertEqual(self.outcome("WF-BATCH", "deleteActionItem", mark)["event"], "ici.reply")
        self.assertEqual(house.admin("/items"), [])
        self.assertEqual(house.sap.seen("ici.event", user="USER1", name="actionItemChanged"), [])

    def test_an_item_refused_too_often_is_parked(self):
        """R-REROUTE-5 R-DEC-25 R-DEC-55: parked and shown, never dropped, until it is deleted."""
        self.parked(BY_HAND, {"RouteTryCount": 1}, {"rona": 0, "reject": 2})

    def test_an_item_not_answered_too_often_is_parked(self):
        """R-REROUTE-4 R-REROUTE-5 R-DEC-25: RONA has a counter of its own."""
        self.parked(PASSIVE, {**RONA, "MediaRonaNotReady": 0, "RouteRonaTryCount": 1}, {"rona": 2, "reject": 0})

    def test_items_are_deleted_by_their_state(self):
        """R-DEC-55: alerting ends with 4 and 37, accepted refuses, unknown is unknown."""
        house = self.two_agents({"behaviour": PASSIVE})
        house.sap.tell({"do": "add_items", "scenario": "MAIL"})
        offer = self.item_event("USER0", 1, action_item="SAP-000001")["item"]
        self.assertEqual(self.request("BATCH", "deleteActionItem", actionItemId="SAP-000001")["event"], "ici.reply")
        self.item_event("USER0", 4, item=offer)
        house.cc.wait("task.ended", agent="12345", disposition=37)
        self.assert_fault(self.request("BATCH", "deleteActionItem", actionItemId="SAP-000001"), "UNKNOWN_ITEM",
                          "SAP-000001")
        house.sap.tell({"do": "add_items", "scenario": "MAIL", "first": 2})
        offer = self.item_event("USER0", 1, action_item="SAP-000002")["item"]
        self.assertEqual(self.request("USER0", "accept", itemId=offer)["event"], "ici.reply")
        self.assert_fault(self.request("BATCH", "deleteActionItem", actionItemId="SAP-000002"), "INVALID_STATE")

    def test_one_id_names_one_item(self):
        """R-DEC-28 R-DEC-55: the same actionItemId again is refused while its item lives."""
        self.two_agents({"behaviour": PASSIVE})
        item = {"actionItemId": "twice", "scenarioId": {"id": "MAIL", "description": ""}}
        self.assertEqual(self.request("BATCH", "addActionItem", **item)["event"], "ici.reply")
        self.assert_fault(self.request("BATCH", "addActionItem", **item), "INVALID_STATE", "twice")

    def test_an_id_that_would_be_changed_on_its_way(self):
        """R-DEC-70: refused when it is added, by name and limit; two ids never become one."""
        self.two_agents({"behaviour": PASSIVE})

        def added(item_id, scenario="MAIL"):
            return self.request("BATCH", "addActionItem", actionItemId=item_id,
                                scenarioId={"id": scenario, "description": ""})

        self.assert_fault(added("\u0416"), "INVALID_STATE", "actionItemId", "CodePage windows-1252")
        self.assert_fault(added("e" * 64), "INVALID_STATE", "actionItemId has 64 bytes", "63 is the most")
        self.assert_fault(added("e", "\u0414"), "INVALID_DESTINATION", "scenarioId", "CodePage windows-1252")
        self.assertEqual(self.house.admin("/items"), [])
        self.assertEqual(added("J\u00d6")["event"], "ici.reply")
        self.assertEqual(added("e" * 63)["event"], "ici.reply")
        self.house.until("/items", lambda items: {i["action_item"] for i in items} == {"J\u00d6", "e" * 63})


if __name__ == "__main__":
    main()
