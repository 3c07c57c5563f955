using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.GraphQL.Binding;

public sealed class ObjectTypeTests
{
    private readonly GarageKit _garage = new();

    [Fact]
    public void A_class_shows_its_properties_and_methods_under_schema_names() => Assert.Equal(
        """"
        """A car of the garage."""
        type Car implements Node & Rentable {
          """The id among all objects, for node(id)."""
          id: ID!
          """What it is called."""
          name: String!
          """Its state in words."""
          state: String! @deprecated(reason: "Use state.")
          """Seats, if anybody counted."""
          seats: Int
          """When it was last seen."""
          seenAt: DateTime
          """The day it was built."""
          builtOn: Date!
          """What a day costs."""
          dayRate: Decimal!
          """How long it may be away."""
          limit: Duration!
          """Metres driven; see limit."""
          metres: Long!
          """Words on its doors."""
          labels: [String]!
          """What a week costs."""
          weekRate: Decimal!
          """How often it was rented."""
          rentals: Int!
          """Cars like it."""
          similar: [Car!]!
          """The name, shouted."""
          shout: String!
          """The name, so many times."""
          repeat(
            """How often."""
            times: Int! = 2
          ): String!
          """The price of so many days."""
          costs: Decimal!
          """The last bill, if any. Requires BOSS."""
          lastBill: Bill
        }
        """", Printed("Car"));

    [Fact]
    public void Enums_interfaces_and_unions_follow_from_their_classes()
    {
        Assert.Contains("SCRAPPED @deprecated(reason: \"Use IN_REPAIR\")", Printed("CarState"), StringComparison.Ordinal);
        Assert.Contains("IN_REPAIR", Printed("CarState"), StringComparison.Ordinal);
        Assert.Contains("union Vehicle = Car | Bicycle", Printed("Vehicle"), StringComparison.Ordinal);
        var rentable = (InterfaceType)_garage.Schema.Types["Rentable"];
        Assert.Equal(["dayRate", "weekRate"], rentable.Fields.Select(f => f.Name));
        Assert.Equal(["Car", "Bicycle"], _garage.Schema.PossibleTypes(rentable).Select(t => t.Name));
    }

    [Fact]
    public async Task Values_are_written_as_their_scalars_say() => Assert.Equal(
        """{"data":{"cars":[{"name":"Ant","seats":4,"seenAt":null,"builtOn":"2020-02-29","dayRate":25.5,"limit":"P1DT2H30M","metres":9000000000,"labels":["fast",null],"weekRate":153,"shout":"ANT","repeat":"AntAnt","costs":178.5,"state":"Fine"},{"name":"Bee","seats":null,"seenAt":"2026-03-01T08:00:00Z","builtOn":"0001-01-01","dayRate":0,"limit":"PT0S","metres":0,"labels":[],"weekRate":0,"shout":"BEE","repeat":"BeeBee","costs":0,"state":"InRepair"}]}}""",
        await _garage.Ask("{ cars { name seats seenAt builtOn dayRate limit metres labels weekRate shout repeat costs state } }"));

    [Fact]
    public async Task A_computed_field_is_asked_once_for_all_parents_and_fills_what_is_missing()
    {
        Assert.Equal(
            """{"data":{"cars":[{"rentals":7,"similar":[{"name":"Bee"}],"lastBill":{"amount":25.5,"car":{"name":"Ant"}}},{"rentals":0,"similar":[{"name":"Ant"}],"lastBill":null}]}}""",
            await _garage.Ask("{ cars { rentals similar { name } lastBill { amount car { name } } } }"));
        Assert.Equal(["rentals 1,2"], _garage.Rows.Calls);
    }

    [Fact]
    public async Task Values_of_unions_and_interfaces_find_their_types() => Assert.Equal(
        """{"data":{"vehicles":[{"__typename":"Car","name":"Ant"},{"__typename":"Car","name":"Bee"},{"__typename":"Bicycle","id":1}],"rentables":[{"weekRate":153},{"weekRate":0},{"weekRate":30}]}}""",
        await _garage.Ask("{ vehicles { __typename ... on Car { name } ... on Bicycle { id } } rentables { weekRate } }"));

    [Fact]
    public void Nothing_is_in_the_schema_without_its_class_and_nothing_hidden_shows()
    {
        var car = (ObjectType)_garage.Schema.Types["Car"];
        Assert.Null(car.Find("alarmCode"));
        Assert.Null(car.Find("tangle"));
    }

    [Fact]
    public void What_has_no_description_is_told() =>
        Assert.Equal(["Bicycle.id", "Bicycle.name"], _garage.Schema.Undescribed().Where(c => c.StartsWith("Bicycle", StringComparison.Ordinal)));

    [Fact]
    public void A_field_that_would_ask_once_a_parent_is_refused()
    {
        var builder = new SchemaBuilder(new BindingOptions()).AddTypes(typeof(OnePerParent));
        Assert.Contains("take all parents", Assert.Throws<SchemaException>(builder.Build).Message, StringComparison.Ordinal);
    }

    [ObjectType<Bill>]
    private static class OnePerParent
    {
        public static Task<string> Text([Parent] Bill bill) => Task.FromResult(bill.ToString());
    }

    private string Printed(string type) => SchemaPrinter.Print(_garage.Schema.Types[type]).TrimEnd();
}
