import Handlers

await Function.run { environment in
    try await OrganizerAPI.live(environment).handle
}
