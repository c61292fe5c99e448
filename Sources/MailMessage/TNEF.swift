/// The contents of a `winmail.dat` (MS-OXTNEF): what Outlook says in its own way instead of in MIME.
package struct TNEF: Sendable {
    package struct Attachment: Sendable, Equatable {
        package var filename: String?
        package var bytes: [UInt8]
    }

    /// Such as `IPM.Note` or `IPM.Microsoft Schedule.MtgReq`.
    package private(set) var messageClass = ""
    package private(set) var attachments: [Attachment] = []
    private(set) var subject: String?
    private(set) var properties = MAPIProperties()

    private enum Attribute {
        static let subject: UInt32 = 0x0001_8004
        static let messageClass: UInt32 = 0x0007_8008
        static let messageProperties: UInt32 = 0x0006_9003
        static let codepage: UInt32 = 0x0006_9007
        static let attachmentStart: UInt32 = 0x0006_9002
        static let attachmentTitle: UInt32 = 0x0001_8010
        static let attachmentData: UInt32 = 0x0006_800F
        static let attachmentProperties: UInt32 = 0x0006_9005
    }

    private static let signature: UInt32 = 0x223E_9F78

    /// Reads a stream, as far as it goes when it was cut off; nil when it is no TNEF at all.
    package init?(_ bytes: [UInt8]) {
        var reader = LittleEndianReader(bytes)
        guard reader.uint32() == Self.signature, reader.uint16() != nil else { return nil }
        var charset: String?
        while reader.uint8() != nil, let attribute = reader.uint32(), let length = reader.count(),
            let data = reader.octets(length)
        {
            // The checksum: streams in which it is wrong are read by all products.
            _ = reader.uint16()
            switch attribute {
            case Attribute.codepage:
                var number = LittleEndianReader(data)
                charset = number.uint32().map { $0 == 65001 ? "utf-8" : "windows-\($0)" }
            case Attribute.messageClass:
                messageClass = Charset.lenient(data.prefix { $0 != 0 })
            case Attribute.subject:
                subject = Charset.decode(data.prefix { $0 != 0 }, name: charset)
            case Attribute.messageProperties:
                properties = MAPIProperties(data)
            default:
                readAttachment(attribute, data, charset)
            }
        }
        properties.charset = charset
    }

    private mutating func readAttachment(_ attribute: UInt32, _ data: ArraySlice<UInt8>, _ charset: String?) {
        if attribute == Attribute.attachmentStart {
            attachments.append(Attachment(filename: nil, bytes: []))
            return
        }
        guard let last = attachments.indices.last else { return }
        switch attribute {
        case Attribute.attachmentTitle:
            if attachments[last].filename == nil {
                attachments[last].filename = Charset.decode(data.prefix { $0 != 0 }, name: charset)
            }
        case Attribute.attachmentData:
            attachments[last].bytes = Array(data)
        case Attribute.attachmentProperties:
            var properties = MAPIProperties(data)
            properties.charset = charset
            // The long name; the title is one of eight letters and three.
            if let name = properties.text(0x3707) ?? properties.text(0x3001) { attachments[last].filename = name }
            if attachments[last].bytes.isEmpty, let data = properties.octets(0x3701) {
                attachments[last].bytes = Array(data)
            }
        default:
            break
        }
    }
}
