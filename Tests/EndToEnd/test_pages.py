"""The server gives browsers the web UI, and keeps other sites from everything else."""

import re
import subprocess

from serving import ServingTest
from support import ROOT


class Pages(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()

    def get(self, path, **headers):
        return self.service.request("GET", path, key=False, **headers)

    def test_one_page_loads_all_others_and_its_files_are_kept_for_good(self):
        page = self.get("/pipelines/pl_1?step=plan")
        self.assertEqual((200, "text/html; charset=utf-8", "no-cache"),
                         (page.status, page.headers["content-type"], page.headers["cache-control"]))
        self.assertIn("require-trusted-types-for 'script'", page.headers["content-security-policy"])
        self.assertNotIn("unsafe", page.headers["content-security-policy"])
        named = re.findall(r'"(/ui/[0-9a-f]{16}/[^"]+)"', page.body.decode())
        self.assertGreater(len(named), 5)
        for path in named:
            file = self.get(path, Accept_Encoding="gzip")
            self.assertEqual(200, file.status, path)
            self.assertIn("immutable", file.headers["cache-control"])
        script = next(path for path in named if path.endswith("main.js"))
        self.assertEqual("gzip", self.get(script, Accept_Encoding="gzip").headers["content-encoding"])
        self.assertEqual(404, self.get(re.sub("[0-9a-f]{16}", "0" * 16, script)).status)

    def test_links_of_other_sites_lead_to_pages_but_not_to_data(self):
        self.assertEqual(200, self.get("/runs", Sec_Fetch_Site="cross-site").status)
        self.assertEqual(403, self.get("/api/v1/pipelines", Sec_Fetch_Site="cross-site").status)
        self.assertEqual(421, self.get("/runs", Host="other.example").status)

    def test_every_address_the_pages_know_is_answered(self):
        text = (ROOT / "Web" / "app" / "routes.js").read_text()
        known = {re.sub(":[a-z]+", "1", path) for path in re.findall(r'path: "(/[^"]+)"', text)}
        self.assertIn("/pipelines/1/versions/1/diff/1", known)
        for path in sorted(known) + ["/sign-in", "/invitation"]:
            self.assertEqual(200, self.get(path, Accept="text/html").status, path)

    def test_the_list_of_files_is_that_of_the_folder(self):
        subprocess.run([ROOT / "scripts" / "embed-web", "--check"], check=True)
