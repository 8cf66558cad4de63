import FactoryLLM
import Testing

@Suite("A price") struct ModelPriceTests {
    @Test("counts cached input at its own, and of unknown counts says nothing")
    func cost() throws {
        let price = ModelPrice(input: 2, cachedInput: 0.5, output: 8)
        let usage = TokenUsage(input: 1_000_000, output: 500_000, cached: 400_000)
        let cost = try #require(price.cost(of: usage))
        #expect(abs(cost - (0.6 * 2 + 0.4 * 0.5 + 0.5 * 8)) < 1e-9)
        #expect(price.cost(of: nil) == nil)
        #expect(ModelPrice(input: 0, output: 0).cost(of: usage) == 0)
    }
}
