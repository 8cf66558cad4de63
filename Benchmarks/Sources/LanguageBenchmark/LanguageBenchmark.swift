/// Measures what people wait for while they write: JSON, expressions, templates, the check of a document.
///
/// Each figure is the median of several rounds; where there is something to compare with, both take turns.
@main
struct LanguageBenchmark {
    static func main() throws {
        print("load \(Timing.load.threeDigits), medians")
        try JSONFigures.print()
        try ExpressionFigures.print()
        try DocumentFigures.print()
        print("processor seconds \(Timing.processorSeconds.threeDigits), load \(Timing.load.threeDigits)")
    }
}
