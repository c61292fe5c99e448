import Handlers

await Function.run { environment in
    try ReceiveBulkMail.live(environment).handle
}
