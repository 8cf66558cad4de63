"""Shows that a run survives the death of the program at any moment."""

import os
import random
import subprocess

from support import JAIL, FactoryTest, code, jailed, now_ticks, survivors, waiting

STEPS = 30
KILLS = int(os.environ.get("FACTORY_TEST_KILLS", "20"))
SEED = int(os.environ.get("FACTORY_TEST_SEED", "20261122"))


def long_run():
    steps = []
    for number in range(STEPS):
        if number % 2:
            steps.append({"id": "s%d" % number, "type": "file", "with": {
                "operation": "append", "path": "lines.txt",
                "content": "{{ steps.s%d.output.result }}\n" % (number - 1)}})
        else:
            steps.append(code("s%d" % number, waiting(0.04, "result = 'line %d'" % number)))
    return steps


class ACrash(FactoryTest):
    def test_loses_and_repeats_nothing_at_random_moments(self):
        chance = random.Random(SEED)
        since = now_ticks()
        killed, self.lost = 0, 0
        while killed < KILLS:
            self.place.files.joinpath("lines.txt").unlink(missing_ok=True)
            killed += self.survive_one_run(chance, since, KILLS - killed)
        self.assertGreater(self.lost, 0, "no attempt was ever interrupted: the test proved nothing (seed %d)" % SEED)

    def test_ends_the_code_that_was_running(self):
        since = now_ticks()
        watched = self.watch_run(self.place.document([code(
            "long", "print('here', flush=True)\n" + waiting(600), timeout="15m")]))
        watched.until("log", "long")
        programs = set(jailed(since).values())
        self.assertIn(str(JAIL.resolve()), programs, "the control: a running job is seen")
        self.assertTrue(any("python" in name for name in programs), programs)
        watched.kill()
        self.assertEqual(survivors(since), {})

    def survive_one_run(self, chance, since, kills):
        """One run of thirty steps, killed at most so often; gives how often it was."""
        document = self.place.document(long_run(), changes="apply")
        before = len(self.runs())
        watched = self.watch_run(document)
        finished, killed, early, run = set(), 0, False, None
        while True:
            over = killed == kills or self.reach_a_moment(watched, chance, early := not early and chance.random() < 0.4)
            if over:
                answer = watched.finish()
            else:
                watched.kill()
                killed += 1
            again = finished & {event["step"] for event in watched.events if event["type"] == "attempt.started"}
            self.assertEqual(again, set(), "finished steps that started again")
            finished |= {event["step"] for event in watched.events if event["type"] == "step.succeeded"}
            if over:
                break
            self.assertEqual(survivors(since), {}, "processes of the sandbox after kill -9")
            runs = self.runs()
            if len(runs) == before:
                watched = self.watch_run(document)
                continue
            run = runs[0]["id"]
            if runs[0]["status"] == "succeeded":
                break
            watched = self.watch(
                "runs", "resume", run, "--data", self.place.data, "-o", "json")

        if over:
            self.expect(answer, 0)
        self.assertEqual(
            self.place.files.joinpath("lines.txt").read_text(),
            "".join("line %d\n" % number for number in range(0, STEPS, 2)))
        stored = self.expect(self.place.factory(
            "runs", "show", run or answer.json["id"], "--data", self.place.data, "-o", "json"), 0).json
        self.assertEqual(stored["status"], "succeeded")
        self.assertEqual([step["id"] for step in stored["steps"]], ["s%d" % number for number in range(STEPS)])
        for step in stored["steps"]:
            statuses = [attempt["status"] for attempt in step["attempts"]]
            self.lost += statuses.count("lost")
            self.assertEqual(statuses, ["lost"] * (len(statuses) - 1) + ["succeeded"], step)
        self.assertEqual(survivors(since), {}, "processes of the sandbox after the run")
        return killed

    def reach_a_moment(self, watched, chance, early):
        """Waits for a random moment; true when the run ended before it. Three attempts lost in a row would fail a
        step, so at most every other moment comes before the first settled step."""
        if early:
            seconds = chance.uniform(0, 0.2)
        else:
            while event := watched.next():
                if event["type"] in ("step.succeeded", "run.finished"):
                    break
            seconds = chance.uniform(0, 0.15)
        try:
            watched.process.wait(seconds)
            return True
        except subprocess.TimeoutExpired:
            return False

    def runs(self):
        return self.expect(self.place.factory("runs", "list", "--data", self.place.data, "-o", "json"), 0).json["items"]
