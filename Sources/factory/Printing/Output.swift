import Glibc

/// Where text goes: data to standard output, everything else to standard error.
enum Output {
    /// Prints a line of data: as it is for a file or another program, made safe for a terminal.
    static func data(_ text: String) {
        write((isatty(STDOUT_FILENO) == 1 ? TerminalText.safe(text) : text) + "\n", to: STDOUT_FILENO)
    }

    /// Writes data as it is.
    static func bytes(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    /// Prints a line for the person at the terminal.
    static func note(_ text: String) { write(TerminalText.safe(text) + "\n", to: STDERR_FILENO) }

    /// Prints text for the person at the terminal as it is.
    static func raw(_ text: String) { write(text, to: STDERR_FILENO) }

    /// True when standard error is a terminal that can be redrawn.
    static var isLive: Bool {
        guard isatty(STDERR_FILENO) == 1, let terminal = getenv("TERM") else { return false }
        return String(cString: terminal) != "dumb"
    }

    /// True when standard error takes colours.
    static var takesColour: Bool { isLive && getenv("NO_COLOR") == nil }

    /// Size of the terminal; 80 columns and 24 rows where it cannot be told.
    static var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    private static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    private static func write(_ whole: [UInt8], to descriptor: Int32) {
        var bytes = whole[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // The reader is gone: there is nobody left to tell.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
