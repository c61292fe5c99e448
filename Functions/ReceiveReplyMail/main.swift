import Handlers

await Function.run { environment in
    try await ReceiveReplyMail.live(environment).handle
}
