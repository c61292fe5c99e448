/// A calendar object found in a message (RFC 6047).
package struct CalendarPart: Sendable, Equatable {
    /// By what it was recognised, best first.
    package enum Source: Int, Sendable, Comparable {
        /// `text/calendar`, shown in the message.
        case textCalendar
        /// `text/calendar` offered as a file.
        case attachedTextCalendar
        case applicationICS
        /// A file called `*.ics`, or `*.ifb`, of whatever type.
        case fileName
        /// vCalendar 1.0: `text/x-vcalendar` or a file called `*.vcs`.
        case vCalendar
        /// Neither type nor name, but it starts with BEGIN:VCALENDAR.
        case content
        /// A meeting request in a `winmail.dat`, translated.
        case tnef

        package static func < (left: Source, right: Source) -> Bool { left.rawValue < right.rawValue }
    }

    package var source: Source
    /// The octets with the transfer encoding taken off.
    package var bytes: [UInt8]
    package var charset: String?
    /// The `method` parameter of the media type in upper case; the METHOD inside the object outranks it.
    package var method: String?
    package var filename: String?
    /// The position in the tree: an index for each multipart from the root down. For a calendar in an enclosed message,
    /// that of the message.
    package var path: [Int]

    package init(
        source: Source = .textCalendar, bytes: [UInt8], charset: String? = nil, method: String? = nil,
        filename: String? = nil, path: [Int] = []
    ) {
        self.source = source
        self.bytes = bytes
        self.charset = charset
        self.method = method
        self.filename = filename
        self.path = path
    }

    /// The octets in UTF-8, whatever the charset says when they are UTF-8 already.
    ///
    /// Folds of iCalendar may part a character, so octets labelled UTF-8, or not labelled, are left as they are.
    package var utf8: [UInt8] {
        if bytes.allSatisfy({ $0 < 0x80 && $0 != 0 }) { return bytes }
        guard let charset, charset.asciiLowercased != "utf-8", Charset.isKnown(charset) else { return bytes }
        let isUTF16 = charset.asciiLowercased.hasPrefix("utf-16")
        // Without wide letters the label is wrong.
        if isUTF16, !bytes.prefix(64).contains(0) { return bytes }
        if !isUTF16, String(validating: Self.unfolded(bytes), as: UTF8.self) != nil { return bytes }
        return Array(Charset.decode(bytes, name: charset).utf8)
    }

    private static func unfolded(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        for byte in bytes {
            if byte.isBlank, output.last == 0x0A {
                output.removeLast()
                if output.last == 0x0D { output.removeLast() }
            } else {
                output.append(byte)
            }
        }
        return output
    }
}

extension ParsedMail {
    /// The calendar objects of the message, the one that is meant to be acted on first: by source, then those with a
    /// method, then by position. Enclosed messages are searched when the message has none itself, as one that a person
    /// or a gateway passed on, but not those that come back with a report.
    package func calendarParts() -> [CalendarPart] {
        let own = ownCalendarParts
        guard own.isEmpty, root.contentType.subtype != "report", deliveryReport == nil else { return own }
        return root.leaves.lazy.compactMap { path, part in
            guard case .message(let message) = part.body else { return nil }
            let parts = ParsedMail(root: message).calendarParts().map { part in
                var part = part
                part.path = path
                return part
            }
            return parts.isEmpty ? nil : parts
        }.first ?? []
    }

    private var ownCalendarParts: [CalendarPart] {
        var found: [CalendarPart] = []
        for (path, part) in root.leaves {
            if let calendar = CalendarPart(part, path: path) {
                found.append(calendar)
            } else if let tnef = part.tnef {
                found += calendarParts(tnef, path: path)
            }
        }
        return found.enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            if a.source != b.source { return a.source < b.source }
            if (a.method == nil) != (b.method == nil) { return a.method != nil }
            return left.offset < right.offset
        }.map(\.element)
    }

    private func calendarParts(_ tnef: TNEF, path: [Int]) -> [CalendarPart] {
        var found: [CalendarPart] = []
        for file in tnef.attachments where file.filename?.asciiLowercased.hasSuffix(".ics") == true {
            found.append(CalendarPart(source: .fileName, bytes: file.bytes, filename: file.filename, path: path))
        }
        if let meeting = TNEFMeeting(tnef) {
            let envelope = TNEFMeeting.Envelope(
                from: from.first, recipients: to + cc, description: textBody, date: date)
            found.append(
                CalendarPart(
                    source: .tnef, bytes: meeting.calendar(envelope), charset: "utf-8", method: meeting.method,
                    path: path))
        }
        return found
    }
}

extension CalendarPart {
    fileprivate init?(_ part: MIMEPart, path: [Int]) {
        guard case .leaf(let bytes) = part.body, let source = Self.source(part, bytes) else { return nil }
        self.init(
            source: source, bytes: bytes, charset: part.contentType.charset,
            method: part.contentType.parameters["method"].map { String(decoding: $0.utf8.trimmed, as: UTF8.self) }
                .flatMap { $0.isEmpty ? nil : $0.uppercased() },
            filename: part.filename, path: path)
    }

    private static func source(_ part: MIMEPart, _ bytes: [UInt8]) -> Source? {
        switch part.contentType.mediaType {
        case "text/calendar": return part.isAttachment ? .attachedTextCalendar : .textCalendar
        case "application/ics", "application/calendar", "application/x-ical", "text/x-calendar": return .applicationICS
        case "text/x-vcalendar", "text/vcalendar", "application/x-vcalendar": return .vCalendar
        default: break
        }
        let name = part.filename?.asciiLowercased ?? ""
        if name.hasSuffix(".ics") || name.hasSuffix(".ifb") { return .fileName }
        if name.hasSuffix(".vcs") { return .vCalendar }
        let start = bytes.prefix(256)
        let text = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start
        let isCalendar = text.trimmed.prefix(15).elementsEqual("begin:vcalendar".utf8) { $0.lowercased == $1 }
        return isCalendar ? .content : nil
    }
}
