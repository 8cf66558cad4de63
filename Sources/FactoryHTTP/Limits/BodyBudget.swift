import FactoryAPI
import Synchronization

/// The memory that the bodies of all requests that are being answered may take together.
final class BodyBudget: Sendable {
    private let rest: Mutex<Int>

    /// A budget of so many bytes.
    init(bytes: Int) { rest = Mutex(bytes) }

    /// Takes a part, or nothing: false when there is not so much left.
    fileprivate func take(_ bytes: Int) -> Bool {
        rest.withLock { rest in
            guard bytes <= rest else { return false }
            rest -= bytes
            return true
        }
    }

    fileprivate func give(_ bytes: Int) { rest.withLock { $0 += bytes } }
}

/// What the body of one request has taken of the budget; given back with it.
final class BodyShare {
    private let budget: BodyBudget
    private var taken = 0

    /// Nothing yet.
    init(of budget: BodyBudget) { self.budget = budget }

    /// Makes room for a body of so many bytes.
    /// - Throws: `overloaded` where too much is under way.
    func reserve(_ bytes: Int) throws(APIProblem) {
        guard bytes > taken else { return }
        guard budget.take(bytes - taken) else {
            throw APIProblem(
                .overloaded, "the bodies of other requests take up the memory that there is for them",
                hint: "send it again in a moment", headers: [(name: "Retry-After", value: "1")])
        }
        taken = bytes
    }

    deinit { budget.give(taken) }
}
