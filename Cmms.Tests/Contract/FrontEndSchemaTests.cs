using Cmms.Domain.Persistence;
using Cmms.Graph;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.Contract;

/// <summary>What docs/guides/frontend.md promises of every type, whoever adds one. A failure names the coordinates at fault.</summary>
public sealed class FrontEndSchemaTests
{
    private static readonly Schema s_schema = Build();

    /// <summary>
    /// Lists of objects that come whole. Each is what a person enters in one form or a machine computes for one screen; what grows with the years is a connection.
    /// </summary>
    private static readonly HashSet<string> s_short =
    [
        "assets", "assetTypes", "categories", "technicians", "vendors", "locations", "roles", "sites", "services", "stockLevels", "impactedBy",
        "lines", "parts", "checklist", "contacts", "images", "documents", "workingHours", "nonWorkingDays", "assignments", "workOrders",
    ];

    private static IEnumerable<ObjectType> Objects => s_schema.Types.Values.OfType<ObjectType>().Where(t => !t.Name.StartsWith("__", StringComparison.Ordinal));

    private static IEnumerable<(ObjectType Type, FieldDefinition Field, string At)> Fields => Objects.SelectMany(t => t.Fields.Select(f => (t, f, $"{t.Name}.{f.Name}: {f.Type}")));

    [Fact]
    public void Everything_is_described() => Assert.Equal([], s_schema.Undescribed());

    [Fact]
    public void What_is_deprecated_says_what_to_use_instead()
    {
        var values = s_schema.Types.Values.OfType<EnumType>().SelectMany(e => e.Values.Select(v => ($"{e.Name}.{v.Name}", v.DeprecationReason)));
        var inputs = s_schema.Types.Values.OfType<InputObjectType>().SelectMany(t => t.Fields.Select(f => ($"{t.Name}.{f.Name}", f.DeprecationReason)));
        var arguments = Fields.SelectMany(f => f.Field.Arguments.Select(a => ($"{f.At}({a.Name})", a.DeprecationReason)));
        Assert.DoesNotContain(Fields.Select(f => (f.At, f.Field.DeprecationReason)).Concat(values).Concat(inputs).Concat(arguments),
            m => m.DeprecationReason is { } reason && (reason.Length < 10 || reason == "No longer supported"));
    }

    [Fact]
    public void Objects_are_given_as_objects_and_not_as_their_keys() =>
        Assert.Equal([], Fields.Where(f => f.Field.Type.Named == Scalars.ID && f.Field.Name != "id" && !f.Field.Name.StartsWith("deleted", StringComparison.Ordinal)).Select(f => f.At));

    [Fact]
    public void A_table_that_only_joins_two_others_is_no_type()
    {
        string[] audit = ["id", "version", "createdAt", "updatedAt", "createdBy", "updatedBy", "events"];
        Assert.Empty(Objects.Where(t => t.Interfaces.Exists(i => i.Name == "Node"))
            .Where(t => t.Fields.Where(f => !audit.Contains(f.Name)).All(f => f.Type.Named is ObjectType)).Select(t => t.Name));
    }

    [Fact]
    public void A_list_that_can_grow_is_a_connection() =>
        Assert.Empty(Fields.Where(f => f.Field.Type.Nullable is ListType && f.Field.Type.Named is ObjectType { } item && item.Interfaces.Exists(i => i.Name == "Node"))
            .Where(f => !IsPage(f.Type) && !IsPayload(f.Type) && !s_short.Contains(f.Field.Name)).Select(f => f.At));

    [Fact]
    public void A_connection_pages_in_both_directions_and_says_how_much_there_is()
    {
        var connections = Fields.Where(f => f.Field.Type.Named.Name.EndsWith("Connection", StringComparison.Ordinal)).ToList();
        Assert.True(connections.Count > 50, "The connections were not found.");
        Assert.Empty(connections.Where(f => Paging(f.Field) != "first: Int, after: String, last: Int, before: String"
            || f.Field.FindArgument("first")!.Description?.Contains(f.Field.Name == "eligibleAssets" ? "1 to 200" : "1 to 100", StringComparison.Ordinal) != true).Select(f => $"{f.At} ({Paging(f.Field)})"));
        foreach (var type in Objects.Where(t => t.Name.EndsWith("Connection", StringComparison.Ordinal)))
        {
            Assert.Equal(["edges", "nodes", "pageInfo", "totalCount"], type.Fields.Select(f => f.Name));
            Assert.Equal(["cursor", "node"], ((ObjectType)type.Find("edges")!.Type.Named).Fields.Select(f => f.Name));
        }
    }

    [Fact]
    public void A_list_has_no_holes_and_a_yes_or_no_is_never_unknown()
    {
        // nodes(ids) answers null where there is none; payloads are null when there are errors, and path when no single input is at fault.
        var own = Fields.Where(f => !IsPage(f.Type) && !IsPayload(f.Type) && f.Field.Name is not ("path" or "nodes")).ToList();
        Assert.Empty(own.Where(f => f.Field.Type.Nullable is ListType list && (!f.Field.Type.IsNonNull || !list.Item.IsNonNull)).Select(f => f.At));
        Assert.Empty(own.Where(f => f.Field.Type == Scalars.Boolean).Select(f => f.At));
    }

    [Fact]
    public void A_custom_scalar_says_where_it_is_specified() =>
        Assert.Empty(s_schema.Types.Values.OfType<ScalarType>().Where(s => !Schema.IsBuiltIn(s) && s.SpecifiedBy is null).Select(s => s.Name));

    [Fact]
    public void A_mutation_takes_one_input_and_is_named_verb_first()
    {
        var nouns = Objects.Select(t => char.ToLowerInvariant(t.Name[0]) + t.Name[1..]).ToList();
        foreach (var mutation in s_schema.Mutation!.Fields)
        {
            var name = char.ToUpperInvariant(mutation.Name[0]) + mutation.Name[1..];
            Assert.True(mutation.Arguments is [] or [{ Name: "input" }], mutation.Name);
            if (mutation.Arguments is [var input]) Assert.Equal($"{name}Input!", input.Type.ToString());
            Assert.Equal($"{name}Payload!", mutation.Type.ToString());
            Assert.DoesNotContain(nouns, noun => mutation.Name.StartsWith(noun, StringComparison.Ordinal) && mutation.Name.Length > noun.Length && char.IsUpper(mutation.Name[noun.Length]));
        }
    }

    [Fact]
    public void The_errors_of_a_mutation_are_a_union_of_typed_errors()
    {
        foreach (var mutation in s_schema.Mutation!.Fields)
        {
            var errors = ((ObjectType)mutation.Type.Named).Find("errors")!.Type;
            Assert.Matches("^\\[\\w+Error!\\]$", errors.ToString());
            Assert.All(((UnionType)errors.Named).Members, member => Assert.Contains(member.Interfaces, i => i.Name == "Error"));
        }
        Assert.Equal(["message: String!", "code: String!", "path: [String!]"], ((InterfaceType)s_schema.Types["Error"]).Fields.Select(f => $"{f.Name}: {f.Type}"));
    }

    [Fact]
    public void A_subscription_resumes_and_answers_its_object()
    {
        foreach (var subscription in s_schema.Subscription!.Fields)
        {
            Assert.Equal("String", subscription.FindArgument("after")?.Type.ToString());
            var message = (ObjectType)subscription.Type.Named;
            Assert.Equal("String!", message.Find("cursor")?.Type.ToString());
            Assert.Equal("Event", message.Find("event")?.Type.ToString());
            Assert.Contains(message.Fields, f => f.Name != "event" && f.Type.Named is FieldsType { } type && (type.Name == "Node" || type.Interfaces.Exists(i => i.Name == "Node")));
        }
    }

    [Fact]
    public void A_closed_set_is_an_enum() =>
        Assert.Empty(Fields.Where(f => f.Field.Type.Named == Scalars.String && f.Field.Name is "status" or "kind" or "priority" or "severity" or "phase" or "condition" or "rentalStatus").Select(f => f.At));

    private static string Paging(FieldDefinition field) =>
        string.Join(", ", ((string[])["first", "after", "last", "before"]).Select(field.FindArgument).OfType<InputValue>().Select(a => $"{a.Name}: {a.Type}"));

    private static bool IsPage(ObjectType type) => type.Name.EndsWith("Connection", StringComparison.Ordinal);

    private static bool IsPayload(ObjectType type) => type.Name.EndsWith("Payload", StringComparison.Ordinal);

    private static Schema Build()
    {
        using var factory = new CmmsDbFactory(new DatabaseOptions { ConnectionString = "Data Source=:memory:" });
        return CmmsSchema.Build(factory.Model);
    }
}
