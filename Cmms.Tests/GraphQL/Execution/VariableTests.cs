using System.Collections;
using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Xunit;
using static Cmms.Tests.GraphQL.Execution.Kit;

namespace Cmms.Tests.GraphQL.Execution;

public sealed class VariableTests
{
    private static readonly Schema Schema = MakeSchema();

    [Theory]
    [InlineData("{ show(a: 1, e: RED) }", null, "times=2 a=1 e=Red")]
    [InlineData("{ show(times: null) }", null, "times=null")]
    [InlineData("{ show(list: 1) }", null, "times=2 list=[1]")]
    [InlineData("{ show(list: [1, null]) }", null, "times=2 list=[1,null]")]
    [InlineData("{ show(id: \"7\") }", null, "times=2 id=#7")]
    [InlineData("{ show(in: { id: \"7\", lines: { n: 3 } }) }", null, "times=2 in={id=#7 size=10 lines=[Line 3 of 1]}")]
    [InlineData("query ($a: Int) { show(a: $a) }", "{}", "times=2")]
    [InlineData("query ($a: Int) { show(a: $a) }", null, "times=2")]
    [InlineData("query ($a: Int) { show(a: $a) }", """{"a":null,"unknown":1}""", "times=2 a=null")]
    [InlineData("query ($t: Int) { show(times: $t) }", "{}", "times=2")]
    [InlineData("query ($t: Int) { show(times: $t) }", """{"t":null}""", "times=null")]
    [InlineData("query ($a: Int = 5) { show(a: $a) }", "{}", "times=2 a=5")]
    [InlineData("query ($a: Int = 5) { show(a: $a) }", """{"a":6}""", "times=2 a=6")]
    [InlineData("query ($e: Color) { show(e: $e) }", """{"e":"GREEN"}""", "times=2 e=Green")]
    [InlineData("query ($l: [Int]) { show(list: $l) }", """{"l":3}""", "times=2 list=[3]")]
    [InlineData("query ($x: Int) { show(list: [1, $x]) }", "{}", "times=2 list=[1,null]")]
    [InlineData("query ($x: Int) { show(in: { id: \"1\", size: $x }) }", "{}", "times=2 in={id=#1 size=10}")]
    [InlineData("query ($x: Int) { show(in: { id: \"1\", size: $x }) }", """{"x":null}""", "times=2 in={id=#1 size=null}")]
    [InlineData("query ($in: In) { show(in: $in) }", """{"in":{"lines":[{"n":1,"of":4},{"n":2}],"id":"9"}}""", "times=2 in={id=#9 size=10 lines=[Line 1 of 4,Line 2 of 1]}")]
    [InlineData("query ($x: Int, $y: [String], $gone: Int) { show(json: { a: [1, $x], b: $y, c: $gone }) }", """{"x":7,"y":["p",null]}""", "times=2 json={a=[1,7] b=[p,null]}")]
    [InlineData("query ($one: One) { show(one: $one) }", """{"one":{"b":2}}""", "times=2 one={b=2}")]
    public async Task Arguments_are_given_or_have_a_default(string document, string? variables, string expected) =>
        Assert.Equal("{\"data\":{\"show\":\"" + expected + "\"}}", await Schema.Ask(document, variables));

    [Theory]
    [InlineData("query ($a: Int!) { show(a: $a) }", "{}", "Variable \\\"$a\\\" of required type \\\"Int!\\\" was not provided.")]
    [InlineData("query ($a: Int!) { show(a: $a) }", """{"a":null}""", "Variable \\\"$a\\\" of non-null type \\\"Int!\\\" must not be null.")]
    [InlineData("query ($a: Int) { show(a: $a) }", """{"a":"1"}""", "Variable \\\"$a\\\" got an invalid value: ")]
    [InlineData("query ($e: Color) { show(e: $e) }", """{"e":"PINK"}""", "Variable \\\"$e\\\" got an invalid value: Value \\\"PINK\\\" does not exist in \\\"Color\\\" enum.")]
    [InlineData("query ($e: Color) { show(e: $e) }", """{"e":1}""", "Expected value of type \\\"Color\\\".")]
    [InlineData("query ($in: In) { show(in: $in) }", "{\"in\":{\"id\":\"1\",\"lines\":[{\"n\":1},{\"n\":\"x\"}]}}", "Variable \\\"$in\\\" got an invalid value at \\\"in.lines[1].n\\\": ")]
    [InlineData("query ($in: In) { show(in: $in) }", """{"in":{}}""", "at \\\"in.id\\\": Expected value of required type \\\"ID!\\\" to be provided.")]
    [InlineData("query ($in: In) { show(in: $in) }", """{"in":{"id":null}}""", "at \\\"in.id\\\": Expected value of non-null type \\\"ID!\\\" not to be null.")]
    [InlineData("query ($in: In) { show(in: $in) }", """{"in":{"id":"bad"}}""", "at \\\"in.id\\\": Not an id.")]
    [InlineData("query ($in: In) { show(in: $in) }", "{\"in\":{\"id\":\"1\",\"lines\":[{\"n\":0}]}}", "at \\\"in.lines[0]\\\": A line needs a number.")]
    [InlineData("query ($in: In) { show(in: $in) }", """{"in":{"id":"1","nope":1}}""", "Field \\\"nope\\\" is not defined by type \\\"In\\\".")]
    [InlineData("query ($in: In) { show(in: $in) }", """{"in":[1]}""", "Expected value of type \\\"In\\\".")]
    [InlineData("query ($one: One) { show(one: $one) }", """{"one":{"a":1,"b":2}}""", "Exactly one field of \\\"One\\\" must be given, and not null.")]
    [InlineData("query ($one: One) { show(one: $one) }", """{"one":{"a":null}}""", "Exactly one field of \\\"One\\\" must be given, and not null.")]
    [InlineData("query ($in: In) { show(in: $in) }", """{"in":{"\ud800":"1"}}""", "A property's name is not valid Unicode text.")]
    [InlineData("query ($j: JSON) { show(json: $j) }", """{"j":[{"\ud800":"1"}]}""", "A property's name is not valid Unicode text.")]
    [InlineData("query ($a: Int) { show(a: $a) }", """{"\ud800":"1"}""", "A variable's name is not valid Unicode.")]
    [InlineData("query ($e: Color) { show(e: $e) }", """{"e":"\ud800"}""", "Variable \\\"$e\\\" got an invalid value: ")]
    [InlineData("query ($a: Int) { show(a: $a) }", "[1]", "Variables must be an object.")]
    [InlineData("query ($c: Boolean = true) { show @include(if: $c) }", """{"c":null}""", "Variable \\\"$c\\\" decides a condition and must not be null.")]
    public async Task Wrong_variables_are_refused_by_name_and_place(string document, string variables, string message)
    {
        using var result = (SingleResult)await Executor(Schema).ExecuteAsync(Request(document, variables), Scope());
        var text = Text(result);
        Assert.Equal(ResultKind.Refused, result.Kind);
        Assert.Contains(message, text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"data\"", text, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.BadUserInput, Assert.Single(result.Errors).Code);
    }

    [Fact]
    public async Task All_wrong_variables_are_told_at_once_each_with_its_place()
    {
        using var result = (SingleResult)await Executor(Schema).ExecuteAsync(Request("query (\n  $a: Int!\n  $e: Color!) { show(a: $a, e: $e) }", "{}"), Scope());
        Assert.Equal([new SourceLocation(2, 3), new SourceLocation(3, 3)], result.Errors.Select(e => e.Locations!.Single()));
    }

    [Theory]
    [InlineData("{ ok: show show(id: \"bad\") }", null)]
    [InlineData("query ($id: ID) { ok: show show(id: $id) }", """{"id":"bad"}""")]
    public async Task An_argument_that_cannot_be_converted_fails_its_field_alone(string document, string? variables)
    {
        using var result = (SingleResult)await Executor(Schema).ExecuteAsync(Request(document, variables), Scope());
        Assert.StartsWith("""{"data":{"ok":"times=2","show":null},"errors":[{"message":"Argument \"id\": Not an id.",""", Text(result), StringComparison.Ordinal);
        Assert.Equal(["show"], result.Errors.Single().Path!);
        Assert.Equal(ErrorCodes.BadUserInput, result.Errors.Single().Code);
        Assert.Single(result.Errors.Single().Locations!);
    }

    [Fact]
    public async Task A_null_variable_with_a_default_cannot_fill_a_place_that_is_not_null() => Assert.Contains(
        "Argument \\\"size\\\": Expected value of non-null type \\\"Int!\\\" not to be null.", await Schema.Ask("query ($s: Int = 3) { sized(size: $s) }", """{"s":null}"""), StringComparison.Ordinal);

    private enum Color { Red, Green }

    private sealed record Line(int N, int Of)
    {
        public override string ToString() => $"Line {N} of {Of}";
    }

    private sealed record Key(string Value)
    {
        public override string ToString() => $"#{Value}";
    }

    private static Schema MakeSchema()
    {
        Func<object, object> toKey = id => (string)id == "bad" ? throw new InvalidValueException("Not an id.") : new Key((string)id);
        var color = new EnumType("Color").Add(new EnumValue("RED", Color.Red)).Add(new EnumValue("GREEN", Color.Green));
        var line = new InputObjectType("Line") { Materialize = f => (int)f["n"]! == 0 ? throw new InvalidValueException("A line needs a number.") : new Line((int)f["n"]!, (int)f["of"]!) }
            .Add(new InputValue("n", T("Int!"))).Add(new InputValue("of", T("Int!")) { DefaultValue = new IntValueNode(default, "1") });
        var input = new InputObjectType("In").Add(new InputValue("id", T("ID!")) { Convert = toKey })
            .Add(new InputValue("size", T("Int")) { DefaultValue = new IntValueNode(default, "10") }).Add(new InputValue("lines", T("[Line!]", line)));
        var one = new InputObjectType("One") { IsOneOf = true }.Add(new InputValue("a", T("Int"))).Add(new InputValue("b", T("Int")));
        return SchemaOf(Object("Query",
            new FieldDefinition("show", T("String"))
            {
                Resolver = Once(b => Dump(b.Arguments)),
                Arguments =
                [
                    new InputValue("times", T("Int")) { DefaultValue = new IntValueNode(default, "2") }, new InputValue("a", T("Int")), new InputValue("e", color),
                    new InputValue("id", T("ID")) { Convert = toKey }, new InputValue("list", T("[Int]")), new InputValue("in", input), new InputValue("one", one),
                    new InputValue("json", new JsonScalar("JSON")),
                ],
            },
            new FieldDefinition("sized", T("String")) { Resolver = Once(b => Dump(b.Arguments)), Arguments = [new InputValue("size", T("Int!"))] }));
    }

    private static string Dump(object? value) => value switch
    {
        null => "null",
        InputFields fields => string.Join(' ', fields.Select(f => $"{f.Key}={(f.Value is InputFields nested ? $"{{{Dump(nested)}}}" : Dump(f.Value))}")),
        Dictionary<string, object?> json => $"{{{string.Join(' ', json.Select(f => $"{f.Key}={Dump(f.Value)}"))}}}",
        IEnumerable items and not string => $"[{string.Join(',', items.Cast<object?>().Select(Dump))}]",
        _ => value.ToString()!,
    };
}
