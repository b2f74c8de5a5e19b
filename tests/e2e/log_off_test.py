"""Who logs off, and who does not get in after all, is out at the contact center too."""

from scene import Scene, agent, main, ACTION, CHAT, HELD, PASSIVE

NUMBER = "0315550100"


class LogOff(Scene):
    def assert_nobody_is_in(self):
        """Nobody has a subscription, and nobody is in the contact center in whatever medium."""
        self.house.until("/agents", lambda agents: agents == [])
        state = self.cc_does({"do": "state"})
        self.assertEqual((state["on_voice"], state["on_media"]), (0, 0))

    def slow(self, answer, ms):
        self.cc_does({"do": "slow", "answer": answer, "ms": ms})

    def begin_log_on(self, slow):
        """The contact center has done all that was asked, and says so of `slow` two seconds late."""
        self.slow(slow, 2000)
        mark = self.house.sap.mark()
        self.house.sap.tell({"do": "log_on"})
        self.house.cc.wait("agent.login", agent="12345")
        if slow == "MEDIA_LOGIN_RESP":
            for mrd in (ACTION, CHAT):
                self.house.cc.wait("media.login", agent="12345", mrd=mrd)
        return mark

    def assert_all_out(self, media):
        self.house.cc.wait("agent.logout", agent="12345")
        for mrd in media:
            self.house.cc.wait("media.logout", agent="12345", mrd=mrd)
        self.assert_nobody_is_in()

    def test_during_a_call_that_was_dialled_from_ready(self):
        """R-DEC-11 R-DEC-38: the end of the call does not make an agent ready who is leaving."""
        house = self.open([agent(0, behaviour=HELD)])
        self.log_on()
        self.assertEqual(self.request("USER0", "makeCall", destination=NUMBER, attachedData="")["event"], "ici.reply")
        house.sap.wait("ici.event", name="phoneCallChanged", status=2)
        self.slow("SET_AGENT_STATE_CONF", 1000)
        mark, sap_mark = house.cc.mark(), house.sap.mark()
        house.sap.tell({"do": "request", "user": "USER0", "operation": "unsubscribe", "parameters": {}})
        house.cc.wait("agent.asked", after=mark, agent="12345", state="AGENT_STATE_NOT_READY")
        house.cc.tell({"do": "phone", "agent": "12345", "action": "hang_up"})
        self.assertEqual(self.outcome("USER0", "unsubscribe", sap_mark)["event"], "ici.reply")
        house.cc.wait("call.ended", after=mark)
        self.assert_all_out((ACTION, CHAT))
        asked = [e["state"] for e in house.cc.events[mark:] if e["event"] == "agent.asked"]
        self.assertEqual(asked, ["AGENT_STATE_NOT_READY", "AGENT_STATE_LOGOUT"])
        self.assertEqual(house.daemon.seen("cc.request_failed"), [])

    def test_while_a_call_rings(self):
        """R-HA-9 R-DEC-11: the contact center refuses to let them go, and is told to."""
        house = self.open([agent(0, media="p", behaviour=PASSIVE)])
        self.log_on()
        house.cc.tell({"do": "call", "name": "one", "ani": NUMBER, "dnis": "8000", "to": "52513"})
        house.daemon.wait("item.offered")
        self.assertEqual(self.request("USER0", "unsubscribe")["event"], "ici.reply")
        self.assert_all_out(())

    def test_a_supervisor_is_quicker_than_the_log_on(self):
        """R-STATE-5: it fails, and leaves nobody in a medium."""
        house = self.open([agent(0)])
        mark = self.begin_log_on("MEDIA_LOGIN_RESP")
        house.cc.tell({"do": "agent", "agent": "12345", "state": "logout"})
        self.assert_fault(self.outcome("USER0", "subscribe", mark), "LOGON_FAILED", "logged off in the contact center")
        self.assert_all_out((ACTION, CHAT))

    def test_before_the_phone_is_confirmed(self):
        """R-DEC-35: the unsubscribe does not wait; the LOGIN that is confirmed afterwards is taken back."""
        house = self.open([agent(0)])
        mark = self.begin_log_on("SET_AGENT_STATE_CONF")
        self.assertEqual(self.request("USER0", "unsubscribe")["event"], "ici.reply")
        self.assert_fault(self.outcome("USER0", "subscribe", mark), "LOGON_FAILED", "unsubscribed")
        house.daemon.wait("agent.logout", channel="voice", text="logged in after the log-on had ended: taken back")
        self.assert_all_out(())
        self.assertEqual(house.cc.seen("media.login"), [])

    def test_before_the_media_are_confirmed(self):
        """R-DEC-35: the phone is logged out at once, each medium when it is known to be in."""
        house = self.open([agent(0)])
        self.begin_log_on("MEDIA_LOGIN_RESP")
        self.assertEqual(self.request("USER0", "unsubscribe")["event"], "ici.reply")
        house.cc.wait("agent.logout", agent="12345")
        for channel in ("action", "chat"):
            house.daemon.wait("agent.logout", channel=channel, text="logged in after the log-on had ended: taken back")
        self.assert_all_out((ACTION, CHAT))

    def test_the_time_of_the_log_on_is_over_before_the_phone_is_confirmed(self):
        """R-DEC-35: so is a LOGIN that is confirmed after the CRM was told that it took too long."""
        house = self.open([agent(0)], settings={"CTI": {"RequestTimeoutSeconds": 1}})
        mark = self.begin_log_on("SET_AGENT_STATE_CONF")
        self.assert_fault(self.outcome("USER0", "subscribe", mark), "UNAVAILABLE", "in time")
        self.assert_all_out(())

    def log_on_again(self):
        """The same agent, when the contact center is quick again."""
        for answer in ("SET_AGENT_STATE_CONF", "MEDIA_LOGIN_RESP"):
            self.slow(answer, 0)
        self.log_on()

    def test_the_link_is_lost_before_the_phone_is_confirmed(self):
        """R-HA-9 R-DEC-35: nobody stays logged in whose log-on has failed."""
        house = self.open([agent(0)])
        mark = self.begin_log_on("SET_AGENT_STATE_CONF")
        house.cc.tell({"do": "side", "side": "A", "action": "down"})
        self.assert_fault(self.outcome("USER0", "subscribe", mark), "UNAVAILABLE", "link")
        house.daemon.wait("cti.link_up", side="B")
        self.assert_all_out(())
        self.log_on_again()

    def test_the_link_is_lost_before_the_media_are_confirmed(self):
        """R-HA-9 R-DEC-35: in no medium either."""
        house = self.open([agent(0)])
        mark = self.begin_log_on("MEDIA_LOGIN_RESP")
        house.cc.tell({"do": "side", "side": "A", "action": "down"})
        self.assert_fault(self.outcome("USER0", "subscribe", mark), "UNAVAILABLE", "link")
        house.daemon.wait("cti.link_up", side="B")
        self.assert_all_out((ACTION, CHAT))
        self.log_on_again()


if __name__ == "__main__":
    main()
