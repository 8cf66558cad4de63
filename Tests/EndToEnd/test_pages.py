"""The server gives browsers the web UI, and keeps other sites from everything else."""

import re
import subprocess
from urllib.parse import urljoin

from serving import ServingTest
from support import ROOT


class Pages(ServingTest):
    def setUp(self):
        super().setUp()
        self.service = self.serve()

    def get(self, path, **headers):
        return self.service.request("GET", path, key=False, **headers)

    def test_one_page_loads_all_others_and_its_files_are_kept_for_good(self):
        page = self.get("/pipelines?sort=name")
        self.assertEqual((200, "text/html; charset=utf-8", "no-cache"),
                         (page.status, page.headers["content-type"], page.headers["cache-control"]))
        self.assertIn("require-trusted-types-for 'script'", page.headers["content-security-policy"])
        self.assertNotIn("unsafe", page.headers["content-security-policy"])
        named = re.findall(r'"(/ui/[0-9a-f]{16}/[^"]+)"', page.body.decode())
        # A style sheet, an icon, what starts the pages and what the list of pipelines needs: a browser takes long for each.
        self.assertTrue(3 < len(named) <= 8, named)
        for path in named:
            file = self.get(path, Accept_Encoding="gzip")
            self.assertEqual(200, file.status, path)
            self.assertIn("immutable", file.headers["cache-control"])
        script = next(path for path in named if path.endswith(".js"))
        self.assertEqual("gzip", self.get(script, Accept_Encoding="gzip").headers["content-encoding"])
        self.assertEqual(404, self.get(re.sub("[0-9a-f]{16}", "0" * 16, script)).status)

    def test_every_module_can_be_imported_at_its_own_address(self):
        root = re.search("/ui/[0-9a-f]{16}/", self.get("/").body.decode()).group()
        for path in ("Web/app/main.js", "Web/dom/html.js", "Web/model/graph.js", "Client/client.js"):
            module = self.get(root + path)
            self.assertEqual((200, "text/javascript; charset=utf-8"), (module.status, module.headers["content-type"]))
            for imported in re.findall(r'from "([^"]+)"', module.body.decode()):
                self.assertEqual(200, self.get(urljoin(root + path, imported)).status, imported)

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
