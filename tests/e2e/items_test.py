"""Calls and action items from the offer to their end, seen from both outsides."""

import xml.etree.ElementTree as ElementTree

from relay import Relay
from scene import Scene, agent, free_port, main, ACTION, HELD, PASSIVE, VOICE


def local(tag):
    return tag.rsplit("}", 1)[-1]


class Items(Scene):
    def event_body(self, kind, member):
        """The last event of this kind as the trace shows it: the members of its object, an array as a list."""
        lines = [e for e in self.house.daemon.seen("ici.event", kind=kind, level="trace") if "body" in e]
        root = ElementTree.fromstring(lines[-1]["body"].replace("\\n", "\n"))
        shown = next(e for e in root.iter() if local(e.tag) == member)
        return {local(e.tag): [i.text for i in e] if len(e) else e.text for e in shown}

    def application_data(self, attached_data):
        application = ElementTree.fromstring(attached_data).find("Application")
        self.assertEqual(application.get("id"), "SAP-IC")
        return {child.tag: child.text or "" for child in application}

    def statuses(self, user, name):
        return [(e["processing_status"], e["status"])
                for e in self.house.sap.seen("ici.event", user=user, name=name)]

    def test_an_inbound_call_from_offer_to_end(self):
        """R-CALL-1 R-CALL-3 R-DATA-1 R-DATA-3 R-DATA-4 R-DEC-57: offered, accepted, dropped by the agent, ended."""
        house = self.open([agent(0)], level="trace", settings={
            "CONFIG": {"CtiNumberNationalMatch": "0,41"}, "CTI": {"CodePage": "UTF-8"}})
        self.log_on()
        house.cc.tell({"do": "call", "ani": "0313001234", "dnis": "8005550100",
                       "variables": {"1": "<Meier & Söhne>", "10": "last"}})
        house.cc.wait("call.established", agent="12345")
        house.cc.wait("call.ended", device="52513")
        self.item_event("USER0", 4, name="phoneCallChanged")
        self.assertEqual(self.statuses("USER0", "phoneCallChanged"), [("1", "1"), ("2", "2"), ("4", "6")])
        house.sap.wait("ici.reply", operation="accept")
        house.sap.wait("ici.reply", operation="drop")

        call = self.event_body("phoneCallChanged", "phoneCall")
        self.assertEqual(call["direction"], "in")
        self.assertEqual(call["remoteNumbers"], ["+41313001234"])
        self.assertEqual(call["calledNumber"], "8005550100")
        self.assertEqual(call["localNumber"], "52513")
        data = self.application_data(call["attachedData"])
        self.assertEqual([data[f"CV{n:02d}"] for n in range(1, 11)], ["<Meier & Söhne>"] + [""] * 8 + ["last"])
        self.assertEqual(data["MID"], str(house.cc.wait("call.arrived")["call"]))
        house.until("/agents/12345", lambda a: a["state"] == "ready" and a["sessions"] == [])

    def test_one_request_at_a_time_changes_an_item(self):
        """R-DEC-35 R-TEL-11: of two accepts one goes out; the other, and a makeCall, are refused while it waits."""
        cti_port = free_port()
        relay = self.enterContext(Relay(cti_port))
        house = self.open([agent(0, media="p", behaviour=PASSIVE)], cc={"sides": {"A": {"port": cti_port}}},
                          settings={"CTI": {"PortA": relay.port}})
        self.log_on()
        house.cc.tell({"do": "call", "ani": "030", "dnis": "8"})
        call = self.item_event("USER0", 1)["item"]
        relay.hold()
        mark = house.sap.mark()
        for _ in range(2):
            house.sap.tell({"do": "request", "user": "USER0", "operation": "accept", "parameters": {"itemId": call}})
        busy = "another operation is in progress"
        self.assert_fault(self.outcome("USER0", "accept", mark), "INVALID_STATE", busy)
        self.assert_fault(self.request("USER0", "makeCall", destination="0", attachedData=""), "INVALID_STATE", busy)
        self.assertEqual(house.sap.seen("ici.reply", operation="accept"), [])
        relay.let_go()
        house.sap.wait("ici.reply", after=mark, operation="accept")
        self.item_event("USER0", 2, item=call)
        house.cc.wait("call.established")
        self.assertEqual(len(house.cc.seen("call.established")), 1)
        self.assertEqual(house.cc.seen("request.refused"), [])
        self.assertEqual(house.cc.seen("call.dialled"), [])

    def test_the_caller_hangs_up(self):
        """R-CALL-1 R-ALLOC-6: the end comes from the contact center and gives the session back."""
        house = self.open([agent(0, behaviour=HELD)])
        self.log_on()
        house.cc.tell({"do": "call", "name": "one", "ani": "030", "dnis": "8"})
        self.item_event("USER0", 2)
        self.assertEqual([s["state"] for s in self.agent("12345")["sessions"]], ["active"])
        house.cc.tell({"do": "hang_up", "name": "one"})
        self.item_event("USER0", 4)
        house.until("/agents/12345", lambda a: a["sessions"] == [])

    def test_a_caller_who_hangs_up_while_it_rings(self):
        """R-ALLOC-6: a call that nobody took ends in processingStatus 4."""
        house = self.open([agent(0, behaviour={"think_ms": 600_000})])
        self.log_on()
        house.cc.tell({"do": "call", "name": "one", "ani": "030", "dnis": "8"})
        self.item_event("USER0", 1)
        house.cc.tell({"do": "hang_up", "name": "one"})
        self.item_event("USER0", 4)
        self.assertEqual(self.statuses("USER0", "phoneCallChanged"), [("1", "1"), ("4", "6")])
        house.until("/agents/12345", lambda a: a["state"] == "ready" and a["sessions"] == [])

    def test_the_agent_answers_and_hangs_up_at_the_phone(self):
        """R-CALL-1: what is done at the desk phone is shown in the CRM."""
        house = self.open([agent(0, behaviour={"think_ms": 600_000, "handle_ms": 600_000})])
        self.log_on()
        house.cc.tell({"do": "call", "ani": "030", "dnis": "8"})
        self.item_event("USER0", 1)
        house.cc.tell({"do": "phone", "agent": "12345", "action": "answer"})
        self.item_event("USER0", 2)
        house.cc.tell({"do": "phone", "agent": "12345", "action": "hold"})
        house.sap.wait("ici.event", name="phoneCallChanged", status=3)
        house.cc.tell({"do": "phone", "agent": "12345", "action": "hang_up"})
        self.item_event("USER0", 4)

    def test_an_outbound_call(self):
        """R-CALL-1 R-CALL-5 R-DEC-38 R-DEC-39: dialled from Ready, answered, dropped, ready again."""
        house = self.open([agent(0, behaviour=HELD)])
        self.log_on()
        reply = self.request("USER0", "makeCall", destination="+41 31 555-0100", attachedData="")
        self.assertEqual(reply["event"], "ici.reply", reply)
        house.cc.wait("call.dialled", agent="12345", device="52513")
        shown = house.sap.wait("ici.event", name="phoneCallChanged", status=4)
        house.sap.wait("ici.event", name="phoneCallChanged", item=shown["item"], status=2)
        house.until("/agents/12345", lambda a: a["state"] == "busy" and a["workmode"] == 2)
        mark = house.cc.mark()
        self.assertEqual(self.request("USER0", "drop", phoneCallId=shown["item"])["event"], "ici.reply")
        self.item_event("USER0", 4, item=shown["item"], status=6)
        house.until("/agents/12345", lambda a: a["workmode"] == 2 and a["state"] == "ready")
        house.cc.wait("agent.state", after=mark, mrd=VOICE, state="AGENT_STATE_AVAILABLE")

    def test_an_action_item(self):
        """R-ITEM-1 R-WRAP-1 R-DEC-23 R-DEC-24 R-DEC-27 R-DEC-54: routed, offered, accepted, completed."""
        house = self.open([agent(0)], level="trace")
        self.log_on()
        house.sap.tell({"do": "add_items", "scenario": "MAIL", "item_data": {"title": "Invoice 4711"},
                        "call_variables": {"CV01": "4711-A"}})
        self.item_event("USER0", 4, name="actionItemChanged")
        self.assertEqual(self.statuses("USER0", "actionItemChanged"), [("1", "1"), ("2", "2"), ("4", "3")])
        task = house.cc.wait("task.new", selector="MAIL", string1="", string2="SAP-000001")["task"]
        house.cc.wait("task.ended", task=task, agent="12345", disposition=38)
        house.cc.wait("task.state", task=task, mrd=ACTION, state="TASK_STATE_ACTIVE")
        self.assertEqual([e["state"] for e in house.cc.seen("task.state", task=task, mrd=ACTION)][:3],
                         ["TASK_STATE_PRE_CALL", "TASK_STATE_OFFERED", "TASK_STATE_ACTIVE"])
        new_task = house.daemon.wait("mr.message", message="NEW_TASK", level="trace")
        self.assertIn('CallVariable1="4711-A"', new_task["fields"])
        session = self.event_body("actionItemChanged", "actionSession")
        self.assertEqual(self.application_data(session["attachedData"])["CV01"], "4711-A")
        self.assertEqual(self.event_body("actionItemChanged", "itemData")["title"], "Invoice 4711")
        house.until("/items", lambda items: items == [])

    def test_action_items_wait_for_the_end_of_a_call(self):
        """R-MULTI-4: action items are worked beside each other; a call is not interrupted by one."""
        house = self.open([agent(0, behaviour=HELD)])
        self.log_on()
        house.cc.tell({"do": "call", "name": "one", "ani": "030", "dnis": "8"})
        self.item_event("USER0", 2, name="phoneCallChanged")
        mark = house.sap.mark()
        house.sap.tell({"do": "add_items", "scenario": "MAIL", "count": 2})
        house.until("/items", lambda items: len(items) == 2)
        self.assertEqual(house.sap.seen("ici.event", name="actionItemChanged"), [])
        house.cc.tell({"do": "hang_up", "name": "one"})
        for item in ("SAP-000001", "SAP-000002"):
            self.item_event("USER0", 2, after=mark, action_item=item)
        self.assertEqual(len(self.agent("12345")["sessions"]), 2)


if __name__ == "__main__":
    main()
