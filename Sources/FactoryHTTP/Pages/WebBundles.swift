/// The modules of the pages put together, so that a page needs few files.
///
/// Each file costs a browser some milliseconds, however short it is: a page of sixty modules stands half a second after
/// all of its bytes are there. Modules that are needed by the same pages are sent as one file, a bundle: first all that
/// `main` imports or many need, then for each set of modules that are asked for later what only these import. What stands
/// alone in that stays a file.
///
/// In a bundle each module is a block with the names of the others as constants in it, after all that it imports; those
/// that import each other share one block. A module's own address goes on to give its names, so that every module exists
/// once whoever asks for it, and the files in the sources stay plain modules that run as they are.
struct WebBundles {
    /// All files by name, the bundles among them.
    private(set) var files: [String: [UInt8]]
    /// The file that starts the pages.
    private(set) var entry: String

    /// Where bundles are.
    private static let folder = "Web/together"

    private var modules: [String: WebModule] = [:]
    private let graph: WebGraph
    /// The bundle of each module that is in one.
    private var bundles: [String: String] = [:]
    /// What modules are called in bundles.
    private var variables: [String: String] = [:]

    /// `files` with those modules put together that the module `main` reaches.
    init(_ files: [String: [UInt8]], main: String) {
        self.files = files
        for (name, bytes) in files where name.hasSuffix(".js") { modules[name] = WebModule(name, bytes) }
        graph = WebGraph(modules)
        entry = main
        for (number, name) in modules.keys.sorted().enumerated() { variables[name] = "m\(number)" }
        let made = graph.bundles(main).enumerated().map { (file: "\(Self.folder)/\($0).js", modules: $1) }
        for bundle in made {
            for module in bundle.modules.joined() { bundles[module] = bundle.file }
        }
        entry = bundles[main] ?? main
        for bundle in made { self.files[bundle.file] = text(of: bundle.modules, bundle.file) }
        for module in modules.values {
            self.files[module.name] = bundles[module.name] == nil ? alone(module) : stub(module)
        }
    }

    /// The files that a module and all it imports are in, its own first; that of the entry only where it is its own.
    func neededFiles(of name: String) -> [String] {
        var files = [bundles[name] ?? name]
        for module in graph.closure(of: name).sorted() {
            let file = bundles[module] ?? module
            if file != entry, !files.contains(file) { files.append(file) }
        }
        return files
    }

    /// A bundle of these modules, those that import each other together, what is imported before who imports it.
    private func text(of bundle: [[String]], _ file: String) -> [UInt8] {
        let groups = bundle.map { $0.compactMap { modules[$0] } }
        let inside = Set(bundle.joined())
        let imported = groups.joined().flatMap(\.imports).map(\.target)
        var text = heads(of: Set(imported).subtracting(inside), in: file)
        for group in groups {
            let names = Set(group.map(\.name))
            let taken = group.flatMap(\.imports).filter { !names.contains($0.target) && !$0.isPassedOn }
            text += bytes("let \(group.map { variable($0.name) }.joined(separator: ", "));\n{\n")
            text += bytes(Set(taken.flatMap(constants)).sorted().joined())
            for module in group {
                text += bytes("// \(module.name)\n") + code(of: module, in: file)
            }
            for module in group { text += bytes("\n\(variable(module.name)) = {\(members(of: module))};") }
            text += bytes("\n}\n")
        }
        return text + bytes("export {\(inside.sorted().map(variable).joined(separator: ", "))};\n")
    }

    /// A module that is in no bundle.
    private func alone(_ module: WebModule) -> [UInt8] {
        let targets = module.imports.map(\.target)
        guard targets.contains(where: { bundles[$0] != nil }) || !module.deferred.isEmpty else {
            return files[module.name] ?? []
        }
        let constants = module.imports.filter { !$0.isPassedOn }.flatMap(constants)
        let given = module.exports.map { $0.ours == $0.theirs ? $0.ours : "\($0.ours) as \($0.theirs)" }
        let passed = module.imports.filter(\.isPassedOn).flatMap { one in
            one.names.map { "export const \($0.ours) = \(variable(one.target)).\($0.theirs);\n" }
        }
        return heads(of: Set(targets), in: module.name) + bytes(constants.joined()) + code(of: module, in: module.name)
            + bytes("\n\(passed.joined())export {\(given.joined(separator: ", "))};\n")
    }

    /// What stands at the address of a module that is in a bundle.
    private func stub(_ module: WebModule) -> [UInt8] {
        let names = module.offered.joined(separator: ", ")
        return heads(of: [module.name], in: module.name)
            + bytes("export const {\(names)} = \(variable(module.name));\n")
    }

    /// Imports of whole modules.
    private func heads(of targets: Set<String>, in file: String) -> [UInt8] {
        var taken: [String: [String]] = [:]
        var lines: [String] = []
        for target in targets.sorted() {
            if let bundle = bundles[target] {
                taken[bundle, default: []].append(variable(target))
            } else {
                lines.append("import * as \(variable(target)) from \"\(path(to: target, from: file))\";\n")
            }
        }
        for (bundle, variables) in taken.sorted(by: { $0.key < $1.key }) {
            let names = variables.joined(separator: ", ")
            lines.append("import {\(names)} from \"\(path(to: bundle, from: file))\";\n")
        }
        return bytes(lines.joined())
    }

    /// The names that an import brings in.
    private func constants(_ taken: WebModule.Import) -> [String] {
        taken.names.map { "const \($0.ours) = \(variable(taken.target)).\($0.theirs);\n" }
    }

    private func members(of module: WebModule) -> String {
        let own = module.exports.map { $0.ours == $0.theirs ? $0.ours : "\($0.theirs): \($0.ours)" }
        let passed = module.imports.filter(\.isPassedOn).flatMap { one in
            one.names.map { "\($0.ours): \(variable(one.target)).\($0.theirs)" }
        }
        return (own + passed).joined(separator: ", ")
    }

    private func code(of module: WebModule, in file: String) -> [UInt8] {
        module.code.flatMap { piece -> [UInt8] in
            switch piece {
            case .text(let text): return Array(text)
            case .address:
                return bytes("new URL(\"\(path(to: module.name, from: file))\", import.meta.url).href")
            case .deferredImport(let target):
                // All that it needs is asked for at once, not one after the other as a browser finds it.
                let asked = neededFiles(of: target).map { "import(\"\(path(to: $0, from: file))\")" }.joined(
                    separator: ", ")
                let found = bundles[target] == nil ? "all" : "all.\(variable(target))"
                return bytes("Promise.all([\(asked)]).then(([all]) => \(found))")
            }
        }
    }

    private func variable(_ name: String) -> String { variables[name] ?? "undefined" }

    private func path(to target: String, from file: String) -> String {
        String(repeating: "../", count: file.split(separator: "/").count - 1) + target
    }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}
