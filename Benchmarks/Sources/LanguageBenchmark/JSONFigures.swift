import FactoryJSON
import Foundation

/// Reading and writing an 800 KB document, beside Foundation.
enum JSONFigures {
    static func print() throws {
        let text = document.serialized()
        let bytes = Array(text.utf8)
        let data = Data(bytes)
        let object = try JSONSerialization.jsonObject(with: data)
        let records = try JSONDecoder().decode([Record].self, from: data)
        let encoder = JSONEncoder()
        Swift.print("JSON, \(bytes.count / 1_000) KB of \(records.count) records")
        try compare("  read, beside JSONSerialization") {
            _ = try JSON(parsing: bytes)
        } with: {
            _ = try JSONSerialization.jsonObject(with: data)
        }
        try compare("  read, beside JSONDecoder into structs") {
            _ = try JSON(parsing: bytes)
        } with: {
            _ = try JSONDecoder().decode([Record].self, from: data)
        }
        try compare("  write, beside JSONSerialization") {
            _ = document.serializedBytes()
        } with: {
            _ = try JSONSerialization.data(withJSONObject: object)
        }
        try compare("  write, beside JSONEncoder from structs") {
            _ = document.serializedBytes()
        } with: {
            _ = try encoder.encode(records)
        }
    }

    private static func compare(_ name: String, _ ours: () throws -> Void, with other: () throws -> Void) throws {
        let (mine, its) = try Timing.medians(rounds: 15, ours, other)
        Swift.print("\(name): \(mine.asTime), Foundation \(its.asTime), \((its / mine).threeDigits) times faster")
    }

    private struct Record: Codable {
        var id: Int
        var name: String
        var isActive: Bool
        var score: Double
        var tags: [String]
        var place: [String: Double]
    }

    private static let document = JSON.array((0..<5_600).map(record))

    private static func record(_ number: Int) -> JSON {
        let place: JSONObject = ["x": .double(Double(number) + 0.5), "y": .double(2.25)]
        let object: JSONObject = [
            "id": .int(Int64(number)), "name": .string("record number \(number) with a “quoted” name"),
            "isActive": .bool(number.isMultiple(of: 3)), "score": .double(Double(number) / 7),
            "tags": .array(["alpha", "beta\n", "gamma"]), "place": .object(place),
        ]
        return .object(object)
    }
}
