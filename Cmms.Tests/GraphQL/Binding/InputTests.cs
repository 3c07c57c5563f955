using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.GraphQL.Binding;

public sealed class InputTests
{
    private readonly GarageKit _garage = new();

    [Fact]
    public void Records_become_input_objects_with_their_defaults() => Assert.Equal(
        """"
        """A plan to rent."""
        input RentalPlanInput {
          """Which car."""
          carId: ID!
          """For how long."""
          days: Int! = 3
          """Whatever is to be said."""
          note: String
          """Extra lines."""
          lines: [RentalLineInput!]! = []
          """Whether it is urgent."""
          isUrgent: Boolean! = false
          """Its state afterwards."""
          after: CarState! = IN_REPAIR
        }
        """", SchemaPrinter.Print(_garage.Schema.Types["RentalPlanInput"]).TrimEnd());

    [Fact]
    public async Task What_is_left_out_takes_the_defaults_of_the_record() => Assert.Equal(
        """{"data":{"check":"1 3 null False InRepair []"}}""",
        await _garage.Ask($$"""{ check(plan: { carId: "{{GarageKit.Id("Car", 1)}}" }) }"""));

    [Fact]
    public async Task Variables_and_literals_make_the_same_record()
    {
        const string Expected = """{"data":{"check":"2 1 x True Fine [a=150, b=0]"}}""";
        var id = GarageKit.Id("Car", 2);
        Assert.Equal(Expected, await _garage.Ask(
            $$"""{ check(plan: { carId: "{{id}}", days: 1, note: "x", isUrgent: true, after: FINE, lines: [{ text: "a", price: 1.5 }, { text: "b", price: 0 }] }) }"""));
        Assert.Equal(Expected, await _garage.Ask(
            "query($plan: RentalPlanInput!) { check(plan: $plan) }",
            $$"""{ "plan": { "carId": "{{id}}", "days": 1, "note": "x", "isUrgent": true, "after": "FINE", "lines": [{ "text": "a", "price": 1.50 }, { "text": "b", "price": 0 }] } }"""));
    }

    [Fact]
    public async Task A_value_that_its_type_refuses_is_named_by_its_place()
    {
        var answer = await _garage.Ask($$"""{ check(plan: { carId: "{{GarageKit.Id("Car", 2)}}", lines: [{ text: "a", price: 1 }, { text: "b", price: 1.005 }] }) }""");
        Assert.Contains("plan.lines.1.price: It cannot be paid.", answer, StringComparison.Ordinal);
        Assert.Contains("BAD_USER_INPUT", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_and_nullable_values_reach_the_method()
    {
        Assert.Equal("""{"data":{"cars":[{"name":"Bee"}]}}""", await _garage.Ask("{ cars(states: [IN_REPAIR]) { name } }"));
        Assert.Equal("""{"data":{"cars":[{"name":"Bee"}]}}""", await _garage.Ask("query($p: Decimal) { cars(cheaperThan: $p) { name } }", """{"p":25.50}"""));
        Assert.Equal("""{"data":{"cars":[]}}""", await _garage.Ask("{ cars(states: []) { name } }"));
    }

    [Fact]
    public async Task An_id_of_another_type_or_of_none_is_refused_and_named()
    {
        var other = GarageKit.Id("Bicycle", 1);
        Assert.Contains($"'{other}' is not the id of a Car.", await _garage.Ask($$"""{ car(id: "{{other}}") { name } }"""), StringComparison.Ordinal);
        foreach (var malformed in (string[])["", "1", "Q2FyOjE=", "Q2FyOjE.", "Q2FyOg", GarageKit.Id("Car", 1) + "A", new GlobalId("Car", "01").ToString(), new GlobalId("Car", "9223372036854775808").ToString()])
            Assert.Contains("is not the id of a Car", await _garage.Ask("query($id: ID!) { car(id: $id) { name } }", $$"""{"id":"{{malformed}}"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_are_found_by_their_global_ids_whatever_their_types()
    {
        var (ant, bee, nobody) = (GarageKit.Id("Car", 1), GarageKit.Id("Car", 2), GarageKit.Id("Car", 99));
        Assert.Equal(
            $$$$"""{"data":{"nodes":[{"id":"{{{{bee}}}}","name":"Bee"},null,{"id":"{{{{ant}}}}","name":"Ant"},{"id":"{{{{bee}}}}","name":"Bee"}],"node":{"__typename":"Car"}}}""",
            await _garage.Ask($$"""{ nodes(ids: ["{{bee}}", "{{nobody}}", "{{ant}}", "{{bee}}"]) { id ... on Car { name } } node(id: "{{ant}}") { __typename } }"""));
        Assert.Contains("is not an id", await _garage.Ask("""{ node(id: "rubbish") { id } }"""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_nobody_can_give_is_refused_when_the_schema_is_built()
    {
        var message = Assert.Throws<SchemaException>(() => new SchemaBuilder(new BindingOptions()).AddTypes(typeof(Impossible)).Build()).Message;
        Assert.Contains("Impossible.Ask: 'services' is a IServiceProvider", message, StringComparison.Ordinal);
    }

    [QueryType]
    private static class Impossible
    {
        public static string Ask(IServiceProvider services) => services.ToString()!;
    }
}
