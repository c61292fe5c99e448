/// An unfolded line by the grammar of RFC 5545 section 3.1 and RFC 6868.
struct StrictLine {
    struct Parameter {
        var name: String
        var values: [(text: String, isQuoted: Bool)]
    }

    private(set) var name = ""
    private(set) var parameters: [Parameter] = []
    private(set) var value = ""
    private(set) var faults: [String] = []

    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        name = Self.name(&rest)
        if name.isEmpty { faults.append("a line without a name") }
        if name.utf8.contains(where: { (0x61...0x7A).contains($0) }) { faults.append("\(name) is not in upper case") }
        while rest.first == UInt8(ascii: ";") {
            rest.removeFirst()
            let parameter = Self.name(&rest)
            guard rest.popFirst() == UInt8(ascii: "="), !parameter.isEmpty else {
                faults.append("\(name): a parameter without a name or value")
                return
            }
            var values = [value(&rest)]
            while rest.first == UInt8(ascii: ",") {
                rest.removeFirst()
                values.append(value(&rest))
            }
            if parameters.contains(where: { $0.name == parameter }) { faults.append("\(name): \(parameter) twice") }
            parameters.append(Parameter(name: parameter, values: values))
        }
        guard rest.popFirst() == UInt8(ascii: ":") else {
            faults.append("\(name): no colon where the value should begin")
            return
        }
        value = String(decoding: rest, as: UTF8.self)
    }

    func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.values.first?.text }

    private static func name(_ rest: inout ArraySlice<UInt8>) -> String {
        let name = rest.prefix { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "-")
        }
        rest.removeFirst(name.count)
        return String(decoding: name, as: UTF8.self)
    }

    private mutating func value(_ rest: inout ArraySlice<UInt8>) -> (String, Bool) {
        let quote = UInt8(ascii: "\"")
        guard rest.first == quote else {
            let bytes = rest.prefix { ![quote, UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: ",")].contains($0) }
            rest.removeFirst(bytes.count)
            return (decoded(bytes), false)
        }
        rest.removeFirst()
        let bytes = rest.prefix { $0 != quote }
        rest.removeFirst(bytes.count)
        if rest.popFirst() == nil { faults.append("\(name): a quotation mark that is not closed") }
        return (decoded(bytes), true)
    }

    private mutating func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "^") else {
                result.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "'"): result.append(UInt8(ascii: "\""))
            case UInt8(ascii: "^"): result.append(UInt8(ascii: "^"))
            default: faults.append("\(name): a caret that begins no escape")
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
