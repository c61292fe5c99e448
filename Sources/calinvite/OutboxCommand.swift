import ArgumentParser
import Foundation
import JSON
import LocalCloud

struct OutboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "Look at the mails that were sent.",
        subcommands: [List.self, Show.self, Export.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One line per mail: number, time, recipients.")

        @Option(name: .long, help: "Only mails to addresses that contain this.")
        var to: String?

        @Flag(name: .long, help: "The index as it is: one JSON object a line.")
        var json = false

        @OptionGroup var stack: StackOptions

        func run() throws {
            for entry in try Outbox.entries(in: URL(fileURLWithPath: stack.lastState().outbox)) {
                if let to, !entry.recipients.contains(where: { $0.contains(to) }) { continue }
                if json {
                    print(entry.json.text)
                } else {
                    let suppressed = entry.suppressed.isEmpty ? "" : "  (suppressed)"
                    let time = entry.json["time"]?.string ?? ""
                    print("\(entry.number)  \(time)  \(entry.recipients.joined(separator: ", "))\(suppressed)")
                }
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One mail as it was sent, byte for byte.")

        @Argument(help: "Its number, or its message id.")
        var mail: String

        @OptionGroup var stack: StackOptions

        func run() throws {
            let outbox = URL(fileURLWithPath: try stack.lastState().outbox)
            guard
                let entry = try Outbox.entries(in: outbox).first(where: {
                    String($0.number) == mail || $0.messageID == mail
                })
            else { throw ValidationError("No mail \(mail) in the outbox.") }
            try FileHandle.standardOutput.write(contentsOf: Data(Outbox.message(of: entry, in: outbox)))
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Copy all mails into a folder, a .eml file each.")

        @Argument(help: "The folder; made when it is not there.", completion: .directory)
        var directory: String

        @OptionGroup var stack: StackOptions

        func run() throws {
            let outbox = URL(fileURLWithPath: try stack.lastState().outbox)
            let target = URL(fileURLWithPath: directory)
            try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
            let entries = try Outbox.entries(in: outbox)
            for entry in entries {
                try Data(Outbox.message(of: entry, in: outbox)).write(to: target.appendingPathComponent(entry.fileName))
            }
            print("\(entries.count) mails in \(target.path)")
        }
    }
}
