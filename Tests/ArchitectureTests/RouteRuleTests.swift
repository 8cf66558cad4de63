import Foundation
import Testing

/// Deny by default is a property of the source: there is no way to write a route down without saying who may use it.
@Suite("The rule of a route") struct RouteRuleTests {
    private func text(_ path: String) throws -> String {
        try String(contentsOf: ArchitectureTests.root.appending(path: "Sources/" + path), encoding: .utf8)
    }

    @Test("has no default, so that a route without one does not compile")
    func required() throws {
        let source = try text("FactoryAPI/Routes/Route.swift")
        #expect(source.contains("_ rule: AccessRule,"))
        #expect(source.contains("public let rule: AccessRule\n"))
        #expect(source.components(separatedBy: "init(").count == 2, "there is one way to make a route")
        for path in ["AccessRule?", "AccessRule ="] { #expect(!source.contains(path)) }
    }

    @Test("is asked before the one place that answers, and answers come from nowhere else")
    func asked() throws {
        var callers: [String] = []
        for file in try ArchitectureTests.files(in: "Sources/FactoryHTTP") {
            for line in file.lines where line.contains("api.answer(") { callers.append(file.path) }
        }
        #expect(callers == ["Sources/FactoryHTTP/Server/Responder.swift"])
        let source = try text("FactoryHTTP/Server/Responder.swift")
        let decided = try #require(source.range(of: "api.authorise(admission.route.rule"))
        let answered = try #require(source.range(of: "api.answer("))
        #expect(decided.lowerBound < answered.lowerBound)
    }

    @Test("is decided in one function")
    func decided() throws {
        var callers: [String] = []
        for file in try ArchitectureTests.files(in: "Sources") {
            for line in file.lines where line.contains("Authorisation.decide(") { callers.append(file.path) }
        }
        #expect(callers == ["Sources/FactoryHTTP/Guards/API+Authorise.swift"])
    }
}
