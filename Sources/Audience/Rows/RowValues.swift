import JSON
import MailMessage

/// The values of one row, whatever form the list has.
enum RowValues {
    /// An object whose members are named exactly as its product names them.
    case endpoint(JSON)
    /// The values of any object by their canonical paths.
    case members([String: JSON])
    case record(RecordColumns, [[UInt8]])

    /// The first value of that name that is not blank.
    func first(_ field: FieldName) -> String? {
        switch self {
        case .endpoint(let row): return Self.text(Self.member(row, field.path[...]))
        case .members(let members): return Self.text(members[field.canonical])
        case .record(let columns, let fields):
            for column in columns.named(field.canonical) where fields.indices.contains(column) {
                if let text = Self.visible(Charset.decode(fields[column], name: nil)) { return text }
            }
            return nil
        }
    }

    func first(of fields: [FieldName]) -> String? {
        for field in fields {
            if let text = first(field) { return text }
        }
        return nil
    }

    func has(_ field: FieldName) -> Bool {
        switch self {
        case .endpoint(let row): Self.member(row, field.path[...]) != nil
        case .members(let members): members[field.canonical] != nil
        case .record(let columns, _): !columns.named(field.canonical).isEmpty
        }
    }

    /// Reads an object's members once, those of objects in it as well.
    static func members(of object: JSONObject) -> RowValues {
        var members: [String: JSON] = [:]
        collect(object, prefix: "", depth: 1, into: &members)
        return .members(members)
    }

    private static func collect(_ object: JSONObject, prefix: String, depth: Int, into members: inout [String: JSON]) {
        for member in object {
            let name = prefix + FieldName.canonical(member.name)
            if let inner = member.value.object {
                if depth < 3 { collect(inner, prefix: name + ".", depth: depth + 1, into: &members) }
            } else if members[name] == nil {
                members[name] = member.value
            }
        }
    }

    private static func member(_ value: JSON, _ path: ArraySlice<String>) -> JSON? {
        guard let name = path.first else { return value }
        return value[name].flatMap { member($0, path.dropFirst()) }
    }

    /// Pinpoint keeps attributes as arrays of strings; the first counts.
    private static func text(_ value: JSON?) -> String? {
        switch value {
        case .string(let text)?: visible(text)
        case .number(let text)?: text
        case .bool(let flag)?: flag ? "true" : "false"
        case .array(let values)?: values.lazy.compactMap { text($0) }.first
        case .object?, .null?, nil: nil
        }
    }

    private static func visible(_ text: String) -> String? {
        text.utf8.contains { $0 > 0x20 } ? text : nil
    }
}

/// Which columns of a delimited file have which heading; a heading may come several times, as in Pinpoint's CSV files.
struct RecordColumns: Sendable, Equatable {
    /// Canonical headings in the order of the columns.
    let names: [String]
    private let columns: [String: [Int]]

    init(names: [String]) {
        self.names = names
        columns = Dictionary(grouping: names.indices, by: { names[$0] })
    }

    func named(_ canonical: String) -> [Int] { columns[canonical] ?? [] }
}
