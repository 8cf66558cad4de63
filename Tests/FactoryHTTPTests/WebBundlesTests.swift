import Testing

@testable import FactoryHTTP

@Suite("Modules that are put together") struct WebBundlesTests {
    private func made(_ sources: [String: String]) -> WebBundles {
        WebBundles(sources.mapValues { Array($0.utf8) }, main: "Web/main.js")
    }

    private func text(_ bundles: WebBundles, _ name: String) -> String {
        String(decoding: bundles.files[name] ?? [], as: UTF8.self)
    }

    @Test("stand in one file after what they import, with the names of the others")
    func order() {
        let bundles = made([
            "Web/main.js": "import {\n  b as other,\n} from \"./b.js\";\nother();\n",
            "Web/b.js": "import {a} from \"./a.js\";\nexport function b() { return a; }\n",
            "Web/a.js": "export const a = 1;\n",
        ])
        #expect(bundles.entry == "Web/together/0.js")
        #expect(
            text(bundles, bundles.entry) == """
                let m0;
                {
                // Web/a.js
                const a = 1;

                m0 = {a};
                }
                let m1;
                {
                const a = m0.a;
                // Web/b.js
                function b() { return a; }

                m1 = {b};
                }
                let m2;
                {
                const other = m1.b;
                // Web/main.js
                other();

                m2 = {};
                }
                export {m0, m1, m2};

                """)
        #expect(
            text(bundles, "Web/a.js") == "import {m0} from \"../Web/together/0.js\";\nexport const {a} = m0;\n")
    }

    @Test("share a block where they import each other")
    func cycles() {
        let bundles = made([
            "Web/main.js": "import {even} from \"./even.js\";\neven(4);\n",
            "Web/even.js":
                "import {odd} from \"./odd.js\";\nexport function even(n) { return n === 0 || odd(n - 1); }\n",
            "Web/odd.js":
                "import {even} from \"./even.js\";\nexport function odd(n) { return n !== 0 && even(n - 1); }\n",
        ])
        let file = text(bundles, bundles.entry)
        #expect(
            file.contains("let m2, m0;\n{\n// Web/odd.js") || file.contains("let m0, m2;\n{\n// Web/even.js"), "\(file)"
        )
        #expect(!file.contains("const odd"))
    }

    @Test("are apart where they are asked for later, and all that is needed then is asked for at once")
    func deferred() {
        let bundles = made([
            "Web/main.js": "import \"./frame.js\";\nconst page = () => import(\"./pages/one.js\");\n",
            "Web/frame.js": "export class Frame {}\n",
            "Web/pages/one.js":
                "import {Frame} from \"../frame.js\";\nimport {part} from \"./part.js\";\npart(Frame);\n",
            "Web/pages/part.js": "export async function part() {}\n",
            "Web/pages/two.js": "import {part} from \"./part.js\";\nexport const two = () => import(\"./one.js\");\n",
        ])
        let main = text(bundles, bundles.entry)
        #expect(
            main.contains(
                "Promise.all([import(\"../../Web/together/1.js\")]).then(([all]) => all.m2)"), "\(main)")
        #expect(text(bundles, "Web/together/1.js").hasPrefix("import {m0} from \"../../Web/together/0.js\";\n"))
        #expect(bundles.neededFiles(of: "Web/pages/one.js") == ["Web/together/1.js"])
    }

    @Test("are found in the first file too, where something in it asks for them later")
    func deferredInTheFirstFile() {
        let bundles = made([
            "Web/main.js": "import {a} from \"./a.js\";\na();\nexport const later = () => import(\"./a.js\");\n",
            "Web/a.js": "export const a = () => 1;\n",
        ])
        let file = text(bundles, bundles.entry)
        #expect(
            file.contains("Promise.all([import(\"../../Web/together/0.js\")]).then(([all]) => all.m0)"), "\(file)")
    }

    @Test("pass on what they take from others, by both names")
    func passedOn() {
        let bundles = made([
            "Web/main.js": "import {c, d} from \"./all.js\";\nc(d);\n",
            "Web/all.js": "export {c} from \"./c.js\";\nconst local = 2;\nexport {local as d};\n",
            "Web/c.js": "export const c = 1;\n",
        ])
        #expect(text(bundles, bundles.entry).contains("m0 = {d: local, c: m1.c};"))
        #expect(text(bundles, "Web/all.js").hasSuffix("export const {d, c} = m0;\n"))
    }

    @Test("know their own address")
    func address() {
        let bundles = made([
            "Web/main.js": "import {a} from \"./app/a.js\";\na();\n",
            "Web/app/a.js": "export const a = () => import.meta.url;\n",
        ])
        #expect(
            text(bundles, bundles.entry).contains("=> new URL(\"../../Web/app/a.js\", import.meta.url).href;"))
    }

    @Test("ask for nothing that comments name")
    func comments() throws {
        let module = try #require(
            WebModule(
                "Web/a.js",
                Array(
                    """
                    /** @typedef {import("./b.js").Type} Type @type {typeof import("./c.js")} */
                    // an import or export of things
                    export const a = (await import("./d.js")).d;
                    """.utf8)))
        #expect(module.deferred == ["Web/d.js"])
        #expect(module.imports.isEmpty)
        #expect(module.offered == ["a"])
    }

    @Test(
        "are left alone where they are written in a way that is not known",
        arguments: [
            "export default 1;\n", "export let a = 1;\n", "import * as b from \"./b.js\";\n",
            "import b from \"./b.js\";\n",
        ])
    func unknown(_ source: String) {
        let bundles = made([
            "Web/main.js": "import \"./a.js\";\n", "Web/a.js": source, "Web/b.js": "export const b = 1;\n",
        ])
        #expect(text(bundles, "Web/a.js") == source)
        #expect(bundles.entry == "Web/main.js")
    }

    @Test("are all written in the known way, and name modules that are there")
    func all() throws {
        let files = Dictionary(uniqueKeysWithValues: WebFiles.embedded().map { ($0.name, $0.bytes) })
        for (name, bytes) in files where name.hasSuffix(".js") {
            let module = WebModule(name, bytes)
            #expect((module == nil) == false, "\(name)")
            guard let module else { continue }
            for target in module.imports.map(\.target) + module.deferred {
                #expect(files[target] != nil, "\(name) imports \(target)")
            }
        }
    }
}
