import Foundation
import ICalendar
import InviteService
import MailMessage
import Scheduling

/// Something that is done over and over for a while.
struct CalendarWorkload {
    var name: String
    /// What one run counts for, by unit.
    var amounts: [(unit: String, amount: Double)]
    var run: () -> Int

    /// Long enough for a steady number, short enough to take turns with the other programs.
    private static let duration = Duration.milliseconds(700)

    func measure() {
        let clock = ContinuousClock()
        let start = clock.now
        var (runs, sink) = (0, 0)
        repeat {
            sink &+= run()
            runs += 1
        } while clock.now - start < Self.duration
        let parts = (clock.now - start).components
        let seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
        // The sum is looked at, so that nothing of the work can be left out.
        for (unit, amount) in amounts {
            print("\(name)\t\(amount * Double(runs) / seconds)\(sink == .min ? " " : "")\t\(unit)")
        }
    }

    static func all(_ folder: URL) throws -> [CalendarWorkload] {
        let inputs = try ["corpus", "invitation"].map { ($0, try CalendarFolder.read(folder.appending(path: $0))) }
        return inputs.flatMap { name, files in reading(name, files) } + (try writing())
    }

    private static func reading(_ name: String, _ files: [[UInt8]]) -> [CalendarWorkload] {
        let size = Double(files.reduce(0) { $0 + $1.count })
        let events = files.flatMap { ICalendar.parse($0).calendars }.flatMap { $0.components("VEVENT") }.count
        let parse = { files.reduce(0) { $0 &+ ICalendar.parse($1).calendars.count } }
        let both = {
            files.reduce(0) { sum, file in
                ICalendar.parse(file).calendars.reduce(sum) { $0 &+ ICalendar.serialize($1).count }
            }
        }
        let amounts = [("MB/s", size / 1e6), ("events/s", Double(events))]
        return [
            CalendarWorkload(name: "\(name) parse", amounts: amounts, run: parse),
            CalendarWorkload(name: "\(name) parse+write", amounts: amounts, run: both),
        ]
    }

    /// A thousand recipients, each with another name and address.
    private static func writing() throws -> [CalendarWorkload] {
        let sample = try SampleInvitation()
        let template = sample.template
        let composer = sample.composer
        let objects = {
            sample.recipients.reduce(0) { $0 &+ SampleInvitation.object(template, for: $1).count }
        }
        let mails = {
            sample.recipients.reduce(0) {
                $0 &+ composer.invitation(for: $1, at: SampleInvitation.stamp).message.count
            }
        }
        let amount = Double(sample.recipients.count)
        return [
            CalendarWorkload(name: "personal object", amounts: [("objects/s", amount)], run: objects),
            CalendarWorkload(name: "personal mail", amounts: [("mails/s", amount)], run: mails),
        ]
    }
}
