"""One agent's log-on over time: a second browser, ready and not ready from both sides, and the way out."""

from scene import Scene, agent, main, ACTION, CHAT, HELD, VOICE


class States(Scene):
    def test_a_second_log_on_takes_over(self):
        """R-LOGIN-15 R-DEC-10 R-DEC-34: the old subscription ends with 4, the live item is shown to the new one."""
        house = self.open([agent(0, behaviour=HELD)])
        self.log_on()
        house.cc.tell({"do": "call", "ani": "030", "dnis": "8"})
        call = self.item_event("USER0", 2)
        mark = house.sap.mark()
        house.sap.tell({"do": "log_on", "app_id": "new"})
        again = self.item_event("USER0", 2, after=mark, item=call["item"], status=2)
        self.assertNotEqual(again["app_id"], call["app_id"])
        house.sap.wait("ici.event", after=mark, name="subscriptionEnded", app_id=call["app_id"], reason=4)
        self.assertEqual(len(house.cc.seen("agent.login")), 1)
        self.assertEqual(house.cc.seen("agent.logout"), [])

    def test_one_work_mode_drives_all_media(self):
        """R-STATE-1 R-STATE-2 R-STATE-6 R-DEC-33: a reason of SAP goes to voice and to every medium."""
        house = self.open([agent(0)])
        self.log_on()
        mark = house.cc.mark()
        self.assertEqual(self.request("USER0", "setCurrentWorkmode", workmode="1007")["event"], "ici.reply")
        house.cc.wait("agent.asked", after=mark, agent="12345", state="AGENT_STATE_NOT_READY", reason=7)
        for mrd in (VOICE, ACTION, CHAT):
            house.cc.wait("agent.state", after=mark, mrd=mrd, state="AGENT_STATE_NOT_READY")
        self.assertEqual(self.request("USER0", "setCurrentWorkmode", workmode="2")["event"], "ici.reply")
        house.until("/agents/12345", lambda a: a["workmode"] == 2 and {m["state"] for m in a["media"]} == {"ready"})

    def test_a_work_mode_that_is_not_offered(self):
        """R-DEC-33: refused whatever its size; the agent stays as they are."""
        house = self.open([agent(0)])
        self.log_on()
        for workmode in ("500", "0", "-1", "-2147483648", "2147483647"):
            self.assert_fault(self.request("USER0", "setCurrentWorkmode", workmode=workmode), "INVALID_WORKMODE",
                              f"work mode {workmode} is not offered")
        self.assertEqual(self.agent("12345")["workmode"], 2)
        self.assertEqual(self.request("USER0", "setCurrentWorkmode", workmode="3")["event"], "ici.reply")

    def test_a_reason_without_a_text(self):
        """R-STATE-1 R-STATE-4: people are shown the work mode that the CRM sees: one without a text is not ready."""
        house = self.open([agent(0, media="p")])
        self.log_on()
        for reason, workmode in ((7, 3), (0, 3)):
            mark, logged = house.sap.mark(), house.daemon.mark()
            house.cc.tell({"do": "agent", "agent": "12345", "state": "not_ready", "reason": reason})
            house.sap.wait("ici.event", after=mark, name="userChanged", workmode=workmode)
            self.assertEqual(self.agent("12345")["workmode"], workmode)
            house.daemon.wait("agent.state", after=logged, agent="12345", workmode=workmode)
            house.cc.tell({"do": "agent", "agent": "12345", "state": "available"})
            house.until("/agents/12345", lambda a: a["workmode"] == 2)

    def test_a_supervisor_changes_the_state(self):
        """R-STATE-5 R-DEC-34: what is done at the contact center is shown at once, a forced log-out ends with 3."""
        house = self.open([agent(0, media="p")])
        self.log_on()
        mark = house.sap.mark()
        house.cc.tell({"do": "agent", "agent": "12345", "state": "not_ready", "reason": 5})
        house.sap.wait("ici.event", after=mark, name="userChanged", workmode=3)
        house.cc.tell({"do": "agent", "agent": "12345", "state": "logout", "forced": True})
        house.sap.wait("ici.event", after=mark, name="subscriptionEnded", reason=3)
        house.until("/agents", lambda agents: agents == [])

    def test_the_way_out(self):
        """R-LOGIN-16 R-DEC-11: logged off in SAP, logged out of every medium, with the configured reason."""
        house = self.open([agent(0)], settings={"CONFIG": {"CtiLogoutReasonCode": 12}})
        self.log_on()
        house.sap.tell({"do": "log_off"})
        house.cc.wait("agent.logout", agent="12345", reason=12)
        for mrd in (ACTION, CHAT):
            house.cc.wait("media.logout", agent="12345", mrd=mrd)
        house.sap.wait("ici.reply", operation="unsubscribe")
        self.assertEqual(house.until("/agents", lambda agents: agents == []), [])


if __name__ == "__main__":
    main()
