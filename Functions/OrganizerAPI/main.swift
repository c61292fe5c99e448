import Handlers

await Function.run { environment in
    try OrganizerAPI.live(environment).handle
}
