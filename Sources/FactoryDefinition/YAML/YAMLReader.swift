import CYAML
import FactoryJSON

/// Reads YAML into a ``Node`` tree through libyaml's events, with our own rules for scalars.
///
/// libyaml's marks count characters, ours count bytes: ``CharacterOffsets`` translates. Anchors, aliases, tags, merge
/// keys and further documents are problems, not errors that stop the reading, so that all of them are reported at once.
struct YAMLReader: ~Copyable {
    private var parser = yaml_parser_t()
    private let source: SourceText
    private let limits: NodeLimits
    private let offsets: CharacterOffsets
    private var problems: [NodeProblem] = []
    private var nodes = 0

    /// What stops the reading: everything behind it is unknown.
    private enum Stop: Error { case reported }

    /// Reads `source`, which is UTF-8 without a byte order mark.
    static func read(_ source: SourceText, limits: NodeLimits) -> NodeReading {
        if let problem = unreadableCharacter(in: source) { return NodeReading(root: nil, problems: [problem]) }
        return source.bytes.withUnsafeBufferPointer { buffer in
            var reader = YAMLReader(source: source, limits: limits)
            guard yaml_parser_initialize(&reader.parser) == 1 else {
                return NodeReading(
                    root: nil,
                    problems: [NodeProblem(code: .limit, message: "there is no memory to read the text", offset: 0)])
            }
            defer { yaml_parser_delete(&reader.parser) }
            yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING)
            yaml_parser_set_input_string(&reader.parser, buffer.baseAddress, buffer.count)
            return reader.readStream()
        }
    }

    private init(source: SourceText, limits: NodeLimits) {
        self.source = source
        self.limits = limits
        offsets = CharacterOffsets(source.bytes)
    }

    private mutating func readStream() -> NodeReading {
        do {
            let root = try readDocuments()
            return NodeReading(root: root, problems: problems)
        } catch {
            return NodeReading(root: nil, problems: problems)
        }
    }

    private mutating func readDocuments() throws(Stop) -> Node {
        var root: Node?
        while true {
            var event = try next()
            defer { yaml_event_delete(&event) }
            switch event.type {
            case YAML_STREAM_END_EVENT:
                return root ?? Node(content: .scalar(.null, .plain), range: 0..<0)
            case YAML_DOCUMENT_START_EVENT where root != nil:
                report(
                    .yamlFeature, "there is a second document", "write one document to a file; remove the line `---`",
                    at: event.start_mark)
                throw .reported
            case YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT, YAML_DOCUMENT_END_EVENT:
                continue
            default:
                root = try node(from: event, depth: 0)
            }
        }
    }

    private mutating func next() throws(Stop) -> yaml_event_t {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else {
            problems.append(YAMLSyntax.problem(of: parser, offsets: offsets))
            throw .reported
        }
        return event
    }

    private mutating func node(from event: yaml_event_t, depth: Int) throws(Stop) -> Node {
        nodes += 1
        let start = offsets.byte(at: event.start_mark)
        guard nodes <= limits.maxNodes else {
            throw limit("there are more than \(limits.maxNodes) values", at: start)
        }
        switch event.type {
        case YAML_SCALAR_EVENT:
            return scalar(from: event, start: start)
        case YAML_ALIAS_EVENT:
            report(
                .yamlFeature, "the alias *\(text(event.data.alias.anchor)) is not supported",
                "write the value out here",
                at: event.start_mark)
            return Node(content: .scalar(.null, .plain), range: start..<offsets.byte(at: event.end_mark))
        case YAML_SEQUENCE_START_EVENT:
            let data = event.data.sequence_start
            refuse(anchor: data.anchor, tag: data.tag, at: event.start_mark)
            return try list(
                from: start, isFlow: data.style == YAML_FLOW_SEQUENCE_STYLE, depth: depth + 1)
        default:
            let data = event.data.mapping_start
            refuse(anchor: data.anchor, tag: data.tag, at: event.start_mark)
            return try mapping(
                from: start, isFlow: data.style == YAML_FLOW_MAPPING_STYLE, depth: depth + 1)
        }
    }

    private mutating func list(
        from start: Int, isFlow: Bool, depth: Int
    ) throws(Stop) -> Node {
        guard depth <= limits.maxDepth else {
            throw limit("values are nested more than \(limits.maxDepth) levels deep", at: start)
        }
        var elements: [Node] = []
        while true {
            var event = try next()
            defer { yaml_event_delete(&event) }
            if event.type == YAML_SEQUENCE_END_EVENT {
                let end = isFlow ? offsets.byte(at: event.end_mark) : elements.last?.range.upperBound ?? start
                return Node(content: .list(elements), range: start..<max(start, end))
            }
            elements.append(try node(from: event, depth: depth))
        }
    }

    private mutating func mapping(
        from start: Int, isFlow: Bool, depth: Int
    ) throws(Stop) -> Node {
        guard depth <= limits.maxDepth else {
            throw limit("values are nested more than \(limits.maxDepth) levels deep", at: start)
        }
        var members = UniqueMembers()
        while true {
            var event = try next()
            defer { yaml_event_delete(&event) }
            if event.type == YAML_MAPPING_END_EVENT {
                let end = isFlow ? offsets.byte(at: event.end_mark) : members.all.last?.value.range.upperBound ?? start
                return Node(content: .mapping(members.all), range: start..<max(start, end))
            }
            let key = try key(from: event, depth: depth)
            var valueEvent = try next()
            defer { yaml_event_delete(&valueEvent) }
            let value = try node(from: valueEvent, depth: depth)
            guard let key else { continue }
            let member = Node.Member(key: key.text, keyRange: key.range, value: value)
            if let problem = members.add(member, in: source) { problems.append(problem) }
        }
    }

    /// The key of a mapping entry; nil, with the problem reported, when it is none.
    private mutating func key(
        from event: yaml_event_t, depth: Int
    ) throws(Stop) -> (text: String, range: Range<Int>)? {
        let node = try node(from: event, depth: depth)
        guard case .scalar(let value, let style) = node.content, event.type == YAML_SCALAR_EVENT else {
            if event.type != YAML_ALIAS_EVENT {
                report(
                    .syntax, "a key must be text", "quote it, or check the braces and brackets", at: event.start_mark)
            }
            return nil
        }
        let data = event.data.scalar
        let text = text(data.value, count: data.length)
        if style == .plain {
            if text == "<<" {
                report(
                    .yamlFeature, "the merge key << is not supported", "write the members out here",
                    at: event.start_mark)
                return nil
            }
            if value.isNull, text.isEmpty {
                report(.syntax, "a key is missing before this colon", nil, at: event.start_mark)
                return nil
            }
        }
        return (text, node.range)
    }

    private mutating func scalar(from event: yaml_event_t, start: Int) -> Node {
        let data = event.data.scalar
        refuse(anchor: data.anchor, tag: data.tag, at: event.start_mark)
        let text = text(data.value, count: data.length)
        let range = start..<max(start, offsets.byte(at: event.end_mark))
        switch data.style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: return Node(content: .scalar(.string(text), .singleQuoted), range: range)
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return Node(content: .scalar(.string(text), .doubleQuoted), range: range)
        case YAML_LITERAL_SCALAR_STYLE: return Node(content: .scalar(.string(text), .literal), range: range)
        case YAML_FOLDED_SCALAR_STYLE: return Node(content: .scalar(.string(text), .folded), range: range)
        default:
            switch YAMLScalar.meaning(of: text) {
            case .value(let value): return Node(content: .scalar(value, .plain), range: range)
            case .unrepresentable(let reason):
                report(.invalidNumber, reason, "quote it to keep it as text", at: event.start_mark)
                return Node(content: .scalar(.string(text), .plain), range: range)
            }
        }
    }

    private mutating func refuse(
        anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?, at mark: yaml_mark_t
    ) {
        if let anchor {
            report(
                .yamlFeature, "the anchor &\(text(anchor)) is not supported",
                "write the value out where it is needed", at: mark)
        }
        if let tag {
            report(
                .yamlFeature, "the tag \(text(tag)) is not supported",
                "remove it; quote the value to make it text", at: mark)
        }
    }

    private mutating func report(_ code: ProblemCode, _ message: String, _ hint: String?, at mark: yaml_mark_t) {
        problems.append(NodeProblem(code: code, message: message, hint: hint, offset: offsets.byte(at: mark)))
    }

    private mutating func limit(_ message: String, at offset: Int) -> Stop {
        problems.append(
            NodeProblem(code: .limit, message: message, hint: "split the document", offset: offset))
        return .reported
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?, count: Int? = nil) -> String {
        guard let pointer else { return "" }
        if let count { return String(decoding: UnsafeBufferPointer(start: pointer, count: count), as: UTF8.self) }
        return String(cString: pointer)
    }

    /// YAML 1.1, which libyaml follows, ends a line at these three; 1.2 does not. Refused rather than misread.
    private static func unreadableCharacter(in source: SourceText) -> NodeProblem? {
        let bytes = source.bytes
        for index in bytes.indices where bytes[index] == 0xC2 || bytes[index] == 0xE2 {
            let rest = bytes[index...].prefix(3)
            let name: String
            if rest.starts(with: [0xC2, 0x85]) {
                name = #"U+0085 (next line), in double quotes \N,"#
            } else if rest.starts(with: [0xE2, 0x80, 0xA8]) {
                name = #"U+2028 (line separator), in double quotes \L,"#
            } else if rest.starts(with: [0xE2, 0x80, 0xA9]) {
                name = #"U+2029 (paragraph separator), in double quotes \P,"#
            } else {
                continue
            }
            return NodeProblem(
                code: .syntax, message: "the character \(name) cannot stand in YAML as it is",
                hint: "replace it with a space or a line break", offset: index)
        }
        return nil
    }
}
