extension ICalendar {
    /// The calendar as RFC 5545 wants it: CR LF after every line, none longer than 75 octets, no fold inside a
    /// character or an escape, parameters quoted and encoded by RFC 6868. Ends with the `END` line and nothing more.
    ///
    /// Whatever the component holds, the result is one well-formed stream: line breaks in values become `\n`, other
    /// control characters go, and so do properties whose name is none.
    package static func serialize(_ calendar: Component) -> [UInt8] {
        var writer = ContentLineWriter()
        var output: [UInt8] = []
        output.reserveCapacity(1024)
        append(calendar, to: &output, &writer)
        return output
    }

    /// Appends one property as a folded content line with its CR LF, as `serialize` writes it.
    package static func appendLine(_ property: Property, to output: inout [UInt8]) {
        var writer = ContentLineWriter()
        writer.append(property, to: &output)
    }

    private static func append(_ component: Component, to output: inout [UInt8], _ writer: inout ContentLineWriter) {
        writer.append("BEGIN", component.name, to: &output)
        for property in component.properties { writer.append(property, to: &output) }
        for inner in component.components { append(inner, to: &output, &writer) }
        writer.append("END", component.name, to: &output)
    }
}
