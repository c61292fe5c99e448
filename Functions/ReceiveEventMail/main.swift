import Handlers

await Function.run { environment in
    try await ReceiveEventMail.live(environment).handle
}
