using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.GraphQL.Binding;

public sealed class MutationTests
{
    private readonly GarageKit _garage = new();

    [Fact]
    public void Flat_parameters_become_an_input_a_payload_and_a_union_of_errors()
    {
        Assert.Equal("changeCar(input: ChangeCarInput!): ChangeCarPayload!", Signature("changeCar"));
        Assert.Equal("openDoors(): OpenDoorsPayload!", Signature("openDoors"));
        Assert.Equal("id: ID!, dayRate: Decimal, nickname: String, state: CarState! = FINE", Fields("ChangeCarInput"));
        Assert.Equal("car: Car, errors: [ChangeCarError!], query: Query!", Fields("ChangeCarPayload"));
        Assert.Equal("car: Car, bill: Bill, errors: [RentCarError!], query: Query!", Fields("RentCarPayload"));
        Assert.Equal("first: Car, second: Car, query: Query!", Fields("SwapPayload"));
        Assert.Equal("count: Int, query: Query!", Fields("CountCarsPayload"));
        Assert.Equal("query: Query!", Fields("OpenDoorsPayload"));
        Assert.Equal("message: String!, code: String!, path: [String!], amount: Decimal!", Fields("UnpayableError"));
        Assert.Equal("message: String!, code: String!, path: [String!], car: Car!", Fields("TakenError"));
        Assert.Equal(
            ["The id of a Car.", "What a day costs from now on; null: nothing.", "How it runs."],
            new[] { "id", "dayRate", "state" }.Select(f => ((InputObjectType)_garage.Schema.Types["ChangeCarInput"]).Find(f)!.Description));
        Assert.Equal(["TakenError", "MissingError", "UnpayableError"], ((UnionType)_garage.Schema.Types["RentCarError"]).Members.Select(m => m.Name));
    }

    [Fact]
    public async Task A_mutation_answers_its_result_and_reads_what_it_changed()
    {
        var answer = await _garage.Ask(
            $$"""mutation { changeCar(input: { id: "{{GarageKit.Id("Car", 1)}}", dayRate: 30 }) { car { dayRate } errors { __typename } query { cars { dayRate } } } }""");
        Assert.Equal("""{"data":{"changeCar":{"car":{"dayRate":30},"errors":null,"query":{"cars":[{"dayRate":30},{"dayRate":0}]}}}}""", answer);
        Assert.Equal(["begin", "changed", "commit"], _garage.Rows.Log);
    }

    [Fact]
    public async Task An_optional_input_tells_left_out_from_null()
    {
        var id = GarageKit.Id("Car", 1);
        await _garage.Ask($$"""mutation { changeCar(input: { id: "{{id}}" }) { car { dayRate } } }""");
        Assert.Equal(2550, _garage.Rows.Cars[1].DayRate.Cents);
        await _garage.Ask($$"""mutation { changeCar(input: { id: "{{id}}", dayRate: null }) { car { dayRate } } }""");
        Assert.Equal(0, _garage.Rows.Cars[1].DayRate.Cents);
        Assert.Contains("input.nickname: It cannot be null", await _garage.Ask($$"""mutation { changeCar(input: { id: "{{id}}", nickname: null }) { car { name } } }"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declared_exception_is_data_after_the_rollback()
    {
        var answer = await _garage.Ask(
            $$"""mutation { changeCar(input: { id: "{{GarageKit.Id("Car", 77)}}" }) { car { name } errors { __typename ... on Error { message code path } } } }""");
        Assert.Equal(
            """{"data":{"changeCar":{"car":null,"errors":[{"__typename":"MissingError","message":"Car is not here.","code":"NOT_FOUND","path":["input","id"]}]}}}""", answer);
        Assert.Equal(["begin", "rollback Missing"], _garage.Rows.Log);
    }

    [Fact]
    public async Task A_value_that_its_type_refuses_is_a_typed_error_with_its_place_and_opens_no_transaction()
    {
        var answer = await _garage.Ask(
            $$"""mutation { rentCar(input: { plan: { carId: "{{GarageKit.Id("Car", 1)}}", lines: [{ text: "a", price: 0.001 }] } }) { errors { ... on UnpayableError { code path amount } } } }""");
        Assert.Equal("""{"data":{"rentCar":{"errors":[{"code":"UNPAYABLE","path":["input","plan","lines","0","price"],"amount":0.001}]}}}""", answer);
        Assert.Empty(_garage.Rows.Log);
    }

    [Fact]
    public async Task Figures_of_an_error_may_be_objects_and_several_errors_come_together()
    {
        var lines = string.Join(", ", Enumerable.Repeat("""{ text: "a", price: 1 }""", 4));
        var answer = await _garage.Ask(
            $$"""mutation { rentCar(input: { plan: { carId: "{{GarageKit.Id("Car", 1)}}", lines: [{{lines}}] } }) { car { name } errors { ... on TakenError { path car { name rentals } } ... on UnpayableError { path } } } }""");
        Assert.Equal("""{"data":{"rentCar":{"car":null,"errors":[{"path":null,"car":{"name":"Ant","rentals":7}},{"path":["input","plan","lines","3","price"]}]}}}""", answer);
    }

    [Fact]
    public async Task What_is_not_declared_stays_a_top_level_error_and_leaks_nothing()
    {
        var answer = await _garage.Ask($$"""mutation { rentCar(input: { plan: { carId: "{{GarageKit.Id("Car", 1)}}", note: "crash" } }) { car { name } } }""");
        Assert.Contains("INTERNAL_SERVER_ERROR", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
        Assert.Equal(["begin", "rollback InvalidOperationException"], _garage.Rows.Log);
    }

    [Fact]
    public async Task A_runner_may_call_the_method_again()
    {
        var calls = 0;
        var scope = _garage.Scope with { RunMutation = async (_, resolve) => { calls++; await resolve(); return await resolve(); } };
        Assert.Equal("""{"data":{"openDoors":{"__typename":"OpenDoorsPayload"}}}""", await Execution.Kit.Ask(Execution.Kit.Executor(_garage.Schema), "mutation { openDoors { __typename } }", scope: scope));
        Assert.Equal((1, 2), (calls, _garage.Rows.Log.Count(l => l == "open")));
    }

    [Fact]
    public async Task Tuples_and_named_values_are_fields_of_the_payload() => Assert.Equal(
        """{"data":{"swap":{"first":{"name":"Bee"},"second":null},"countCars":{"count":2}}}""",
        await _garage.Ask("mutation { swap { first { name } second { name } } countCars { count } }"));

    [Fact]
    public async Task A_common_error_is_in_every_union_and_a_host_can_fail_a_field_afterwards()
    {
        var garage = new GarageKit(options => options.CommonError<Taken>());
        var openDoors = garage.Schema.Mutation!.Find("openDoors")!;
        Assert.Equal("errors: [OpenDoorsError!], query: Query!", Fields("OpenDoorsPayload", garage.Schema));
        var request = new RequestContext(garage.Schema, garage.Scope.Services, CancellationToken.None);
        Assert.True(MutationOutcome.HasFailed(MutationOutcome.Failed(openDoors, request, new Taken(garage.Rows.Cars[1]))));
        Assert.Null(MutationOutcome.Failed(openDoors, request, new Missing("Door")));
        Assert.Contains("MissingError", await garage.Ask($$"""mutation { changeCar(input: { id: "{{GarageKit.Id("Car", 5)}}" }) { errors { __typename } } }"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id", "id")]
    [InlineData("Id", "id")]
    [InlineData("patch.Name", "name")]
    [InlineData("this.name.Trim()", "name")]
    [InlineData("name ?? \"\"", "name")]
    [InlineData("lines[2].partId", "lines/2/partId")]
    [InlineData("order.Lines[10].PartId.Value", "lines/10/partId")]
    [InlineData("lines[1]", "lines/1")]
    [InlineData("lines", "lines")]
    [InlineData("name.length", "name")]
    [InlineData("somethingElse", null)]
    [InlineData("lines[1].nothing", "lines/1")]
    [InlineData("", null)]
    public void The_field_that_an_exception_names_in_CSharp_finds_its_input(string expression, string? path)
    {
        var line = new InputObjectType("Line").Add(new InputValue("partId", Scalars.ID));
        var input = new InputObjectType("XInput").Add(new InputValue("id", Scalars.ID)).Add(new InputValue("name", Scalars.String))
            .Add(new InputValue("lines", new NonNullType(new ListType(new NonNullType(line)))));
        Assert.Equal(path, ErrorPath.Find(input, expression) is { } found ? string.Join('/', found) : null);
    }

    private string Signature(string mutation)
    {
        var field = _garage.Schema.Mutation!.Find(mutation)!;
        return $"{field.Name}({string.Join(", ", field.Arguments.Select(a => $"{a.Name}: {a.Type}"))}): {field.Type}";
    }

    private string Fields(string type, Schema? schema = null) => (schema ?? _garage.Schema).Types[type] switch
    {
        InputObjectType input => string.Join(", ", input.Fields.Select(f => $"{f.Name}: {f.Type}" + (f.DefaultValue is Engines.GraphQL.Language.EnumValueNode value ? $" = {value.Name}" : ""))),
        FieldsType fields => string.Join(", ", fields.Fields.Select(f => $"{f.Name}: {f.Type}")),
        var other => other.ToString(),
    };
}
