import FuzzTargets
import SwiftGlibc

/// The target that Scripts/fuzz names.
private let target: FuzzTarget = {
    let name = getenv("CALINVITE_FUZZ").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else { fatalError("CALINVITE_FUZZ names no target: \(name)") }
    return target
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    if let finding = target.finding(in: bytes) { fatalError(finding) }
    return 0
}
