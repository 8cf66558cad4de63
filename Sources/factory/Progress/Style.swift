import FactoryDomain

/// Colours of the terminal display. Status is never told by colour alone: each has a sign of its own.
struct Style {
    /// A stretch of text of one look.
    enum Piece {
        case plain(String)
        case strong(String)
        case faint(String)
        case status(StepStatus)
    }

    let isColoured: Bool

    /// `pieces` as one line of at most `width` characters.
    func cut(_ pieces: [Piece], to width: Int) -> String {
        var room = width
        var line = ""
        for piece in pieces where room > 0 {
            let (text, code) = look(of: piece)
            let shown = String(text.prefix(room))
            room -= shown.count
            line += isColoured && !code.isEmpty ? "\u{1B}[\(code)m\(shown)\u{1B}[0m" : shown
        }
        return line
    }

    private func look(of piece: Piece) -> (text: String, code: String) {
        switch piece {
        case .plain(let text): (text, "")
        case .strong(let text): (text, "1")
        case .faint(let text): (text, "2")
        case .status(let status): look(of: status)
        }
    }

    private func look(of status: StepStatus) -> (text: String, code: String) {
        switch status {
        case .queued: ("·", "2")
        case .running: ("●", "36")
        case .waiting: ("◌", "33")
        case .succeeded: ("✓", "32")
        case .failed: ("✗", "31")
        case .cancelled: ("■", "33")
        case .skipped: ("–", "2")
        }
    }
}
