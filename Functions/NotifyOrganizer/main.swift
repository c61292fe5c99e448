import Handlers

await Function.run { environment in
    try NotifyOrganizer.live(environment).handle
}
