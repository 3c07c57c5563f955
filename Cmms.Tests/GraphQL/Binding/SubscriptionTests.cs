using Engines.GraphQL.Execution;
using Xunit;

namespace Cmms.Tests.GraphQL.Binding;

public sealed class SubscriptionTests
{
    [Fact]
    public async Task Each_item_of_the_method_is_one_message()
    {
        var garage = new GarageKit();
        var result = await Execution.Kit.Executor(garage.Schema).ExecuteAsync(Execution.Kit.Request("subscription { carCame(first: 2) { name rentals } }"), garage.Scope);
        var messages = new List<string>();
        await foreach (var message in Assert.IsType<StreamResult>(result).Messages)
            using (message) messages.Add(Execution.Kit.Text(message));
        Assert.Equal(["""{"data":{"carCame":{"name":"Ant","rentals":7}}}""", """{"data":{"carCame":{"name":"Bee","rentals":0}}}"""], messages);
    }
}
