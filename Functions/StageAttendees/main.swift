import Handlers

await Function.run { environment in
    try StageAttendees.live(environment).handle
}
