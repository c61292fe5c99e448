import Foundation
import Testing

@Suite("Executables as they are shipped", .enabled(if: Project.isReady, "\(Project.hint)"))
struct ShippedExecutableTests {
    private static let functions: [String] =
        (try? FileManager.default.contentsOfDirectory(atPath: Project.root.appendingPathComponent("Functions").path))?
        .sorted() ?? []

    @Test("a function needs neither Foundation nor Swift's libraries, nor a glibc newer than Amazon Linux 2023's")
    func linkage() throws {
        #expect(!Self.functions.isEmpty)
        for function in Self.functions {
            let path = Project.executables.appendingPathComponent(function).path
            let libraries = try output(of: ["ldd", path])
            #expect(libraries.contains("libcurl.so.4"))
            #expect(!libraries.contains("Foundation") && !libraries.contains("libswift"), "\(function): \(libraries)")
            let symbols = try output(of: ["nm", "-D", path])
            #expect(!symbols.contains("Foundation"), "\(function) refers to Foundation")
            let defined = try output(of: ["nm", path])
            #expect(!defined.contains("10Foundation4DataV") && !defined.contains("20FoundationEssentials"))
            for match in symbols.matches(of: /GLIBC_2\.(\d+)/) {
                #expect(Int(match.1) ?? 99 <= 34, "\(function) needs \(match.0)")
            }
        }
    }

    @Test("nothing that ships imports Foundation")
    func imports() throws {
        let hostOnly: Set<String> = ["LocalCloud", "calinvite"]
        for folder in ["Sources", "Functions"] {
            let root = Project.root.appendingPathComponent(folder)
            let files = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".swift") }
            #expect(!files.isEmpty)
            for file in files where !hostOnly.contains(String(file.prefix { $0 != "/" })) {
                let source = try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
                #expect(!source.contains(/(?m)^ *(package |public |@_exported )*import Foundation/), "\(file)")
            }
        }
    }

    private func output(of command: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(command.joined(separator: " "))")
        return String(decoding: data, as: UTF8.self)
    }
}
