import FactoryJSON
import Testing

@testable import FactorySteps

@Suite("The op pick") struct PickTests {
    static let value: JSON = [
        "user": ["name": "Ann", "age": 3], "files": [["path": "a", "size": 1], ["path": "b", "size": 2]], "a.b": 1,
        "7": 2,
    ]

    @Test(
        "keeps paths and the shape around them",
        arguments: [
            (["a.b"], nil), (["user.name"], #"{"user":{"name":"Ann"}}"#), ([#"["a.b"]"#], #"{"a.b":1}"#),
            (["files[1].path", "files.0.size"], #"{"files":[{"size":1},{"path":"b"}]}"#), (["7"], #"{"7":2}"#),
            (["user", "user.name"], #"{"user":{"name":"Ann","age":3}}"#), (["files[2]"], nil), (["user.name.x"], nil),
        ] as [([String], String?)])
    func picks(_ paths: [String], expected: String?) throws {
        let pick = try PickPaths(.array(paths.map(JSON.string)))
        guard let expected else {
            #expect(throws: OpFailure.self) { try pick.pick(from: Self.value) }
            return
        }
        #expect(try pick.pick(from: Self.value) == JSON(parsing: expected))
    }

    @Test("takes a list of objects and names the element that lacks a path")
    func lists() throws {
        let pick = try PickPaths(["a"])
        #expect(try pick.pick(from: [["a": 1, "b": 2], ["a": 3]]) == [["a": 1], ["a": 3]])
        let error = try #require(throws: OpFailure.self) { try pick.pick(from: [["a": 1], ["b": 2]]) }
        #expect(error.message == "there is no \"a\" in element 1")
        #expect(error.hint == "there is b")
        #expect(throws: OpFailure.self) { try pick.pick(from: [["a": 1], 2]) }
        #expect(throws: OpFailure.self) { try pick.pick(from: 2) }
    }

    @Test("refuses what is no path", arguments: ["", ".a", "a.", "a..b", "a[", "a[x]", "a[-1]", "a[0]b"])
    func syntax(_ path: String) { #expect(throws: OpFailure.self) { try PickPaths([.string(path)]) } }
}
