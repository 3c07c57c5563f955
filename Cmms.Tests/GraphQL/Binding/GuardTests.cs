using Xunit;

namespace Cmms.Tests.GraphQL.Binding;

public sealed class GuardTests
{
    [Fact]
    public async Task A_guard_on_a_method_denies_its_field_and_is_told_in_its_description()
    {
        var garage = new GarageKit(caller: new Caller("Bob", IsBoss: false));
        Assert.Contains("FORBIDDEN", await garage.Ask("{ cars { lastBill { amount } } }"), StringComparison.Ordinal);
        Assert.DoesNotContain("FORBIDDEN", await garage.Ask("{ cars { name } }"), StringComparison.Ordinal);
        Assert.Equal("Rents a car out. Requires BOSS.", garage.Schema.Mutation!.Find("rentCar")!.Description);
    }

    [Fact]
    public async Task The_default_guard_stands_before_every_root_field_that_is_not_open_to_all()
    {
        var garage = new GarageKit(caller: new Caller("", IsBoss: true));
        Assert.Equal("""{"data":{"me":""}}""", await garage.Ask("{ me }"));
        Assert.Contains("UNAUTHENTICATED", await garage.Ask("{ cars { name } }"), StringComparison.Ordinal);
        Assert.Contains("UNAUTHENTICATED", await garage.Ask($$"""{ node(id: "{{GarageKit.Id("Car", 1)}}") { id } }"""), StringComparison.Ordinal);
        Assert.Contains("UNAUTHENTICATED", await garage.Ask("mutation { countCars { count } }"), StringComparison.Ordinal);
        Assert.Equal("""{"data":{"openDoors":{"__typename":"OpenDoorsPayload"}}}""", await garage.Ask("mutation { openDoors { __typename } }"));
    }
}
