using Cmms.Domain.Persistence;
using Cmms.Tests.Demo;
using Xunit;
using Xunit.Abstractions;

namespace Cmms.Tests.GraphQL.Server;

/// <summary>The reference suite of GraphQL over HTTP against the running Graph.</summary>
public sealed class AuditTests(ITestOutputHelper output)
{
    [NodeFact]
    public async Task Every_audit_of_graphql_http_passes_those_that_are_optional_too()
    {
        // Two of them ask __type without a key.
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite, ("GraphQL:Introspection", "Everyone"));
        Assert.Equal(0, await NodeClients.RunAsync(output, "audits.mjs", graph.Address.ToString()));
    }

    [NodeFact]
    public async Task They_pass_for_a_signed_in_caller_where_others_may_not_introspect()
    {
        await using var graph = await TestGraph.StartAsync(DatabaseProvider.Sqlite);
        Assert.Equal(0, await NodeClients.RunAsync(output, "audits.mjs", graph.Address.ToString(), "test-viewer"));
    }
}
