/// Why a file cannot be read as a list at all, in words its owner can act on.
package enum ListRefusal: Error, Sendable, Equatable {
    case spreadsheet
    case columnar
    case document
    case binary
    case noAddressColumn(headings: [String])

    package var explanation: String {
        switch self {
        case .spreadsheet:
            "The file is a spreadsheet or an archive. Open it, save the sheet as CSV (UTF-8), and send that."
        case .columnar:
            "The file is in the format ORC or Parquet. Take the segment's snapshot as JSONL or CSV instead."
        case .document: "The file is a document, not a list. Save the addresses as CSV, one person in each row."
        case .binary: "The file is not text. Save the list as CSV, JSON lines, or plain text with one address a line."
        case .noAddressColumn(let headings):
            "No column holds e-mail addresses. Name the one that does \"email\"; the headings are: "
                + headings.prefix(20).map { String($0.prefix(40)) }.joined(separator: ", ") + "."
        }
    }
}
