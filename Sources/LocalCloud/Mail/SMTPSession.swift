import Foundation

/// One SMTP conversation (RFC 5321), apart from its connection: bytes in, replies and messages out.
///
/// Offers SIZE, 8BITMIME, SMTPUTF8, PIPELINING and AUTH, which takes any name and password: mail programs insist on it.
package struct SMTPSession: Sendable {
    package enum Output: Sendable, Equatable {
        case reply(String)
        /// A whole message. Its reply is up to whoever takes it; see `delivered`.
        case message(Envelope)
        case close
    }

    package struct Envelope: Sendable, Equatable {
        package var sender: String
        package var recipients: [String]
        package var message: [UInt8]
        /// The name the client logged in with.
        package var user: String?
    }

    private enum Mode: Sendable, Equatable {
        case commands
        case data
        case password(name: Bool)
        case plainCredentials
    }

    package static let messageLimit = 30 << 20
    package static let recipientLimit = 100
    /// Octets of a command line; RFC 5321 asks for 512, and the extensions for more.
    private static let lineLimit = 4096
    private static let mistakeLimit = 20

    private let domain: String
    private let takes: @Sendable (String) -> Bool
    private var mode = Mode.commands
    private var line: [UInt8] = []
    private var previous: UInt8 = 0
    private var isLineTooLong = false
    private var isGreeted = false
    private var sender: String?
    private var recipients: [String] = []
    private var message: [UInt8] = []
    private var isMessageTooLong = false
    private var user: String?
    private var mistakes = 0

    /// - Parameters:
    ///   - domain: what mail is taken for.
    ///   - takes: whether there is somebody for an address.
    package init(domain: String, takes: @escaping @Sendable (String) -> Bool) {
        self.domain = domain
        self.takes = takes
    }

    package var greeting: String { "220 \(domain) ESMTP, mail for \(domain) only\r\n" }

    /// The reply to a message that was taken, or was not.
    package static func delivered(_ failure: String?) -> String {
        failure.map { "554 5.3.0 \($0)\r\n" } ?? "250 2.0.0 taken\r\n"
    }

    /// Takes what came, however it was cut.
    package mutating func receive(_ bytes: some Sequence<UInt8>) -> [Output] {
        var outputs: [Output] = []
        for byte in bytes {
            if line.count < (mode == .data ? Self.messageLimit : Self.lineLimit) {
                line.append(byte)
            } else {
                isLineTooLong = true
            }
            // A line ends with CRLF and nothing else: with a bare LF one message could hide another.
            let isEnd = byte == 0x0A && previous == 0x0D
            previous = byte
            guard isEnd else { continue }
            let whole = line
            line.removeAll(keepingCapacity: true)
            take(whole, into: &outputs)
            if outputs.last == .close { break }
        }
        return outputs
    }

    private mutating func take(_ bytes: [UInt8], into outputs: inout [Output]) {
        let wasTooLong = isLineTooLong
        isLineTooLong = false
        if mode == .data { return takeData(bytes, wasTooLong, into: &outputs) }
        let text = String(decoding: bytes.dropLast(2), as: UTF8.self)
        let reply = wasTooLong ? "500 5.5.6 this line is too long" : answer(text)
        if reply.hasPrefix("5") { mistakes += 1 }
        outputs.append(.reply(reply + "\r\n"))
        if reply.hasPrefix("221") { outputs.append(.close) }
        if mistakes > Self.mistakeLimit { outputs += [.reply("421 4.7.0 too many mistakes\r\n"), .close] }
    }

    private mutating func takeData(_ bytes: [UInt8], _ wasTooLong: Bool, into outputs: inout [Output]) {
        if bytes == [UInt8(ascii: "."), 0x0D, 0x0A] {
            mode = .commands
            defer { reset() }
            if isMessageTooLong {
                outputs.append(.reply("552 5.3.4 a message may have \(Self.messageLimit) octets\r\n"))
            } else {
                outputs.append(
                    .message(
                        Envelope(sender: sender ?? "", recipients: recipients, message: message, user: user)))
            }
            return
        }
        // Section 4.5.2: a line that begins with a dot was sent with one more.
        let content = bytes.first == UInt8(ascii: ".") ? bytes.dropFirst() : bytes[...]
        if wasTooLong || message.count + content.count > Self.messageLimit {
            isMessageTooLong = true
            message = []
        } else if !isMessageTooLong {
            message += content
        }
    }

    private mutating func answer(_ line: String) -> String {
        switch mode {
        case .password(let isName): return takePassword(line, isName: isName)
        case .plainCredentials: return logIn(plain: line)
        case .commands, .data: break
        }
        let verb = line.prefix { $0 != " " }.uppercased()
        let rest = String(line.dropFirst(verb.count).drop { $0 == " " })
        switch verb {
        case "EHLO", "HELO":
            guard !rest.isEmpty else { return "501 5.5.4 say who you are: \(verb) host" }
            reset()
            isGreeted = true
            guard verb == "EHLO" else { return "250 \(domain)" }
            return [
                "250-\(domain)", "250-PIPELINING", "250-8BITMIME", "250-SMTPUTF8", "250-SIZE \(Self.messageLimit)",
                "250-ENHANCEDSTATUSCODES", "250 AUTH PLAIN LOGIN",
            ].joined(separator: "\r\n")
        case "MAIL": return mail(rest)
        case "RCPT": return recipient(rest)
        case "DATA":
            guard sender != nil else { return "503 5.5.1 MAIL first" }
            guard !recipients.isEmpty else { return "503 5.5.1 there is no recipient" }
            guard rest.isEmpty else { return "501 5.5.4 DATA takes nothing" }
            mode = .data
            return "354 go on; end with a line of one dot"
        case "RSET":
            reset()
            return "250 2.0.0 begun anew"
        case "NOOP": return "250 2.0.0 yes"
        case "VRFY": return "252 2.1.5 send the mail and see"
        case "HELP": return "214 2.0.0 EHLO, AUTH, MAIL, RCPT, DATA, RSET, NOOP, QUIT"
        case "QUIT": return "221 2.0.0 bye"
        case "AUTH": return authenticate(rest)
        case "STARTTLS": return "502 5.5.1 there is no TLS on this machine's own interface"
        default: return "500 5.5.2 not a command: \(verb.prefix(20))"
        }
    }

    private mutating func reset() {
        sender = nil
        recipients = []
        message = []
        isMessageTooLong = false
    }
}

extension SMTPSession {
    private mutating func mail(_ rest: String) -> String {
        guard isGreeted else { return "503 5.5.1 EHLO first" }
        guard sender == nil else { return "503 5.5.1 one message at a time: RSET begins anew" }
        guard let (address, parameters) = Self.path(rest, after: "FROM:") else {
            return "501 5.5.4 MAIL FROM:<address>"
        }
        for parameter in parameters {
            let parts = parameter.split(separator: "=", maxSplits: 1).map(String.init)
            switch (parts[0].uppercased(), parts.count > 1 ? parts[1].uppercased() : nil) {
            case ("SIZE", let size?):
                guard let size = Int(size) else { return "501 5.5.4 SIZE is a number of octets" }
                guard size <= Self.messageLimit else {
                    return "552 5.3.4 a message may have \(Self.messageLimit) octets"
                }
            case ("BODY", "7BIT"?), ("BODY", "8BITMIME"?), ("SMTPUTF8", nil), ("AUTH", .some): continue
            default: return "555 5.5.4 not a parameter here: \(parts[0].prefix(20))"
            }
        }
        sender = address
        return "250 2.1.0 from \(address.isEmpty ? "nobody" : address)"
    }

    private mutating func recipient(_ rest: String) -> String {
        guard sender != nil else { return "503 5.5.1 MAIL first" }
        guard let (address, parameters) = Self.path(rest, after: "TO:"), !address.isEmpty else {
            return "501 5.5.4 RCPT TO:<address>"
        }
        guard parameters.isEmpty else { return "555 5.5.4 not a parameter here: \(parameters[0].prefix(20))" }
        guard recipients.count < Self.recipientLimit else {
            return "452 4.5.3 a message may have \(Self.recipientLimit) recipients"
        }
        guard takes(address) else {
            let isOurs = address.lowercased().hasSuffix("@\(domain.lowercased())")
            return isOurs
                ? "550 5.1.1 no receipt rule takes mail for \(address)"
                : "550 5.7.1 nothing leaves this machine: it takes mail for \(domain) only"
        }
        recipients.append(address)
        return "250 2.1.5 to \(address)"
    }

    /// `<address>` behind the keyword, and the parameters behind it.
    private static func path(_ text: String, after keyword: String) -> (address: String, parameters: [String])? {
        guard text.uppercased().hasPrefix(keyword) else { return nil }
        let rest = text.dropFirst(keyword.count).drop { $0 == " " }
        guard rest.first == "<", let end = rest.firstIndex(of: ">") else { return nil }
        let address = String(rest[rest.index(after: rest.startIndex)..<end])
        guard !address.contains(where: { $0.isWhitespace || $0 == "<" }), address.isEmpty || address.contains("@")
        else {
            return nil
        }
        return (address, rest[rest.index(after: end)...].split(separator: " ").map(String.init))
    }
}

extension SMTPSession {
    private mutating func authenticate(_ rest: String) -> String {
        guard isGreeted else { return "503 5.5.1 EHLO first" }
        let parts = rest.split(separator: " ", maxSplits: 1).map(String.init)
        switch parts.first?.uppercased() {
        case "PLAIN":
            if parts.count > 1 { return logIn(plain: parts[1]) }
            mode = .plainCredentials
            return "334 "
        case "LOGIN":
            if parts.count > 1 { return takePassword(parts[1], isName: true) }
            mode = .password(name: true)
            return "334 VXNlcm5hbWU6"
        default: return "504 5.5.4 AUTH PLAIN or AUTH LOGIN"
        }
    }

    private mutating func takePassword(_ line: String, isName: Bool) -> String {
        guard line != "*", let text = Self.decoded(line) else {
            mode = .commands
            return "501 5.7.0 given up"
        }
        if isName {
            user = text
            mode = .password(name: false)
            return "334 UGFzc3dvcmQ6"
        }
        mode = .commands
        return "235 2.7.0 welcome"
    }

    /// RFC 4616: authorization identity, name and password, set apart by NUL.
    private mutating func logIn(plain line: String) -> String {
        mode = .commands
        guard let text = Self.decoded(line) else { return "501 5.7.0 given up" }
        let parts = text.split(separator: "\0", omittingEmptySubsequences: false)
        guard parts.count == 3 else { return "501 5.5.2 not what PLAIN asks for" }
        user = String(parts[1])
        return "235 2.7.0 welcome"
    }

    private static func decoded(_ text: String) -> String? {
        Data(base64Encoded: text).flatMap { String(data: $0, encoding: .utf8) }
    }
}
