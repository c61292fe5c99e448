import SwiftGlibc

/// One pass over the lines of a message that builds its tree.
///
/// The boundaries of all open multiparts are on a stack, and a line is compared with each: so an inner multipart whose
/// end is missing ends where an outer one goes on, and no line is read once per level.
struct MessageScanner {
    enum Ending {
        case endOfMessage
        /// A delimiter line of the multipart at `level` of the stack.
        case delimiter(level: Int, isClosing: Bool)
    }

    let bytes: [UInt8]
    let limits: MailParser.Limits
    var position = 0
    var boundaries: [[UInt8]] = []
    var parts: Int
    var problems: MailProblems

    /// Reads a whole message that stands at `depth` below the outermost one.
    static func message(
        _ bytes: [UInt8], depth: Int, limits: MailParser.Limits, parts: inout Int, problems: inout MailProblems
    ) -> MIMEPart {
        var scanner = MessageScanner(bytes: bytes, limits: limits, parts: parts, problems: problems)
        let (root, _) = scanner.entity(depth: depth, defaultType: "text/plain")
        (parts, problems) = (scanner.parts, scanner.problems)
        return root
    }

    private init(bytes: [UInt8], limits: MailParser.Limits, parts: Int, problems: MailProblems) {
        self.bytes = bytes
        self.limits = limits
        self.parts = parts
        self.problems = problems
    }

    private mutating func entity(depth: Int, defaultType: String) -> (MIMEPart, Ending) {
        parts += 1
        let (headers, headerEnding) = header(isOutermost: depth == 0)
        var part = MIMEPart(
            headers: headers,
            contentType: ContentType(parsing: headers.first("Content-Type") ?? defaultType),
            disposition: headers.first("Content-Disposition").map(HeaderParameters.init(parsing:)),
            transferEncoding: TransferEncoding(parsing: headers.first("Content-Transfer-Encoding")),
            body: .leaf([]))
        if depth == 0, headers.fields.isEmpty { problems.add(.emptyMessage) }
        if let headerEnding { return (part, headerEnding) }
        let isContainer = part.contentType.isMultipart || part.isEnclosedMessage
        if isContainer, depth >= limits.maximumDepth { problems.add(.tooDeep(limit: limits.maximumDepth)) }
        let ending: Ending
        if part.contentType.isMultipart, depth < limits.maximumDepth {
            (part.body, ending) = multipart(part.contentType, depth: depth)
        } else if part.isEnclosedMessage, depth < limits.maximumDepth {
            (part.body, ending) = enclosedMessage(part.transferEncoding, depth: depth)
        } else {
            let content: Range<Int>
            (content, ending) = contentUntilDelimiter()
            part.body = .leaf(decoded(content, part.transferEncoding))
            if part.contentType.type == "text", let charset = part.contentType.charset, !Charset.isKnown(charset) {
                problems.add(.unknownCharset(charset))
            }
        }
        return (part, ending)
    }

    private mutating func multipart(_ type: ContentType, depth: Int) -> (MIMEPart.Body, Ending) {
        let start = position
        let level = boundaries.count
        var boundary = type.parameters["boundary"].map { Array($0.utf8) } ?? []
        while boundary.last?.isBlank == true { boundary.removeLast() }
        if boundary.isEmpty { problems.add(.missingBoundary) }

        var ending = Ending.endOfMessage
        if !boundary.isEmpty {
            boundaries.append(boundary)
            (_, ending) = contentUntilDelimiter()
        }
        if boundary.isEmpty || !ending.isDelimiter(of: level) {
            if !boundary.isEmpty {
                problems.add(.wrongBoundary)
                boundaries.removeLast()
            }
            position = start
            guard let found = likelyBoundary() else {
                let (content, ending) = contentUntilDelimiter()
                return (.leaf(Array(bytes[content])), ending)
            }
            boundaries.append(found)
            (_, ending) = contentUntilDelimiter()
        }

        var children: [MIMEPart] = []
        let defaultType = type.subtype == "digest" ? "message/rfc822" : "text/plain"
        while case .delimiter(level, isClosing: false) = ending {
            guard parts < limits.maximumParts else {
                problems.add(.tooManyParts(limit: limits.maximumParts))
                (_, ending) = contentUntilDelimiter()
                continue
            }
            let child: MIMEPart
            (child, ending) = entity(depth: depth + 1, defaultType: defaultType)
            children.append(child)
        }
        boundaries.removeLast()
        if ending.isDelimiter(of: level) {
            (_, ending) = contentUntilDelimiter()
        } else {
            problems.add(.missingEndBoundary)
        }
        return (.multipart(children), ending)
    }

    private mutating func enclosedMessage(_ encoding: TransferEncoding, depth: Int) -> (MIMEPart.Body, Ending) {
        if case .identity = encoding {
            let (message, ending) = entity(depth: depth + 1, defaultType: "text/plain")
            return (.message(message), ending)
        }
        // RFC 2046 section 5.2.1 forbids encoding it; gateways do.
        let (content, ending) = contentUntilDelimiter()
        let message = Self.message(
            decoded(content, encoding), depth: depth + 1, limits: limits, parts: &parts, problems: &problems)
        return (.message(message), ending)
    }

    private mutating func decoded(_ range: Range<Int>, _ encoding: TransferEncoding) -> [UInt8] {
        let content = bytes[range]
        switch encoding {
        case .identity:
            return Array(content)
        case .base64:
            // Calendars are met that are labelled base64 and are not.
            if content.trimmed.starts(with: "BEGIN:VCAL".utf8) { break }
            let (decoded, isClean) = Base64.decode(content)
            if !isClean { problems.add(.malformedBase64) }
            return decoded
        case .quotedPrintable:
            let (decoded, isClean) = QuotedPrintable.decode(content)
            if !isClean { problems.add(.malformedQuotedPrintable) }
            return decoded
        case .uuencode:
            return UUEncoding.decode(content)
        case .unknown(let name):
            problems.add(.unknownTransferEncoding(name))
            return Array(content)
        }
        problems.add(.malformedBase64)
        return Array(content)
    }
}

extension MessageScanner.Ending {
    fileprivate func isDelimiter(of level: Int) -> Bool {
        if case .delimiter(level, _) = self { return true }
        return false
    }
}

extension MIMEPart {
    fileprivate var isEnclosedMessage: Bool {
        contentType.type == "message" && (contentType.subtype == "rfc822" || contentType.subtype == "global")
    }
}
