#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The two calls whose names collide with methods wherever they are used.
enum SystemCall {
    static func readOnce(_ file: Int32, into bytes: inout [UInt8]) -> Int { read(file, &bytes, bytes.count) }

    static func writeOnce(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        write(file, bytes.baseAddress, bytes.count)
    }
}
