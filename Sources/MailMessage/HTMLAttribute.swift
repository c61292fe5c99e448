/// Attributes of an HTML tag.
enum HTMLAttribute {
    /// The value of the attribute, entities resolved; nil when the tag has none of this name.
    static func value(_ name: String, in tag: ArraySlice<UInt8>) -> [UInt8]? {
        var index = tag.startIndex
        while index < tag.endIndex {
            while index < tag.endIndex, !tag[index].isLetter { index += 1 }
            let start = index
            while index < tag.endIndex, tag[index].isToken { index += 1 }
            let isWanted = tag[start..<index].elementsEqual(name.utf8) { $0.lowercased == $1 }
            while index < tag.endIndex, tag[index].isBlank || tag[index].isLineEnd { index += 1 }
            guard index < tag.endIndex, tag[index] == UInt8(ascii: "=") else {
                if index == start { index += 1 }
                continue
            }
            index += 1
            while index < tag.endIndex, tag[index].isBlank || tag[index].isLineEnd { index += 1 }
            let value = value(tag, &index)
            if isWanted { return resolved(value) }
        }
        return nil
    }

    private static func value(_ tag: ArraySlice<UInt8>, _ index: inout Int) -> [UInt8] {
        guard index < tag.endIndex else { return [] }
        let mark = tag[index]
        if mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'") {
            let start = index + 1
            index = start
            while index < tag.endIndex, tag[index] != mark { index += 1 }
            let value = Array(tag[start..<index])
            if index < tag.endIndex { index += 1 }
            return value
        }
        let start = index
        while index < tag.endIndex, !tag[index].isBlank, !tag[index].isLineEnd { index += 1 }
        return Array(tag[start..<index])
    }

    private static func resolved(_ value: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var index = 0
        while index < value.count {
            if value[index] == UInt8(ascii: "&") {
                let (text, end) = HTMLEntity.read(value, at: index)
                output.append(contentsOf: text.utf8)
                index = end
            } else {
                output.append(value[index])
                index += 1
            }
        }
        return output.filter { !$0.isControl && !$0.isBlank }
    }
}
