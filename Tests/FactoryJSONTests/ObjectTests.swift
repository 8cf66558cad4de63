import FactoryJSON
import Testing

@Suite("A JSON object")
struct ObjectTests {
    @Test("keeps places when a key is set again, and order when one is removed", arguments: [3, 12, 13, 40])
    func places(count: Int) {
        var object = JSONObject((0..<count).map { ("k\($0)", JSON.int(Int64($0))) })
        object["k1"] = "new"
        #expect(object.keys == (0..<count).map { "k\($0)" })
        #expect(object["k1"] == "new")
        object["k0"] = nil
        #expect(object.count == count - 1)
        #expect(object["k0"] == nil)
        #expect(object["k\(count - 1)"] == (count - 1 == 1 ? "new" : .int(Int64(count - 1))))
        object["k0"] = 0
        #expect(object.keys.last == "k0")
    }

    @Test("equals another whatever the order of its keys, and hashes alike")
    func equality() {
        let left: JSON = ["a": 1, "b": [2]]
        let right: JSON = ["b": [2], "a": 1]
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left != ["a": 1, "b": [3]])
        #expect(left != ["a": 1])
    }

    @Test("tells integers from other numbers, and text by its code points")
    func strictness() {
        #expect(JSON.int(1) != JSON.double(1))
        #expect(JSON.string("\u{E9}") != JSON.string("e\u{301}"))
        let many = JSONObject((0..<20).map { ("k\($0)", JSON.null) } + [("\u{E9}", 1), ("e\u{301}", 2)])
        #expect(many.count == 22)
        #expect(many["e\u{301}"] == 2)
    }
}
