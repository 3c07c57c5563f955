using Bench.Live;
using Bench.Load;
using Bench.Micro;
using Bench.Scale;
using Bench.Servers;
using BenchmarkDotNet.Running;
using Cmms.Domain.Persistence;

// Asking for it loads it, before anything touches the driver.
Console.Error.WriteLine(SqliteLibrary.Description);
switch (args)
{
    case ["serve", var kind, var database]:
        await Server.RunAsync(kind, database);
        return 0;
    case ["micro", .. var rest]:
        BenchmarkSwitcher.FromTypes([typeof(EngineBenchmarks)]).Run(rest);
        return 0;
    case ["load", .. var rest]:
        return await LoadRun.RunAsync(LoadOptions.Of(rest));
    case ["live", .. var rest]:
        return await LiveRun.RunAsync(LiveOptions.Of(rest));
    case ["scale", "downtimes", .. var rest]:
        return await Downtimes.RunAsync(BenchSite.Options(rest));
    case ["scale", "rules"]:
        return Rules.Run();
    case ["scale", "sweep", .. var rest]:
        return await Sweep.RunAsync(BenchSite.Options(rest));
    default:
        Console.Error.WriteLine("""
            bench load [rounds=12] [only=list|single|update] [servers=graph,ef,ado,floor] [data=<folder>] [seed=<file>]
                server CPU and allocations per request: graph beside hand-written servers, or (servers=graph,unlimited) beside itself without rate limits
            bench live [subscribers=2000] [assets=40] [changes=200] [seconds=60] [only=graph|yoga] [data=<folder>]
                live delivery, beside graphql-yoga with graphql-ws (needs Node.js)
            bench scale downtimes [postgres=<connection>] [data=<folder>]
                reliability of a site over 10,000, 100,000 and 1,000,000 downtimes
            bench scale rules
                the rule engine over 500,000 facts, beside a plain loop and one SQL statement
            bench scale sweep [postgres=<connection>] [data=<folder>]
                the low-stock policy over 500,000 parts
            bench micro --filter '*'
                parse, validate, plan and execute, without a database
            """);
        return 2;
}
