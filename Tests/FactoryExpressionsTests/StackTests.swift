import FactoryExpressions
import FactoryJSON
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("A thread with a stack of 512 KiB")
struct StackTests {
    private static let depth = 63

    /// Frames of a debug build are some five times as large.
    private static var stackSize: Int {
        #if DEBUG
            4 << 20
        #else
            512 << 10
        #endif
    }

    private static func nested(_ open: String, _ inner: String, _ close: String) -> String {
        String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
    }

    @Test("is enough for expressions as deep as allowed")
    func expressions() throws {
        let sources = [
            Self.nested("(", "1", ")"), Self.nested("[", "1", "]"), Self.nested("{'a': ", "1", "}"),
            Self.nested("-(1 + 2 * ", "1", ")"),
            Self.nested("(false || true && 0 < 1 + 2 * -", "1", " ? 1 : 0)"),
            Self.nested("(true && false || true ? ", "1", " : 2)"),
            Self.nested("[1].map(x, ", "1", ")"), Self.nested("{'a': 1}.transformMap(k, v, ", "1", ")"),
            Self.nested("math.greatest(1, ", "1", ")"),
            Self.nested("[1].sortBy(x, ", "1", ")[0] + [1].filter(x, true)[0]"),
            Self.nested("default(inputs.none, ", "1", ")"), Self.nested("optional.none().or(optional.of(", "1", "))"),
        ]
        let outcome = try onSmallStack {
            for source in sources {
                do throws(ExpressionError) {
                    _ = try Expression(parsing: source).json(in: .sample)
                } catch {
                    guard error.code == .overflow || error.code == .tooDeep else { return error.description }
                }
            }
            return "done"
        }
        #expect(outcome == "done")
    }

    @Test("is enough for templates and values as deep as allowed")
    func templates() throws {
        let list = String(repeating: "[", count: 62) + "1" + String(repeating: "]", count: 62)
        let source = Self.nested("{% if true %}{% for x in [1] %}", "{{ yaml(\(list)) }}", "{% endfor %}{% endif %}")
        let half =
            String(repeating: "{% if true %}", count: 62) + "{{ yaml(\(list)) }}{{ \(list) == \(list) }}"
            + String(repeating: "{% endif %}", count: 62)
        let outcome = try onSmallStack {
            do throws(ExpressionError) {
                return try Template(parsing: half).render(in: .sample).stringValue?.suffix(4).description ?? ""
            } catch {
                return error.description
            }
        }
        #expect(outcome == "true")
        #expect(throws: ExpressionError.self) { try Template(parsing: source) }
    }

    @Test("is enough for JSON as deep as allowed")
    func json() throws {
        let text = Self.nested("{\"a\":[", "1", "]}").replacing("{\"a\":[", with: "[").replacing("]}", with: "]")
        let outcome = try onSmallStack {
            do throws(JSONError) { return try JSON(parsing: text).serialized() } catch { return error.description }
        }
        #expect(outcome == text)
    }

    /// What `body` gives on a thread with a small stack.
    private func onSmallStack(_ body: @escaping @Sendable () -> String) throws -> String {
        final class Work {
            let body: @Sendable () -> String
            var outcome = ""
            init(_ body: @escaping @Sendable () -> String) { self.body = body }
        }
        let work = Unmanaged.passRetained(Work(body))
        defer { work.release() }
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        try #require(pthread_attr_setstacksize(&attributes, Self.stackSize) == 0)
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                #if canImport(Darwin)
                    let work = Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue()
                #else
                    guard let argument else { return nil }
                    let work = Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue()
                #endif
                work.outcome = work.body()
                return nil
            }, work.toOpaque())
        try #require(status == 0)
        #if canImport(Darwin)
            if let thread { pthread_join(thread, nil) }
        #else
            pthread_join(thread, nil)
        #endif
        return work.takeUnretainedValue().outcome
    }
}
