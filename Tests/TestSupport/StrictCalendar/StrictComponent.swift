/// A component by BEGIN and END, which must match.
struct StrictComponent {
    var name: String
    var lines: [StrictLine] = []
    var components: [StrictComponent] = []

    func all(_ name: String) -> [StrictLine] { lines.filter { $0.name == name } }
    func first(_ name: String) -> StrictLine? { lines.first { $0.name == name } }
    func components(_ name: String) -> [StrictComponent] { components.filter { $0.name == name } }

    /// The one VCALENDAR that the lines must be.
    static func calendar(_ lines: [StrictLine], _ faults: inout [String]) -> StrictComponent? {
        var open: [StrictComponent] = []
        var calendar: StrictComponent?
        for line in lines {
            if calendar != nil {
                faults.append("something behind END:VCALENDAR")
                return calendar
            }
            switch line.name {
            case "BEGIN":
                open.append(StrictComponent(name: line.value))
            case "END":
                guard let closed = open.popLast(), closed.name == line.value else {
                    faults.append("END:\(line.value) does not close what is open")
                    return nil
                }
                if open.isEmpty { calendar = closed } else { open[open.count - 1].components.append(closed) }
            default:
                guard !open.isEmpty else {
                    faults.append("\(line.name) stands outside")
                    continue
                }
                if !open[open.count - 1].components.isEmpty {
                    faults.append("\(line.name) stands behind a component of \(open[open.count - 1].name)")
                }
                open[open.count - 1].lines.append(line)
            }
        }
        if calendar == nil { faults.append("no END:VCALENDAR") }
        return calendar
    }
}
