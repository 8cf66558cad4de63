"""Shows that independent steps run at the same time, and that a timeout leaves nothing behind."""

from support import FactoryTest, code, now_ticks, survivors, waiting


class IndependentSteps(FactoryTest):
    def test_run_at_the_same_time(self):
        document = self.place.document([code("left", waiting(2), needs=[]), code("right", waiting(2), needs=[])])
        run = self.expect(self.place.run(document), 0).json
        for step in run["steps"]:
            self.assertGreaterEqual(step["duration_ms"], 2000, "the steps did not really wait")
        self.assertLess(run["duration_ms"], 3000)

    def test_wait_for_each_other_when_one_needs_the_other(self):
        document = self.place.document([code("first", waiting(0.5)), code("second", waiting(0.5))])
        self.assertGreaterEqual(self.expect(self.place.run(document), 0).json["duration_ms"], 1000)


class ATimeout(FactoryTest):
    def test_ends_every_descendant_of_the_step(self):
        since = now_ticks()
        document = self.place.document([code("stuck", """
import select, subprocess, sys
child = "import select; print('grandchild lives', flush=True); select.select([], [], [], 600)"
subprocess.Popen([sys.executable, "-c", child], start_new_session=True)
select.select([], [], [], 600)
""", timeout="300ms")])
        # The machine may be too busy to start two interpreters in 300 ms; then the run proves nothing and is repeated.
        for _ in range(10):
            answer = self.expect(self.place.run(document), 1)
            step = self.step(answer.json, "stuck")
            self.assertEqual(step["error"]["code"], "timeout", str(answer))
            self.assertEqual(step["error"]["class"], "timeout", str(answer))
            self.assertEqual(survivors(since), {})
            logs = self.expect(self.place.factory("runs", "logs", answer.json["id"], "--data", self.place.data), 0)
            if "grandchild lives" in logs.stdout:
                return
        self.fail("the grandchild never started: " + str(logs))
