import Foundation

/// Identifiers in the forms the services give out. Random: none is meant to be guessed or repeated.
enum Identifiers {
    /// Of a mail sent: `0100019ac1f5d1a2-6b6b…-000000`.
    static func sentMail(milliseconds: Int) -> String {
        let time = String(milliseconds, radix: 16)
        return "0100" + String(repeating: "0", count: max(0, 12 - time.count)) + time
            + "-\(UUID().uuidString.lowercased())-000000"
    }

    /// Of a mail received: 40 lower case letters and digits.
    static func receivedMail() -> String {
        let alphabet = Array("0123456789abcdefghijklmnopqrstuv".utf8)
        return String(decoding: (0..<40).map { _ in alphabet[Int.random(in: 0..<32)] }, as: UTF8.self)
    }

    /// Of a request through API Gateway: 16 characters of base64, the last a padding.
    static func gatewayRequest() -> String {
        Data((0..<11).map { _ in UInt8.random(in: 0...255) }).base64EncodedString()
    }

    /// Of a trace: `1-67890abc-0123456789abcdef01234567`.
    static func trace(milliseconds: Int) -> String {
        let random = UUID().uuidString.lowercased().filter { $0 != "-" }.prefix(24)
        return "1-\(String(milliseconds / 1000, radix: 16))-\(random)"
    }
}
