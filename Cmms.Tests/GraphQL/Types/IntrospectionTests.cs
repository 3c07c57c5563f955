using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.GraphQL.Types;

public sealed class IntrospectionTests
{
    private static readonly Schema Cmms = SdlSchema.Build(SchemaPrinterTests.Sdl);

    [Fact]
    public async Task The_schema_lists_its_types_roots_and_directives()
    {
        var schema = await Ask(Schema.SchemaField, new object());
        Assert.Same(Cmms, schema);
        Assert.Contains(Cmms.FindType("Asset"), (IEnumerable<NamedType>)(await Read("__Schema", "types", schema!))!);
        Assert.Same(Cmms.Query, await Read("__Schema", "queryType", schema!));
        Assert.Null(await Read("__Schema", "mutationType", schema!));
        Assert.Equal(6, ((IEnumerable<DirectiveDefinition>)(await Read("__Schema", "directives", schema!))!).Count());
        Assert.Same(Cmms.FindType("Part"), await Ask(Schema.TypeField, new object(), ("name", "Part")));
        Assert.Null(await Ask(Schema.TypeField, new object(), ("name", "Missing")));
    }

    [Theory]
    [InlineData("Asset", TypeKind.Object)]
    [InlineData("Node", TypeKind.Interface)]
    [InlineData("SearchResult", TypeKind.Union)]
    [InlineData("PartKind", TypeKind.Enum)]
    [InlineData("NodeBy", TypeKind.InputObject)]
    [InlineData("Date", TypeKind.Scalar)]
    public async Task Each_kind_of_type_answers_what_it_has_and_null_for_the_rest(string name, TypeKind kind)
    {
        var type = Cmms.FindType(name)!;
        Assert.Equal(kind, await Read("__Type", "kind", type));
        Assert.Equal(name, await Read("__Type", "name", type));
        Assert.Equal(kind is TypeKind.Object or TypeKind.Interface, await Read("__Type", "fields", type) is not null);
        Assert.Equal(kind is TypeKind.Object or TypeKind.Interface, await Read("__Type", "interfaces", type) is not null);
        Assert.Equal(kind is TypeKind.Union or TypeKind.Interface, await Read("__Type", "possibleTypes", type) is not null);
        Assert.Equal(kind is TypeKind.Enum, await Read("__Type", "enumValues", type) is not null);
        Assert.Equal(kind is TypeKind.InputObject, await Read("__Type", "inputFields", type) is not null);
        Assert.Equal(kind is TypeKind.InputObject ? true : null, await Read("__Type", "isOneOf", type));
        Assert.Equal(kind is TypeKind.Scalar ? "https://example.org/date" : null, await Read("__Type", "specifiedByURL", type));
        Assert.Null(await Read("__Type", "ofType", type));
    }

    [Fact]
    public async Task Wrappers_say_what_they_wrap()
    {
        var type = ((ObjectType)Cmms.FindType("Asset")!).Find("parts")!.Type;
        var list = await Read("__Type", "ofType", type);
        Assert.Equal((TypeKind.NonNull, TypeKind.List), (await Read("__Type", "kind", type), await Read("__Type", "kind", list!)));
        Assert.Null(await Read("__Type", "name", type));
    }

    [Fact]
    public async Task What_is_deprecated_shows_only_when_asked_for()
    {
        var asset = (ObjectType)Cmms.FindType("Asset")!;
        var parts = asset.Find("parts")!;
        Assert.Equal(3, Count(await Read("__Type", "fields", asset)));
        Assert.Equal(4, Count(await Read("__Type", "fields", asset, ("includeDeprecated", true))));
        Assert.Equal(2, Count(await Read("__Field", "args", parts)));
        Assert.Equal(3, Count(await Read("__Field", "args", parts, ("includeDeprecated", true))));
        Assert.Equal(1, Count(await Read("__Type", "enumValues", Cmms.FindType("PartKind")!)));
        Assert.Equal(2, Count(await Read("__Type", "inputFields", Cmms.FindType("PartFilter")!)));
        Assert.Equal(true, await Read("__Field", "isDeprecated", asset.Find("oldName")!));
        Assert.Equal("Use `name`.", await Read("__Field", "deprecationReason", asset.Find("oldName")!));
    }

    [Fact]
    public async Task Defaults_are_literals_and_directives_say_where_they_stand()
    {
        var parts = ((ObjectType)Cmms.FindType("Asset")!).Find("parts")!;
        Assert.Equal("{ kinds: [SPARE], min: 1.5 }", await Read("__InputValue", "defaultValue", parts.FindArgument("filter")!));
        Assert.Null(await Read("__InputValue", "defaultValue", parts.FindArgument("after")!));
        Assert.Equal(true, await Read("__InputValue", "isDeprecated", parts.FindArgument("after")!));
        var cost = Cmms.FindDirective("cost")!;
        Assert.Equal(true, await Read("__Directive", "isRepeatable", cost));
        Assert.Equal([DirectiveLocation.FieldDefinition, DirectiveLocation.Object], (IEnumerable<DirectiveLocation>)(await Read("__Directive", "locations", cost))!);
        Assert.Equal("FIELD_DEFINITION", ((EnumType)Cmms.FindType("__DirectiveLocation")!).FindByValue(DirectiveLocation.FieldDefinition)!.Name);
        Assert.Equal("INPUT_OBJECT", ((EnumType)Cmms.FindType("__TypeKind")!).FindByValue(TypeKind.InputObject)!.Name);
    }

    private static int Count(object? list) => ((System.Collections.IEnumerable)list!).Cast<object>().Count();

    private static Task<object?> Read(string type, string field, object parent, params (string, object?)[] arguments) =>
        Ask(((ObjectType)Cmms.FindType(type)!).Find(field)!, parent, arguments);

    private static async Task<object?> Ask(FieldDefinition field, object parent, params (string Name, object? Value)[] arguments)
    {
        if (field.Resolver is InlineResolver inline) return inline.Read(parent);
        var fields = new InputFields();
        foreach (var (name, value) in arguments) fields[name] = value;
        if (field.FindArgument("includeDeprecated") is not null) fields.TryAdd("includeDeprecated", false);
        var request = new RequestContext(Cmms, new NoServices(), CancellationToken.None);
        var values = await ((BatchResolver)field.Resolver!).Resolve(new BatchContext(request, field, [parent], fields, new NothingSelected()));
        return Assert.Single(values);
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }

    private sealed class NothingSelected : FieldSelection
    {
        public override bool Selects(string field) => false;
        public override FieldSelection? Below(string field) => null;
    }
}
