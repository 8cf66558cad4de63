/// Which modules of the pages need which.
struct WebGraph {
    private let modules: [String: WebModule]
    /// Modules that import each other, each after those that it imports.
    private var units: [[String]] = []

    // While it is read, as Tarjan's algorithm has it.
    private var indexes: [String: Int] = [:]
    private var lowest: [String: Int] = [:]
    private var stack: [String] = []

    init(_ modules: [String: WebModule]) {
        self.modules = modules
        for name in modules.keys.sorted() where indexes[name] == nil { visit(name) }
    }

    /// So many pages need a module that it comes before any of them is asked for.
    private static let many = 5

    /// Sets of modules that the same starting points need, `main` and what is asked for later, of two modules or more;
    /// first those that `main` imports or many need, and those before others that need them. Each is in the order of
    /// ``units``.
    func bundles(_ main: String) -> [[[String]]] {
        var users: [String: [Int]] = [:]
        let frame = closure(of: main)
        let deferred = Set(modules.values.flatMap(\.deferred)).subtracting(frame).sorted()
        for (number, start) in deferred.enumerated() {
            for name in closure(of: start) { users[name, default: []].append(number + 1) }
        }
        for (name, numbers) in users where numbers.count >= Self.many { users[name] = [0] }
        for name in frame { users[name] = [0] }
        var bundles: [[Int]: [[String]]] = [:]
        for unit in units {
            guard let first = unit.first, let users = users[first] else { continue }
            bundles[users, default: []].append(unit)
        }
        return bundles.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
            .filter { $0.joined().count > 1 }
    }

    /// A module with all that it imports, and these import.
    func closure(of name: String) -> Set<String> {
        var found: Set<String> = []
        var open = [name]
        while let next = open.popLast() {
            guard modules[next] != nil, found.insert(next).inserted else { continue }
            open += modules[next]?.imports.map(\.target) ?? []
        }
        return found
    }

    private mutating func visit(_ name: String) {
        let index = indexes.count
        (indexes[name], lowest[name]) = (index, index)
        stack.append(name)
        for target in modules[name]?.imports.map(\.target) ?? [] where modules[target] != nil {
            if indexes[target] == nil {
                visit(target)
                lowest[name] = min(lowest[name] ?? index, lowest[target] ?? index)
            } else if stack.contains(target) {
                lowest[name] = min(lowest[name] ?? index, indexes[target] ?? index)
            }
        }
        guard lowest[name] == index, let start = stack.firstIndex(of: name) else { return }
        units.append(Array(stack[start...].reversed()))
        stack.removeSubrange(start...)
    }
}
