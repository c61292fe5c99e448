extension OutgoingMail {
    private static let ownFields: Set<String> = [
        "from", "to", "reply-to", "subject", "date", "message-id", "mime-version", "content-type",
        "content-transfer-encoding", "content-disposition", "cc", "bcc", "sender",
    ]

    /// The message (RFC 5322) with CRLF line ends, 7-bit unless an address needs SMTPUTF8.
    package func bytes() -> [UInt8] {
        var header = MailHeaderWriter(reserving: 1024)
        header.structured("From", from.headerBytes())
        header.structured("To", to.headerBytes())
        if let replyTo { header.structured("Reply-To", replyTo.headerBytes()) }
        header.unstructured("Subject", subject)
        header.structured("Date", Array(MailDate.format(date).utf8))
        if let messageID { header.identifier("Message-ID", messageID) }
        for (name, value) in extraHeaders where Self.isAllowed(name) { header.unstructured(name, value) }
        header.literal("MIME-Version: 1.0")

        let calendarBase64 = calendar.map { Base64.encode($0.bytes, inLines: true) } ?? []
        var output = header.bytes
        output.reserveCapacity(output.count + estimatedBodySize(calendarBase64.count))
        if calendar == nil, attachments.isEmpty, original == nil {
            appendText(calendarBase64, to: &output)
            return output
        }
        let boundary = Boundary(seed: boundarySeed, level: 0)
        boundary.appendContentType("mixed", to: &output)
        boundary.appendDelimiter(to: &output)
        appendText(calendarBase64, to: &output)
        if calendar != nil {
            boundary.appendDelimiter(to: &output)
            output.append(contentsOf: Self.calendarFileHeader.utf8)
            output.append(contentsOf: calendarBase64)
        }
        for attachment in attachments {
            boundary.appendDelimiter(to: &output)
            let encoded = Base64.encode(attachment.bytes, inLines: true)
            Self.appendFile(attachment.contentType, attachment.filename, encoded, to: &output)
        }
        if let original {
            boundary.appendDelimiter(to: &output)
            OriginalMessage.append(original, to: &output)
        }
        boundary.appendEnd(to: &output)
        return output
    }

    private static let calendarFileHeader = """
        Content-Type: application/ics; name="invite.ics"\r
        Content-Disposition: attachment; filename="invite.ics"\r
        Content-Transfer-Encoding: base64\r
        \r

        """

    /// The text parts and the calendar as alternatives, the richest last (RFC 2046 section 5.1.4).
    private func appendText(_ calendarBase64: [UInt8], to output: inout [UInt8]) {
        let replacements = replacements.map(PreparedBody.encoded)
        if body.parts.count == 1, calendar == nil {
            output.append(contentsOf: body.parts[0].header)
            PreparedBody.append(body.parts[0].pieces, replacements: replacements, to: &output)
            return
        }
        let boundary = Boundary(seed: boundarySeed, level: 1)
        boundary.appendContentType("alternative", to: &output)
        for part in body.parts {
            boundary.appendDelimiter(to: &output)
            output.append(contentsOf: part.header)
            PreparedBody.append(part.pieces, replacements: replacements, to: &output)
        }
        if let calendar {
            boundary.appendDelimiter(to: &output)
            output.append(contentsOf: "Content-Type: text/calendar; charset=UTF-8; method=".utf8)
            output.append(contentsOf: calendar.method.utf8.filter { $0.isToken })
            output.append(contentsOf: "\r\nContent-Transfer-Encoding: base64\r\n\r\n".utf8)
            output.append(contentsOf: calendarBase64)
        }
        boundary.appendEnd(to: &output)
    }

    static func appendFile(
        _ contentType: String, _ filename: String, _ base64: [UInt8], to output: inout [UInt8]
    ) {
        var header = MailHeaderWriter(reserving: 256)
        header.structured("Content-Type", mediaType(contentType) + FileName.parameter("name", filename))
        header.structured("Content-Disposition", Array("attachment".utf8) + FileName.parameter("filename", filename))
        header.literal("Content-Transfer-Encoding: base64")
        header.endLine()
        output.append(contentsOf: header.bytes)
        output.append(contentsOf: base64)
    }

    /// The media type of a file with its charset, or `application/octet-stream` for what cannot be one.
    private static func mediaType(_ text: String) -> [UInt8] {
        let type = ContentType(parsing: text)
        let isSound =
            !type.isMultipart && type.type != "message" && (type.type + type.subtype).utf8.allSatisfy(\.isToken)
        guard isSound else { return Array("application/octet-stream".utf8) }
        guard let charset = type.charset, !charset.isEmpty, charset.utf8.allSatisfy(\.isToken)
        else { return Array(type.mediaType.utf8) }
        return Array("\(type.mediaType); charset=\(charset)".utf8)
    }

    private static func isAllowed(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 64
            && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
            && !ownFields.contains(name.asciiLowercased)
    }

    private func estimatedBodySize(_ calendarSize: Int) -> Int {
        var size = 1024 + 2 * calendarSize
        for part in body.parts {
            for case .encoded(let bytes) in part.pieces { size += bytes.count }
        }
        for replacement in replacements { size += replacement.utf8.count * 2 }
        for attachment in attachments { size += attachment.bytes.count * 3 / 2 }
        return size
    }
}
