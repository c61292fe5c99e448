/// Puts properties into components and closes what its sender forgot to close.
struct ComponentTree {
    private(set) var calendars: [Component] = []
    private(set) var problems: [Problem] = []
    private var open: [Component] = []
    /// The outermost open component is a calendar that was put around others.
    private var isImplied = false
    private var reportedOutside = false
    private let limits: Limits

    init(limits: Limits) { self.limits = limits }

    mutating func report(_ line: Int, _ code: Problem.Code, _ message: @autoclosure () -> String) {
        guard problems.count < limits.problems else { return }
        problems.append(Problem(line: line, code: code, message: message()))
    }

    @inline(__always)
    mutating func add(_ property: Property) {
        guard !open.isEmpty else { return reportOutside(property.line) }
        open[open.count - 1].properties.append(property)
    }

    /// Adds a line to the text of the last property. False outside of a component.
    mutating func extendText(by line: String) -> Bool {
        guard let component = open.indices.last, let property = open[component].properties.indices.last else {
            return false
        }
        open[component].properties[property].value += "\\n" + line
        return true
    }

    mutating func reportBadLine(_ line: Int, _ message: String) {
        if open.isEmpty { reportOutside(line) } else { report(line, .badLine, message) }
    }

    private mutating func reportOutside(_ line: Int) {
        guard !reportedOutside else { return }
        reportedOutside = true
        report(line, .outsideCalendar, "text outside BEGIN:VCALENDAR and END:VCALENDAR is left out")
    }

    /// False if the component would be too deep.
    mutating func begin(_ name: String, line: Int) -> Bool {
        if name == "VCALENDAR" {
            close(downTo: 0, because: line)
            isImplied = false
        } else if open.isEmpty {
            report(line, .missingCalendar, "\(name) is not in a VCALENDAR; one is put around it")
            open.append(Component(upperCased: "VCALENDAR", line: line))
            isImplied = true
        } else if Self.standsInCalendar(name) {
            close(downTo: 1, because: line)
        } else if open[open.count - 1].name == name {
            close(downTo: open.count - 1, because: line)
        }
        guard open.count < limits.depth else { return false }
        var component = Component(upperCased: name, line: line)
        component.properties.reserveCapacity(name == "VEVENT" ? 24 : 6)
        open.append(component)
        return true
    }

    mutating func end(_ name: String, line: Int) {
        guard let index = open.lastIndex(where: { $0.name == name }) else {
            if open.isEmpty { return reportOutside(line) }
            return report(line, .strayEnd, "END:\(name) without BEGIN:\(name)")
        }
        close(downTo: index + 1, because: line)
        closeInnermost()
    }

    /// At the end of the input.
    mutating func finish(line: Int) { close(downTo: 0, because: line) }

    private mutating func close(downTo depth: Int, because line: Int) {
        while open.count > depth {
            if open.count > 1 || !isImplied {
                let unclosed = open[open.count - 1]
                report(line, .missingEnd, "\(unclosed.name) of line \(unclosed.line) has no END")
            }
            closeInnermost()
        }
    }

    private mutating func closeInnermost() {
        guard let component = open.popLast() else { return }
        if open.isEmpty {
            calendars.append(component)
            reportedOutside = false
        } else {
            open[open.count - 1].components.append(component)
        }
    }

    /// Components that are never inside another one than the calendar.
    private static func standsInCalendar(_ name: String) -> Bool {
        switch name {
        case "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE": true
        default: false
        }
    }
}
