import Foundation

// Measures the calendar engine for Scripts/bench, which runs it beside other readers.
//
//   Bench extract SHARED FOLDER     writes the calendars of the corpus into FOLDER/corpus, one a file, and an
//                                   invitation of 1.2 kB into FOLDER/invitation
//   Bench calendar FOLDER           prints `<workload>\t<value>\t<unit>` for each workload
let arguments = CommandLine.arguments.dropFirst()
switch (arguments.first, arguments.count) {
case ("extract", 3):
    let folders = arguments.dropFirst().map { URL(filePath: $0) }
    try CalendarFolder.extract(corpus: folders[0].appending(path: "corpus"), to: folders[1].appending(path: "corpus"))
    try CalendarFolder.write(
        [("invitation.ics", SampleInvitation.calendar)], to: folders[1].appending(path: "invitation"))
case ("calendar", 2):
    for workload in try CalendarWorkload.all(URL(filePath: arguments.last ?? "")) { workload.measure() }
default:
    print("usage: Bench extract SHARED FOLDER | calendar FOLDER")
    exit(1)
}
