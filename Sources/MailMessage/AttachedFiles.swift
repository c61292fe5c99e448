/// A file that came with a message.
package struct AttachedFile: Sendable, Equatable {
    package var filename: String?
    /// Lower case; `application/octet-stream` for what came in a `winmail.dat`, which has no types.
    package var mediaType: String
    package var bytes: [UInt8]
}

extension ParsedMail {
    /// The files of the message in order: leaves with a name or marked as attachments, and those inside a
    /// `winmail.dat` in its place.
    package var attachedFiles: [AttachedFile] {
        var files: [AttachedFile] = []
        for (_, part) in root.leaves {
            if let tnef = part.tnef {
                for attachment in tnef.attachments {
                    files.append(
                        AttachedFile(
                            filename: attachment.filename, mediaType: "application/octet-stream",
                            bytes: attachment.bytes))
                }
            } else if case .leaf(let bytes) = part.body, part.isAttachment || part.filename != nil {
                files.append(
                    AttachedFile(filename: part.filename, mediaType: part.contentType.mediaType, bytes: bytes))
            }
        }
        return files
    }
}

extension MIMEPart {
    /// The contents when this is a `winmail.dat`.
    var tnef: TNEF? {
        let isNamed = filename?.asciiLowercased == "winmail.dat"
        let types = ["application/ms-tnef", "application/vnd.ms-tnef"]
        guard isNamed || types.contains(contentType.mediaType) else { return nil }
        return TNEF(bytes)
    }
}
