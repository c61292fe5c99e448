import JSON

/// Of JSON: a value that is read is written so that it reads the same.
enum JSONProperties {
    static func finding(in bytes: [UInt8]) -> String? {
        guard let value = try? JSON(parsing: bytes) else { return nil }
        guard let again = try? JSON(parsing: value.bytes) else { return "what is written does not read" }
        if again != value { return "what is read again is not what was read" }
        return again.bytes == value.bytes ? nil : "written again it is not the same"
    }
}
