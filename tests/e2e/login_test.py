"""Logging on: the work center string, what refuses it, and that each refusal says what."""

from scene import Scene, agent, main, ACTION, CHAT, VOICE


class Login(Scene):
    def refused(self, user, workcenter):
        mark = self.house.sap.mark()
        self.house.sap.tell({"do": "log_on", "user": user, "workcenter": workcenter})
        return self.outcome(user, "subscribe", mark)

    def test_phone_two_action_items_and_one_chat(self):
        """R-LOGIN-6 R-DEC-62: 12345;xxyyzz;52513;pm2c passes with the ceilings 6, 2 and 1, and the log says so."""
        house = self.open([agent(0, password="xxyyzz")], settings={"CONFIG": {
            "AppItemMaxSession": 6, "AppActionRoutingMaxSession": 2, "AppChatMaxSession": 1}})
        self.log_on()
        house.cc.wait("agent.login", agent="12345", device="52513")
        house.cc.wait("media.login", agent="12345", mrd=ACTION, limit=2, status=0)
        house.cc.wait("media.login", agent="12345", mrd=CHAT, limit=1, status=0)
        logged = house.daemon.wait("agent.login", agent="12345", device="52513", voice=1, action=2, chat=1)
        self.assertNotIn("text", logged)
        shown = self.agent("12345")
        self.assertEqual(shown["limits"], {"voice": 1, "action": 2, "chat": 1})
        self.assertEqual({m["channel"]: m["state"] for m in shown["media"]},
                         dict.fromkeys(("voice", "action", "chat"), "ready"))

    def test_counts_above_the_ceilings_never_reach_the_contact_center(self):
        """R-LOGIN-5 R-LOGIN-6 R-DEC-4 R-LOGIN-12: the fault names the key and both numbers."""
        house = self.open([agent(0, password="xxyyzz")], settings={"CONFIG": {
            "AppItemMaxSession": 6, "AppActionRoutingMaxSession": 2, "AppChatMaxSession": 1}})
        for media, key, asked, allowed in (("pm3c", "AppActionRoutingMaxSession", 3, 2),
                                           ("pmc2", "AppChatMaxSession", 2, 1)):
            with self.subTest(media):
                fault = self.refused("USER0", f"12345;xxyyzz;52513;{media}")
                self.assert_fault(fault, "INVALID_WORKCENTER", key, str(asked), str(allowed))
        self.assertEqual(house.cc.seen("agent.login") + house.cc.seen("agent.login_refused"), [])
        self.assertEqual(house.daemon.seen("cti.message", message="QUERY_AGENT_STATE_REQ"), [])

    def test_a_total_above_the_maximum_of_items(self):
        """R-LOGIN-5 R-DEC-4: the buffer sessions count in the total."""
        self.open([agent(0)], settings={"CONFIG": {"AppItemMaxSession": 5}})
        self.assert_fault(self.refused("USER0", "12345;pw0;52513;pm2c"), "INVALID_WORKCENTER",
                          "AppItemMaxSession", "6", "5")

    def test_a_malformed_string(self):
        """R-LOGIN-12 R-DEC-4: no field more or less, and no unknown channel."""
        self.open([agent(0)])
        texts = set()
        for string in ("12345", "12345;pw0;52513;x", "12345;pw0;52513;pm9", "12345;pw0;52513;p;more", ";pw0;52513;p",
                       "12345;pw0;52513;SL"):
            with self.subTest(string):
                fault = self.refused("USER0", string)
                self.assert_fault(fault, "INVALID_WORKCENTER")
                texts.add(fault["text"])
                self.assertNotIn("pw0", fault["text"])
        self.assertGreater(len(texts), 3, texts)

    def test_what_the_contact_center_refuses(self):
        """R-LOGIN-12 R-DEC-6 R-DEC-49: agent, password and device are told apart, with the numbers."""
        house = self.open([agent(0), agent(1), agent(2, media="p")])
        house.cc.tell({"do": "agent", "agent": "12346", "state": "login"})
        house.cc.wait("agent.login", agent="12346")
        cases = {
            "unknown agent": ("99999;pw0;52513;p", "LOGON_FAILED", "agent"),
            "wrong password": ("12345;guess;52513;p", "LOGON_FAILED", "password"),
            "unknown device": ("12345;pw0;99999;p", "LOGON_FAILED", "device"),
            "device of somebody else": ("12345;pw0;52514;p", "ALREADY_LOGGED_ON", "in use"),
            "logged in elsewhere": ("12346;pw1;52515;p", "ALREADY_LOGGED_ON", "another device"),
        }
        texts = {}
        for name, (string, error_id, named) in cases.items():
            with self.subTest(name):
                fault = self.refused("USER0", string)
                self.assert_fault(fault, error_id, named)
                texts[name] = fault["text"].split(" (")[0]
                for field in string.split(";")[:3]:  # R-DEC-69
                    self.assertNotIn(field, fault["text"])
        self.assertEqual(len(set(texts.values())), len(cases), texts)
        self.assertEqual(house.admin("/agents"), [])

    def test_the_refusal_carries_the_numbers_of_the_contact_center(self):
        """R-DEC-49: failure code and peripheral error stand in the text."""
        self.open([agent(0)])
        self.assertRegex(self.refused("USER0", "12345;guess;52513;p")["text"],
                         r"failure code .*25\d.*peripheral error .*\d")

    def test_who_refused(self):
        """R-DEC-49 R-DEC-70: what the connector cannot send was not refused by the contact center."""
        house = self.open([agent(0)])
        for password in ("x" * 70, "\u0416"):
            fault = self.refused("USER0", f"12345;{password};52513;p")
            self.assert_fault(fault, "LOGON_FAILED", "the connector could not send the log-on")
            self.assertNotIn("contact center", fault["text"])
            self.assertNotIn(password, fault["text"])
        self.assertEqual(house.cc.seen("agent.login_refused"), [])

    def test_an_agent_is_held_by_one_user(self):
        """R-DEC-6: a second SAP user cannot log on as the same agent."""
        self.open([agent(0), agent(1)])
        self.log_on("USER0")
        self.assert_fault(self.refused("USER1", "12345;pw0;52513;pm2c"), "ALREADY_LOGGED_ON", "USER0")
        self.assertEqual(self.agent("12345")["user"], "USER0")

    def test_the_contact_center_is_away(self):
        """R-LOGIN-12 R-DEC-6 R-HA-6: UNAVAILABLE, at once."""
        house = self.open([agent(0)])
        house.cc.kill()
        house.daemon.wait("cti.link_down")
        fault = self.refused("USER0", "12345;pw0;52513;pm2c")
        self.assert_fault(fault, "UNAVAILABLE")
        self.assertLess(fault["latency_ms"], 2000)

    def test_a_medium_without_voice(self):
        """R-DEC-1: without p the password is checked, and voice is left alone."""
        house = self.open([agent(0, media="m2")])
        self.log_on()
        house.cc.wait("agent.authenticated", agent="12345")
        self.assertEqual(house.cc.seen("agent.login"), [])
        house.cc.wait("media.login", agent="12345", mrd=ACTION, limit=2)
        self.assertEqual(house.cc.seen("agent.state", mrd=VOICE, state="AGENT_STATE_NOT_READY"), [])


if __name__ == "__main__":
    main()
