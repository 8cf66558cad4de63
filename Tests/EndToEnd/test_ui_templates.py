"""The templates of the web UI, in a browser: what they render, what they keep, and what they refuse."""

import unittest

from ui_support import UITest

# Each test is a function body in the page; it has the templates, signals and elements at hand and gives what it saw.
FRAME = """async (tail) => {
  const root = document.querySelector("script[type=module]").src.replace(/Web[/].*/, "Web/");
  const {html, svg, render, each, nothing, ref} = await import(root + "dom/html.js");
  const {signal, batch} = await import(root + "dom/signal.js");
  const {Part} = await import(root + "dom/element.js");
  const {resource, loadView} = await import(root + "parts/load.js");
  const {FactoryError} = await import(root + "app/api.js");
  const box = document.createElement("div");
  document.body.append(box);
  const text = () => box.innerHTML.replace(/<!--.*?-->/g, "");
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  try { %s } finally { box.remove(); }
}"""


class Templates(UITest):
    def setUp(self):
        self.own = self.window()
        self.own.open("/signin")

    def see(self, body):
        return self.own.page.evaluate(FRAME % body)

    def test_render_text_attributes_properties_and_styles(self):
        self.assertEqual(self.see("""
          render(html`<input class="a ${"b"} ${null}" title=${"t"} ?disabled=${true} .value=${"v"} style=${{"--x": "1px", color: null}}><p>${1} and ${"<b>"}</p>`, box);
          const input = box.querySelector("input");
          return [input.className, input.title, input.disabled, input.value, input.getAttribute("style"), box.querySelector("p").innerHTML.replace(/<!--.*?-->/g, "")];
        """), ["a b ", "t", True, "v", "--x: 1px;", "1 and &lt;b&gt;"])

    def test_take_attributes_away(self):
        self.assertEqual(self.see("""
          const view = (v) => html`<i title=${v} aria-label=${v} ?hidden=${v}></i>`;
          render(view("a"), box);
          const seen = [text()];
          for (const v of [nothing, null, undefined, false]) { render(view(v), box); seen.push(text()); }
          return seen;
        """), ['<i title="a" aria-label="a" hidden=""></i>', "<i></i>", "<i></i>", "<i></i>", "<i></i>"])

    def test_render_nothing_for_nothing(self):
        self.assertEqual(self.see("""
          render(html`<p>${null}${undefined}${false}${true}${nothing}${""}${0}</p>`, box);
          return text();
        """), "<p>0</p>")

    def test_keep_nodes_where_only_values_change(self):
        self.assertEqual(self.see("""
          const view = (v, w) => html`<label>${v}</label><input value="x" .value=${w}>`;
          render(view("a", "one"), box);
          const input = box.querySelector("input");
          input.focus(); input.value = "typed"; input.setSelectionRange(2, 3);
          render(view("b", "one"), box);
          const seen = [box.querySelector("input") === input, document.activeElement === input, input.value, input.selectionStart, box.querySelector("label").textContent];
          render(view("b", "two"), box);
          return [...seen, input.value];
        """), [True, True, "typed", 2, "b", "two"])

    def test_change_from_one_template_to_another_and_back(self):
        self.assertEqual(self.see("""
          const view = (is) => html`<p>${is ? html`<b>${"x"}</b>` : html`<i>y</i>`}</p>`;
          const seen = [];
          for (const is of [true, false, true]) { render(view(is), box); seen.push(text()); }
          return seen;
        """), ["<p><b>x</b></p>", "<p><i>y</i></p>", "<p><b>x</b></p>"])

    def test_move_the_nodes_of_keyed_lists(self):
        self.assertEqual(self.see("""
          const view = (ids) => html`<ul>${each(ids, (id) => id, (id, index) => html`<li><input id=${"k" + id}>${id}${index}</li>`)}</ul>`;
          render(view([1, 2, 3, 4]), box);
          const had = Object.fromEntries([1, 2, 3, 4].map((id) => [id, box.querySelector("#k" + id)]));
          had[3].focus();
          const seen = [];
          for (const ids of [[4, 3, 2, 1], [3, 5, 1], [], [1, 1, 2]]) {
            render(view(ids), box);
            seen.push([box.textContent, ids.every((id) => !had[id] || box.querySelector("#k" + id) === had[id]), document.activeElement === had[3]]);
          }
          return seen.slice(0, 3).concat([[seen[3][0]]]);
        """), [["40312213", True, True], ["305112", True, True], ["", True, False], ["101122"]])

    def test_show_what_comes_in_the_nodes_of_what_goes_where_the_keyboard_is_not(self):
        self.assertEqual(self.see("""
          const view = (ids) => html`<ul>${each(ids, (id) => id, (id) => html`<li><input>${id}</li>`, {reuses: true})}</ul>`;
          render(view([1, 2, 3, 4]), box);
          const had = [...box.querySelectorAll("li")];
          had[1].firstChild.focus();
          const seen = [];
          for (const ids of [[3, 4, 5, 6], [7, 8], [9, 8, 1, 2]]) {
            render(view(ids), box);
            seen.push([box.textContent, [...box.querySelectorAll("li")].map((one) => had.indexOf(one)).join(), document.activeElement.localName]);
          }
          return seen;
        """), [["3456", "2,3,0,-1", "body"], ["78", "2,3", "body"], ["9812", "2,3,-1,-1", "body"]])

    def test_keep_a_list_and_what_stands_behind_it_apart(self):
        self.assertEqual(self.see("""
          const view = (a, b) => html`${a.map((x) => html`<i>${x}</i>`)}<hr>${b}`;
          const seen = [];
          for (const [a, b] of [[[1, 2], "x"], [[], html`<b></b>`], [[3], null]]) { render(view(a, b), box); seen.push(text()); }
          return seen;
        """), ["<i>1</i><i>2</i><hr>x", "<hr><b></b>", "<i>3</i><hr>"])

    def test_keep_what_was_read_when_it_fails_to_be_read_again_but_nothing_of_another(self):
        self.assertEqual(self.see("""
          const of = signal("a");
          let error = null;
          const read = resource(async () => { const name = of.value; if (error) throw error; return name; }, undefined, {follow: true, of: () => of.value});
          const view = () => render(loadView(read, {ready: (name) => html`<input title=${name}>`}), box);
          const seen = [];
          const look = async () => { await turn(); view(); seen.push([box.querySelector("input")?.title ?? null, box.querySelectorAll("button").length, box.textContent.includes("Below: as it was at")]); };
          view(); await look();
          const had = box.querySelector("input");
          const refused = (status) => new FactoryError(status, {detail: "it is busy"}, null);
          error = refused(500); read.reload(); await look();
          const isSame = box.querySelector("input") === had;
          error = null; read.reload(); await look();
          error = refused(404); read.reload(); await look();
          error = null; read.reload(); await look();
          error = refused(500); of.value = "b"; await look();
          return [isSame, ...seen];
        """), [True, ["a", 0, False], ["a", 1, True], ["a", 0, False], [None, 1, False], ["a", 0, False], [None, 1, False]])

    def test_listen_with_the_newest_function(self):
        self.assertEqual(self.see("""
          const heard = [];
          const view = (run) => html`<button @click=${run}>x</button>`;
          const click = () => box.querySelector("button").click();
          render(view(() => heard.push("one")), box); click();
          render(view(() => heard.push("two")), box); click();
          render(view(null), box); click();
          render(view({handleEvent: () => heard.push("three"), once: true}), box); click(); click();
          return heard;
        """), ["one", "two", "three"])

    def test_make_svg(self):
        self.assertEqual(self.see("""
          render(html`<svg viewBox=${"0 0 1 1"}>${svg`<path d=${"M0 0"} />`}${[1, 2].map((n) => svg`<circle r=${n} />`)}</svg>`, box);
          return [...box.querySelectorAll("svg, path, circle")].map((one) => `${one.namespaceURI.slice(-3)} ${one.tagName} ${one.getAttribute("viewBox") ?? one.getAttribute("d") ?? one.getAttribute("r")}`);
        """), ["svg svg 0 0 1 1", "svg path M0 0", "svg circle 1", "svg circle 2"])

    def test_fill_tables_selects_and_text_between_quotes(self):
        self.assertEqual(self.see("""
          render(html`<table><tbody>${[1].map((n) => html`<tr><td data-a='${n}"${n}'>${n}</td></tr>`)}</tbody></table><select>${["a"].map((o) => html`<option value=${o}>${o}</option>`)}</select>`, box);
          return text();
        """), '<table><tbody><tr><td data-a="1&quot;1">1</td></tr></tbody></table><select><option value="a">a</option></select>')

    def test_take_nodes_and_call_back_with_elements_in_their_place(self):
        self.assertEqual(self.see("""
          const node = document.createElement("em");
          const seen = [];
          const view = (v) => html`<p title=${v} ${ref((element) => seen.push(element.isConnected, element.title))}>${node}</p>`;
          render(view("a"), box); render(view("b"), box);
          return [...seen, text(), box.querySelector("em") === node];
        """), [True, "a", '<p title="b"><em></em></p>', True])

    def test_run_nothing_that_comes_as_text(self):
        self.assertEqual(self.see("""
          window.ran = false;
          const evil = "<img src=x onerror='window.ran = true'>";
          render(html`<p title=${evil}>${evil}</p><a href=${"javascript:window.ran = true"}>x</a><a href=${" \\u0001JavaScript:window.ran = true"}>y</a><a href="/runs/${"javascript:1"}">z</a>`, box);
          for (const link of [...box.querySelectorAll("a")].slice(0, 2)) link.click();
          await turn();
          return [window.ran, box.querySelectorAll("img").length, ...[...box.querySelectorAll("a")].map((link) => link.getAttribute("href"))];
        """), [False, 0, None, None, "/runs/javascript:1"])

    def test_refuse_what_is_no_template(self):
        self.assertEqual(self.see("""
          const refused = [];
          const evil = ["<img src=x>"];
          const tries = [
            () => render({strings: evil, values: []}, box) ?? box.textContent,
            () => render(html(Object.assign([...evil], {raw: evil})), box),
            () => render(html`<p onclick=${"x"}></p>`, box),
            () => render(html`<iframe srcdoc=${"x"}></iframe>`, box),
            () => render(html`<p style=${"color: red"}></p>`, box),
            () => render(html`<a${"b"}></a>`, box),
            () => render(html`<textarea>${"x"}</textarea>`, box),
          ];
          for (const one of tries) { try { refused.push(one()); } catch (error) { refused.push(error.name); } }
          return refused;
        """), ["[object Object]", "TypeError", "SyntaxError", "SyntaxError", "TypeError", "SyntaxError", "SyntaxError"])

    def test_let_elements_render_again_when_what_they_read_changes(self):
        self.assertEqual(self.see("""
          const shared = signal(1);
          const said = [];
          class Sample extends Part {
            static props = {label: "none", items: []};
            label;
            view() { return html`<b>${this.label} ${shared.value} ${this.items.length}</b>`; }
            connected() { this.effect(() => { const v = shared.value; return () => said.push(`left ${v}`); }); this.own(() => said.push("owned")); }
            disconnected() { said.push("gone"); }
          }
          const early = document.createElement("cf-sample-part");
          early.label = "early";
          Sample.define("cf-sample-part"); Sample.define("cf-sample-part");
          render(html`<cf-sample-part .label=${"a"} .items=${[1, 2]}></cf-sample-part>${early}`, box);
          const seen = [box.textContent];
          shared.value = 2; await turn(); seen.push(box.textContent);
          box.querySelector("cf-sample-part").label = "b"; await turn(); seen.push(box.textContent);
          render(nothing, box); shared.value = 3; await turn();
          return [...seen, said.slice(0, 4)];
        """), ["a 1 2early 1 0", "a 2 2early 2 0", "b 2 2early 2 0",
               ["left 1", "left 1", "owned", "left 2"]])

    def test_send_events_upwards(self):
        self.assertEqual(self.see("""
          class Emitter extends Part {}
          Emitter.define("cf-emitter-part");
          const heard = [];
          render(html`<div @select=${(event) => { heard.push(event.detail); event.preventDefault(); }}><cf-emitter-part></cf-emitter-part></div>`, box);
          return [box.querySelector("cf-emitter-part").emit("select", {id: 1}), heard];
        """), [False, [{"id": 1}]])


if __name__ == "__main__":
    unittest.main()
