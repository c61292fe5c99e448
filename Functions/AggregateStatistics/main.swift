import Handlers

await Function.run { environment in
    try AggregateStatistics.live(environment).handle
}
