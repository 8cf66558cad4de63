"""The files of one's workspace as one finds them in the web UI."""

import os
import re
import unittest

from test_ui_admin import HOSTILE, AdminTest
from ui_support import expect


class Files(AdminTest):
    def upload(self, page, *files):
        page.locator("input[type=file]").set_input_files([
            {"name": name, "mimeType": "application/octet-stream", "buffer": text.encode()} for name, text in files])

    def test_are_uploaded_shown_replaced_and_deleted(self):
        window = self.window(self.person)
        page = window.open("/files")
        expect(page.get_by_role("heading", name="No files yet")).to_be_visible()
        self.expect_accessible(window)
        hostile = HOSTILE.replace("\"", "") + ".md"
        self.upload(page, (hostile, "# Title\n\n<script>alert(3)</script> **bold**\n"), ("data.csv", "a,b\n1,2\n"))
        expect(page.get_by_text("2 files uploaded", exact=True)).to_be_visible()
        table = page.get_by_role("table", name="Files of the workspace")
        table.get_by_role("link", name=re.compile("md$")).first.click()
        preview = page.get_by_role("complementary")
        expect(preview.get_by_role("heading", name="Title")).to_be_visible()
        expect(preview).to_contain_text("<script>alert(3)</script>")
        self.expect_text_only(page)
        self.expect_accessible(window)

        self.upload(page, ("data.csv", "a,b\n1,2\n3,4\n"))
        page.get_by_role("button", name="Replace data.csv").click()
        expect(page.get_by_role("button", name="Replace data.csv")).to_have_count(0)
        expect(page.get_by_text("2 files uploaded", exact=True)).to_be_visible()
        self.assertEqual(self.person.request("GET", "/api/v1/files?path=data.csv").body, b"a,b\n1,2\n3,4\n")

        with page.expect_download() as download:
            page.get_by_role("link", name="Download data.csv").click()
        self.assertEqual(download.value.suggested_filename, "data.csv")
        page.get_by_role("button", name="Delete data.csv").click()
        self.press(page, "Delete")
        expect(page.get_by_role("link", name="data.csv", exact=True)).to_have_count(0)
        self.assertEqual(self.person.request("GET", "/api/v1/files?path=data.csv").status, 404)

    def test_of_any_size_go_on_after_a_pause_a_new_page_and_a_break(self):
        large, other = self.place.folder / "large.bin", self.place.folder / "other.bin"
        content = os.urandom(18 * 1024 * 1024)
        large.write_bytes(content)
        other.write_bytes(b"another")
        window = self.window(self.person)
        page = window.open("/files")
        offsets = []

        def hold_the_second(route):
            if route.request.method == "PATCH":
                offsets.append(route.request.headers["upload-offset"])
            if len(offsets) < 2:
                route.continue_()

        page.route("**/api/v1/uploads/*", hold_the_second)
        page.locator("input[type=file]").first.set_input_files(str(large))
        expect(page.get_by_role("progressbar", name="Upload of large.bin")).to_have_attribute("aria-valuenow", "44")
        page.get_by_role("button", name="Pause large.bin").click()
        expect(page.get_by_role("region", name="Uploads")).to_contain_text("Paused")
        self.expect_accessible(window)
        page.unroute_all(behavior="ignoreErrors")

        page = window.open("/files")
        expect(page.get_by_role("button", name="Choose large.bin to go on")).to_be_visible()
        again = page.locator("section.uploads input[type=file]")
        again.set_input_files(str(other))
        expect(page.get_by_text("other.bin is another file.")).to_be_visible()
        self.expect_accessible(window)
        broken = []
        page.route("**/api/v1/uploads/*", lambda route: route.continue_() if broken or route.request.method != "PATCH"
                   else (broken.append(route.request.headers["upload-offset"]), route.abort()))
        again.set_input_files(str(large))
        expect(page.get_by_text("1 file uploaded", exact=True)).to_be_visible()
        self.assertEqual([offsets[0], broken[0]], ["0", str(8 * 1024 * 1024)])
        self.assertEqual(self.person.request("GET", "/api/v1/files?path=large.bin").body, content)
        expect(page.get_by_role("link", name="large.bin", exact=True)).to_be_visible()

    def test_lie_in_folders_with_an_address(self):
        page = self.window(self.person).open("/files")
        page.get_by_role("button", name="New folder").click()
        self.dialog(page).get_by_label("Name").fill("../out")
        self.press(page, "Go there")
        expect(self.dialog(page).get_by_text("A name is not empty")).to_be_visible()
        self.dialog(page).get_by_label("Name").fill("reports/july")
        self.press(page, "Go there")
        expect(page.get_by_role("heading", name="This folder is made with its first file")).to_be_visible()
        self.upload(page, ("one.txt", "one"))
        expect(page.get_by_role("link", name="one.txt", exact=True)).to_be_visible()
        page.get_by_role("navigation", name="Path").get_by_role("link", name="reports").click()
        expect(page).to_have_url(self.url + "/files?path=reports")
        expect(page.get_by_role("link", name="july")).to_be_visible()
        page.goto(self.url + "/files?path=reports/july/one.txt")
        expect(page.get_by_role("complementary")).to_contain_text("one")


if __name__ == "__main__":
    unittest.main()
