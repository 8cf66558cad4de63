import FactoryJSON
import FactoryLLM
import Testing

@Suite("A price table") struct PriceTableTests {
    private let table = PriceTable(json: [
        "cloud/big": ["input": 2, "cached_input": 0.5, "output": 8.0], "any": ["input": 0, "output": 0],
        "bad": ["input": -1, "output": 1], "worse": ["input": "1"], "worst": 3,
    ])

    @Test("counts cached input at its own price")
    func cost() throws {
        let usage = TokenUsage(input: 1_000_000, output: 500_000, cached: 400_000)
        let cost = try #require(table.cost(of: usage, model: "big", at: "cloud"))
        #expect(abs(cost - (0.6 * 2 + 0.4 * 0.5 + 0.5 * 8)) < 1e-9)
    }

    @Test("knows a price of nothing from no known price")
    func unknown() {
        let usage = TokenUsage(input: 10, output: 10)
        #expect(table.cost(of: usage, model: "any", at: "local") == 0)
        for model in ["big", "bad", "worse", "worst"] {
            #expect(table.cost(of: usage, model: model, at: "local") == nil)
        }
        #expect(table.cost(of: nil, model: "any", at: "local") == nil)
    }
}
