"""The simulators as instruments: what they say is what happened, once."""

from scene import Scene, agent, main


class Simulators(Scene):
    def test_steps_on_standard_input_double_no_line(self):
        """Steps come in while events are told: each is answered once, in whole lines."""
        house = self.open([agent(0)])
        count = 3000
        for program, step in ((house.cc, {"do": "state"}), (house.sap, {"do": "print"})):
            for _ in range(count):
                program.tell(step)
            program.tell({"do": "quit"})
            self.assertEqual(program.finish(), 0)
            self.assertEqual(program.seen("unparsed"), [])
            self.assertEqual(len(program.seen("state")), count)


if __name__ == "__main__":
    main()
