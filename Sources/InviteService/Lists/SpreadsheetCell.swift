/// A cell of a CSV file that people open in a spreadsheet.
enum SpreadsheetCell {
    /// Quoted where RFC 4180 asks for it. Spreadsheets calculate what begins like a formula, whoever wrote it: behind
    /// an apostrophe they show it.
    static func text(_ value: String) -> String {
        var value = value
        if let first = value.unicodeScalars.first, "=+-@\t\r\n".unicodeScalars.contains(first) { value = "'" + value }
        let special: Set<UInt8> = [0x22, 0x2C, 0x3B, 0x09, 0x0A, 0x0D]
        guard value.utf8.contains(where: special.contains) else { return value }
        return "\"\(value.replacing("\"", with: "\"\""))\""
    }
}
