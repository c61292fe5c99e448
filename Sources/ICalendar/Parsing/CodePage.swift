/// A single-byte charset: ASCII, and 128 characters of its own.
struct CodePage: Sendable {
    /// For the bytes from 0x80; all are in the Basic Multilingual Plane.
    private let upper: [UInt16]

    init(_ upper: StaticString) {
        self.upper = upper.withUTF8Buffer { Array(String(decoding: $0, as: UTF8.self).utf16) }
    }

    /// By IANA name or a usual alias, in lower case.
    init?(named name: String) {
        switch name {
        // As browsers do: what is labelled ISO-8859-1 is windows-1252, which differs only where controls would be.
        case "windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1": self = .windows1252
        case "windows-1250", "cp1250": self = .windows1250
        case "windows-1251", "cp1251": self = .windows1251
        case "windows-1253", "cp1253": self = .windows1253
        case "windows-1254", "cp1254", "iso-8859-9": self = .windows1254
        case "windows-1255", "cp1255": self = .windows1255
        case "windows-1256", "cp1256": self = .windows1256
        case "windows-1257", "cp1257": self = .windows1257
        case "windows-1258", "cp1258": self = .windows1258
        case "iso-8859-2", "iso8859-2", "latin2": self = .iso8859x2
        case "iso-8859-5", "iso8859-5": self = .iso8859x5
        case "iso-8859-7", "iso8859-7": self = .iso8859x7
        case "iso-8859-15", "iso8859-15", "latin9": self = .iso8859x15
        case "koi8-r": self = .koi8r
        default: return nil
        }
    }

    func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let units = bytes.lazy.map { $0 < 0x80 ? UInt16($0) : upper[Int($0) - 0x80] }
        return String(decoding: units, as: UTF16.self)
    }
}
