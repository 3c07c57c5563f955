using Engines.GraphQL.Types;

namespace Cmms.Tests.GraphQL.Conformance;

/// <summary>
/// One resolver for every field of any schema: Int 2, Float 3.14, String "str", Boolean true, ID "id", a custom scalar "str", an enum's first value, a list
/// of two, a union's first member and an interface's last implementer by name. Nothing is ever null.
/// </summary>
internal static class FixedAnswers
{
    private static readonly BatchResolver s_batch = new(batch =>
    {
        var answer = Of(batch.Field.Type, batch.Request.Schema);
        return ValueTask.FromResult<IReadOnlyList<object?>>([.. batch.Parents.Select(_ => answer)]);
    });

    private static readonly StreamResolver s_stream = new(batch => Once(Of(batch.Field.Type, batch.Request.Schema))) { AsValue = s_batch };

    /// <summary>The schema of a text, with these answers. <c>@defer</c> and <c>@stream</c> are known and change nothing: everything comes in one answer.</summary>
    public static Schema Build(string sdl)
    {
        var schema = Build(sdl, null);
        foreach (var directive in s_incremental)
            if (schema.FindDirective(directive.Name) is null) sdl += directive.Sdl;
        // Which type is the subscriptions' is known only once the schema is.
        return Build(sdl, schema.Subscription?.Name);
    }

    private static readonly (string Name, string Sdl)[] s_incremental =
    [
        ("defer", "\ndirective @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT"),
        ("stream", "\ndirective @stream(if: Boolean! = true, label: String, initialCount: Int = 0) on FIELD"),
    ];

    private static Schema Build(string sdl, string? subscription) => SdlSchema.Build(sdl, (type, _) => type == subscription ? s_stream : s_batch);

    private static object Of(GraphQLType type, Schema schema) => type.Nullable switch
    {
        ListType list when Of(list.Item, schema) is var item => new[] { item, item },
        EnumType leaf => leaf.Values[0].Value,
        UnionType union => Named(union.Members.MinBy(m => m.Name, StringComparer.Ordinal)),
        InterfaceType wide => Named(schema.PossibleTypes(wide).MaxBy(t => t.Name, StringComparer.Ordinal)),
        ScalarType { Name: "Int" } => 2,
        ScalarType { Name: "Float" } => 3.14,
        ScalarType { Name: "Boolean" } => true,
        ScalarType { Name: "ID" } => "id",
        ScalarType => "str",
        _ => new Dictionary<string, object?>(),
    };

    private static Dictionary<string, object?> Named(ObjectType? type) => new() { ["__typename"] = type?.Name };

    private static async IAsyncEnumerable<object?> Once(object item)
    {
        await Task.CompletedTask;
        yield return item;
    }
}
