extension ICalendar {
    /// Reads every calendar in the input. Never throws or traps, whatever the input; time and memory are linear in its
    /// size.
    ///
    /// - Parameters:
    ///   - charset: what the transport says (the `charset` of a `text/calendar` part). Without it, or when it is not
    ///     known, text is UTF-8, and a line that is not valid UTF-8 is windows-1252. A byte order mark wins.
    ///   - limits: bounds on what is read.
    package static func parse(_ bytes: [UInt8], charset: String? = nil, limits: Limits = .default) -> ParsedCalendars {
        if let wide = UTF16Text(bytes, charset: charset) {
            return wide.utf8.withUnsafeBufferPointer { parse($0, charset: nil, limits: limits) }
        }
        return bytes.withUnsafeBufferPointer { parse($0, charset: charset, limits: limits) }
    }

    private static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>, charset: String?, limits: Limits
    ) -> ParsedCalendars {
        var tree = ComponentTree(limits: limits)
        var input = bytes
        if input.count >= 3, input[0] == 0xEF, input[1] == 0xBB, input[2] == 0xBF {
            input = UnsafeBufferPointer(rebasing: input[3...])
        }
        let isTooLarge = input.count > limits.size
        if isTooLarge { input = UnsafeBufferPointer(rebasing: input[..<limits.size]) }
        var decoder = TextDecoder.utf8
        if let charset {
            if let known = TextDecoder(charset: charset) {
                decoder = known
            } else {
                tree.report(0, .unknownCharset, "charset \(charset.prefix(40)) is not known")
            }
        }
        var reader = ContentLineReader(input, limit: limits.lineLength)
        var parser = ContentLineParser(decoder: decoder, limits: limits)
        var room = limits.properties
        var reportedCharset = false
        var breaks = LineBreakRepair()

        while reader.advance() {
            var outcome = parser.parse(reader.line, number: reader.number)
            if case .bad = outcome {
                outcome = breaks.joined(reader.line, number: reader.number, outcome, &parser, &tree)
            }
            breaks.note(outcome)
            switch outcome {
            case .property(let property):
                room -= 1
                for parameter in property.parameters { room -= 1 + parameter.furtherValues.count }
                guard room >= 0 else { return finish(&tree, reader, tooMany: limits.properties) }
                tree.add(property)
            case .begin(let name):
                room -= 10
                guard room >= 0 else { return finish(&tree, reader, tooMany: limits.properties) }
                guard tree.begin(name, line: reader.number) else {
                    tree.report(reader.number, .limitExceeded, "more than \(limits.depth) nested components")
                    return finish(&tree, reader)
                }
            case .end(let name):
                tree.end(name, line: reader.number)
            case .joined(let name):
                tree.report(reader.number, .badLine, "a line that is not folded was joined to \(name)")
            case .bad(let message):
                tree.reportBadLine(reader.number, message)
            }
            if parser.badParameter {
                parser.badParameter = false
                tree.report(reader.number, .badParameter, "a parameter breaks the grammar")
            }
            if parser.translated {
                parser.translated = false
                tree.report(reader.number, .oldVersion, "a vCalendar 1.0 encoding was translated")
            }
            if parser.decoder.deviated, !reportedCharset {
                reportedCharset = true
                tree.report(reader.number, .badCharset, "text that is not in its charset was read as windows-1252")
            }
        }
        if reader.overflowed {
            tree.report(reader.number, .limitExceeded, "a line has more than \(limits.lineLength) octets")
        }
        if isTooLarge {
            tree.report(reader.number, .limitExceeded, "the calendar has more than \(limits.size) octets")
        }
        return finish(&tree, reader)
    }

    private static func finish(
        _ tree: inout ComponentTree, _ reader: borrowing ContentLineReader, tooMany limit: Int? = nil
    ) -> ParsedCalendars {
        if let limit {
            tree.report(reader.number, .limitExceeded, "more than \(limit) properties, parameters and their values")
        }
        tree.finish(line: reader.number)
        let deviations = reader.deviations
        let layout: [(Int, Problem.Code, String)] = [
            (deviations.lineEnding, .lineEnding, "lines do not all end with CR LF"),
            (deviations.blankLine, .blankLine, "there are blank lines"),
            (deviations.longLine, .lineTooLong, "a physical line has more than 75 octets"),
            (deviations.splitCharacter, .badFold, "a fold splits a character"),
            (deviations.softBreak, .oldVersion, "a vCalendar 1.0 line break was joined"),
        ]
        for (line, code, message) in layout where line > 0 { tree.report(line, code, message) }
        return ParsedCalendars(calendars: tree.calendars, problems: tree.problems)
    }
}
