import FactoryDomain
import FactoryExpressions
import FactoryJSON
import FactoryStore

/// What `trigger` means for a call: `kind`, `id`, `event`, `headers`, `body`.
struct WebhookValue: Sendable {
    /// Why a call comes to no run although it proved where it comes from.
    enum Outcome: Error {
        case skipped(String)
        case failed(String)
        case store(StoreError)
    }

    let json: JSON

    /// - Throws: where the body cannot be read.
    init(_ delivery: DeliveryRecord) throws(Outcome) {
        guard let body = delivery.body else { throw .failed("the body is not kept, or is not UTF-8 text") }
        let value: JSON
        if Self.isForm(delivery.headers), body.utf8.starts(with: "payload=".utf8) {
            guard let payload = Self.payload(ofForm: body) else { throw .failed("the form's payload cannot be read") }
            value = try Self.json(payload)
        } else {
            value = body.isEmpty ? .null : try Self.json(body)
        }
        json = [
            "kind": "webhook", "id": .string(delivery.occasion), "event": delivery.event.map(JSON.string) ?? .null,
            "headers": delivery.headers ?? [:], "body": value,
        ]
    }

    /// The inputs of the run that the call starts.
    func inputs(by settings: WebhookSettings, at now: Timestamp) throws(Outcome) -> JSONObject {
        var scope = Scope()
        scope["trigger"] = json
        scope.now = Moment(seconds: now.milliseconds / 1_000, nanoseconds: Int32(now.milliseconds % 1_000) * 1_000_000)
        if let filter = settings.filter {
            let isWanted: Bool
            do throws(ExpressionError) { isWanted = try filter.bool(in: scope) } catch {
                throw .failed("if: \(error.message) (column \(error.position.column))")
            }
            guard isWanted else { throw .skipped("the filter does not let it pass") }
        }
        var inputs: JSONObject = [:]
        for input in settings.inputs {
            do throws(ExpressionError) { inputs[input.name] = try input.expression.json(in: scope) } catch {
                throw .failed("inputs.\(input.name): \(error.message) (column \(error.position.column))")
            }
        }
        return inputs
    }

    private static func json(_ text: String) throws(Outcome) -> JSON {
        do throws(JSONError) {
            return try JSON(parsing: Array(text.utf8), limits: JSONLimits(depth: 64, bytes: 4 << 20, keys: 100_000))
        } catch { throw .failed("the body is not JSON that is taken: \(error)") }
    }

    private static func isForm(_ headers: JSON?) -> Bool {
        headers?["content-type"]?.stringValue?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false
    }

    private static func payload(ofForm body: String) -> String? {
        var bytes: [UInt8] = []
        var rest = body.utf8.dropFirst("payload=".utf8.count).prefix { $0 != UInt8(ascii: "&") }
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = rest.prefix(2)
                guard digits.count == 2, let decoded = Hex.bytes(of: String(decoding: digits, as: UTF8.self)) else {
                    return nil
                }
                bytes += decoded
                rest = rest.dropFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
