extension JSONParser {
    /// Powers of ten that a double holds exactly; with a mantissa below 2^53 one multiplication or division is then
    /// correctly rounded (Clinger, *How to Read Floating Point Numbers Accurately*, 1990).
    private static let exactPowersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// Parses the number that begins at the current position.
    mutating func parseNumber() throws(JSONError) -> JSON {
        let start = position
        let isNegative = skip(UInt8(ascii: "-"))
        var mantissa: UInt64 = 0
        var isExact = true
        let integerStart = position
        readDigits(into: &mantissa, &isExact)
        guard position > integerStart else {
            throw failure("a minus sign has no digit after it", at: start)
        }
        if text[integerStart] == UInt8(ascii: "0"), position > integerStart + 1 {
            throw failure("a number begins with a superfluous 0", at: start)
        }
        var exponent = 0
        var isInteger = true
        if skip(UInt8(ascii: ".")) {
            isInteger = false
            let fractionStart = position
            readDigits(into: &mantissa, &isExact)
            guard position > fractionStart else {
                throw failure("a decimal point has no digit after it", at: start)
            }
            exponent = fractionStart - position
        }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            isInteger = false
            exponent += try parseExponent(of: start)
        }
        if isInteger, isExact {
            if !isNegative, let value = Int64(exactly: mantissa) { return .int(value) }
            if isNegative, mantissa <= 1 << 63 { return .int(Int64(truncatingIfNeeded: 0 &- mantissa)) }
        }
        if isExact, mantissa < 1 << 53, (-22...22).contains(exponent) {
            let power = Self.exactPowersOfTen[abs(exponent)]
            let value = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
            return .double(isNegative ? -value : value)
        }
        return .double(try readDouble(from: start))
    }

    @inline(__always)
    private mutating func readDigits(into mantissa: inout UInt64, _ isExact: inout Bool) {
        while position < text.count {
            let digit = text[position] &- UInt8(ascii: "0")
            guard digit < 10 else { return }
            let (product, overflow) = mantissa.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            if overflow || carry { isExact = false }
            mantissa = sum
            position += 1
        }
    }

    private mutating func parseExponent(of start: Int) throws(JSONError) -> Int {
        let isNegative = skip(UInt8(ascii: "-"))
        if !isNegative { _ = skip(UInt8(ascii: "+")) }
        let digitsStart = position
        var value = 0
        while position < text.count, text[position] &- UInt8(ascii: "0") < 10 {
            value = min(value * 10 + Int(text[position] - UInt8(ascii: "0")), 1_000_000)
            position += 1
        }
        guard position > digitsStart else { throw failure("an exponent has no digit", at: start) }
        return isNegative ? -value : value
    }

    private func readDouble(from start: Int) throws(JSONError) -> Double {
        let digits = String(
            decoding: UnsafeBufferPointer(rebasing: text[start..<position]), as: UTF8.self)
        guard let value = Double(digits), value.isFinite else {
            throw failure("a number is beyond the range of a double (about 1.8e308)", at: start)
        }
        return value
    }
}
