"""The daemon stops, is killed, and starts again: what agents, SAP and the contact center see of it."""

import time

from scene import Scene, agent, main, HELD


class Stop(Scene):
    def assert_still_logged_in(self, agents):
        for one in agents:
            self.house.cc.tell({"do": "state", "agent": one["id"]})
            self.assertNotEqual(self.house.cc.wait("state.agent", agent=one["id"], mrd=1)["state"],
                                "AGENT_STATE_LOGOUT")
        self.assertEqual(self.house.cc.seen("agent.logout"), [])

    def stop(self):
        start = time.monotonic()
        self.assertEqual(self.house.daemon.stop(), 0)
        self.assertLess(time.monotonic() - start, 5.0)

    def test_a_stop_tells_every_agent(self):
        """R-DEC-46 R-DEC-34: subscriptionEnded with reason 1 to everybody, exit 0, agents stay logged in."""
        agents = [agent(n) for n in range(5)]
        house = self.open(agents)
        self.log_on()
        self.stop()
        for one in agents:
            house.sap.wait("ici.event", name="subscriptionEnded", user=one["user"], reason=1)
        house.cc.wait("cti.close_requested")
        self.assert_still_logged_in(agents)

    def test_a_stop_in_the_middle_of_work(self):
        """R-DEC-46: a live call and open items do not hold the stop up."""
        agents = [agent(0, behaviour=HELD)]
        house = self.open(agents)
        self.log_on()
        house.cc.tell({"do": "call", "ani": "030", "dnis": "8"})
        self.item_event("USER0", 2)
        house.sap.tell({"do": "add_items", "scenario": "MAIL", "count": 5})
        house.until("/items", lambda items: len(items) == 5)
        self.stop()
        house.sap.wait("ici.event", name="subscriptionEnded", user="USER0", reason=1)
        self.assertEqual(house.cc.seen("call.ended"), [])

    def test_a_stop_while_sap_does_not_answer(self):
        """R-DEC-46: SAP is waited for at most 3 s."""
        agents = [agent(0), agent(1)]
        house = self.open(agents)
        self.log_on()
        self.sap_does({"do": "inject", "what": "no_answer", "count": 0})
        self.stop()
        self.assert_still_logged_in(agents)

    def test_a_stop_without_a_contact_center(self):
        """R-DEC-46: nor does a CTI server that is away."""
        house = self.open([agent(0)])
        house.cc.kill()
        house.daemon.wait("cti.link_down")
        self.stop()


class Restart(Scene):
    def adopted(self, agents):
        """Everybody logs on again; the contact center only checks the passwords."""
        logins = len(self.house.cc.seen("agent.login"))
        mark = self.house.cc.mark()
        self.house.start_daemon()
        self.house.sap.tell({"do": "log_on"})
        for one in agents:
            self.house.cc.wait("agent.authenticated", after=mark, agent=one["id"])
        self.house.until("/agents", lambda shown: len(shown) == len(agents) and
                         all(a["workmode"] == 2 for a in shown))
        self.assertEqual(len(self.house.cc.seen("agent.login")), logins)

    def live_call(self):
        self.house.cc.tell({"do": "call", "name": "live", "to": "52513", "ani": "030", "dnis": "8",
                            "variables": {"1": "4711"}})
        return self.item_event("USER0", 2, name="phoneCallChanged")["item"]

    def goes_on(self, mark):
        """The call is in the CRM again, and the agent can end it."""
        call = self.item_event("USER0", 2, after=mark, name="phoneCallChanged", status=2)["item"]
        self.assertEqual(self.request("USER0", "drop", phoneCallId=call)["event"], "ici.reply")
        self.item_event("USER0", 4, after=mark, item=call)
        self.house.cc.wait("call.ended", device="52513")
        self.house.until("/agents/12345", lambda a: a["sessions"] == [])

    def test_a_clean_restart_finds_the_agents_and_the_call(self):
        """R-DEC-48 R-LOGIN-15 R-HA-4: logged in at the contact center already, adopted with the live call; keys do
        not begin again."""
        agents = [agent(0, media="p", behaviour=HELD), agent(1)]
        house = self.open(agents)
        self.log_on()
        house.sap.tell({"do": "add_items", "scenario": "MAIL"})
        shown_before = self.item_event("USER1", 4, action_item="SAP-000001")["item"]
        self.live_call()
        self.assertEqual(house.daemon.stop(), 0)
        for one in agents:
            house.sap.wait("ici.event", name="subscriptionEnded", user=one["user"])
        mark = house.sap.mark()
        self.adopted(agents)
        self.goes_on(mark)
        house.sap.tell({"do": "add_items", "scenario": "MAIL"})
        shown = self.item_event("USER1", 4, after=mark, action_item="SAP-000001")["item"]
        self.assertNotEqual(shown, shown_before, "SAP may still show the item of before")

    def test_an_agent_of_a_killed_daemon_is_told_so(self):
        """R-DEC-48 R-HA-8: no farewell was said; the availability check finds out, the next log-on adopts."""
        house = self.open([agent(0, media="p", behaviour=HELD)])
        self.log_on()
        self.live_call()
        house.daemon.kill()
        house.start_daemon()
        self.assert_fault(self.request("USER0", "getAttributes"), "NOT_SUBSCRIBED")
        self.assertEqual(self.request("USER0", "exchangeProductInformation")["event"], "ici.reply")
        mark = house.sap.mark()
        house.sap.tell({"do": "log_on", "app_id": "new"})
        self.goes_on(mark)
        self.assertEqual(len(house.cc.seen("agent.login")), 1)

    def test_a_wrong_password_adopts_nobody(self):
        """R-DEC-48: who is logged in already still has to know their password."""
        house = self.open([agent(0, media="p")])
        self.log_on()
        self.assertEqual(house.daemon.stop(), 0)
        house.sap.wait("ici.event", name="subscriptionEnded", user="USER0")
        house.start_daemon()
        mark = house.sap.mark()
        house.sap.tell({"do": "log_on", "workcenter": "12345;guess;52513;p"})
        self.assert_fault(self.outcome("USER0", "subscribe", mark), "LOGON_FAILED", "password")
        self.assertEqual(house.cc.seen("agent.logout"), [])
        self.assertEqual(house.admin("/agents"), [])

    def test_an_agent_on_another_device(self):
        """R-DEC-48: logged in at one device, they cannot be adopted at another."""
        house = self.open([agent(0, media="p"), agent(1, media="p")])
        house.cc.tell({"do": "agent", "agent": "12345", "state": "login"})
        house.cc.wait("agent.login", agent="12345")
        mark = house.sap.mark()
        house.sap.tell({"do": "log_on", "user": "USER0", "workcenter": "12345;pw0;52514;p"})
        self.assert_fault(self.outcome("USER0", "subscribe", mark), "ALREADY_LOGGED_ON", "at another device, 52513")


if __name__ == "__main__":
    main()
