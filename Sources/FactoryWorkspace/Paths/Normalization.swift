@_spi(_Unicode) import Swift

/// Unicode normalisation form C.
enum Normalization {
    /// True when `text` is in form C. ASCII, the usual case, is decided without tables.
    static func isNormal(_ text: String) -> Bool {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return true }
        // The standard library has the tables; Foundation, which offers them too, would triple the start-up.
        return text._nfc.elementsEqual(text.unicodeScalars)
    }
}
