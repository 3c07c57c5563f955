using Cmms.Domain.Organization;
using Engines.GraphQL.Types;

namespace Cmms.Graph.Access;

/// <summary>The guide to roles and permissions, written from the schema: <c>dotnet run --project Cmms.Graph -- permissions export docs/guides/permissions.md</c>.</summary>
internal static class PermissionPage
{
    private const string Opening = """
        # Who may do what

        `dotnet run --project Cmms.Graph -- permissions export docs/guides/permissions.md` writes this page from the code, and a test calls every operation as
        everybody and holds it to what stands here.

        A person has one role a site, and a role is a set of permissions. What a permission opens stands in the schema, as `Requires …` at each field and type. Being an
        owner of the customer is no role: owners open sites, invite people and give roles, their own too, but see a site's plant by the role that they have there.

        - **Before anything runs** every field, and the type that it answers, is asked once a request. A missing permission is `FORBIDDEN`, and the message names it; a
          request without credentials is `UNAUTHENTICATED` as a whole.
        - **What a caller may not see does not exist for them.** `node(id)` of it is null exactly as for an id that was never given out, and so is every field that may be null
          and leads to it: a reference, `scan`, an event's `subject`, an error's `current`, a mutation's result. A list or a page of it is `FORBIDDEN` at its field, and so is a
          reference that is never null, with which the object around it is lost up to the next place that may be null. `where` and `order` that lead through it are
          `FORBIDDEN`; `search` does not look there.
        - **Some rows are one's own.** *Own only* below means: technicians work on the orders that they are assigned to (who holds MANAGE_WORK_ORDERS, on all);
          notifications and wishes about them are everybody's own; people change their own profile and keep their own keys (owners, everybody's); sites are those one has a
          role on (an owner's: all); admins give roles on the sites that they are admin of. Another's row is `FORBIDDEN` where it can be seen, and `NOT_FOUND` where not,
          asked in the transaction of the change, before anything is changed. `viewerCan…` and `availableTransitions` ask the same rule: a screen that goes by them
          offers nothing that would be refused.
        """;

    public static string Write(Schema schema)
    {
        List<string> page = [Opening];
        Heading(page, "Roles", ["role", "who that is"]);
        foreach (var role in PermissionTable.Roles) Line(page, role.ToString(), Description(schema, "Role", role));
        Heading(page, "Role × permission", ["permission", "what it opens", .. PermissionTable.Roles.Select(r => r.ToString())]);
        foreach (var permission in Enum.GetValues<Permission>())
            Line(page, [$"`{CallerGuard.Name(permission)}`", Description(schema, "Permission", permission), .. PermissionTable.Roles.Select(r => r.Allows(permission) ? "yes" : "no")]);
        Types(page, schema);
        Operations(page, "Queries", schema.Query);
        Operations(page, "Mutations", schema.Mutation!);
        Operations(page, "Subscriptions", schema.Subscription!);
        return string.Join('\n', page) + '\n';
    }

    private static void Types(List<string> page, Schema schema)
    {
        Heading(page, "Who sees objects of which type", ["permission", "types"]);
        var types = schema.Types.Values.OfType<ObjectType>().Where(t => t.PageOf is null).OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        foreach (var group in types.Where(t => t.Guards.Count > 0).GroupBy(t => string.Join(" and ", t.Guards.Select(g => g.Requirement))).OrderBy(g => g.Key, StringComparer.Ordinal))
            Line(page, $"`{group.Key}`", string.Join(' ', group.Select(t => $"`{t.Name}`")));
        page.AddRange(["", "No permission of a site guards these:", ""]);
        foreach (var type in types.Where(t => t.ClrType is { } clr && OpenTypes.All.ContainsKey(clr))) page.Add($"- `{type.Name}`: {OpenTypes.All[type.ClrType!]}");
        page.AddRange(["", "Everything else (results, messages, figures) is part of what answers it, and the objects in it are guarded as anywhere."]);
    }

    private static void Operations(List<string> page, string title, ObjectType root)
    {
        Heading(page, title, ["field", "requires", .. PermissionTable.Columns]);
        foreach (var row in PermissionTable.Of(root).OrderBy(r => r.Field, StringComparer.Ordinal))
            Line(page, [$"`{row.Field}`", row.Requirement, .. row.Grants.Select(Word)]);
    }

    private static string Word(Grant grant) => grant switch { Grant.Own => "own only", Grant.AsRole => "as their role", Grant.Yes => "yes", _ => "no" };

    private static void Heading(List<string> page, string title, IReadOnlyList<string> columns)
    {
        page.AddRange(["", $"## {title}", ""]);
        Line(page, [.. columns]);
        Line(page, [.. columns.Select(_ => "---")]);
    }

    private static void Line(List<string> page, params IEnumerable<string> cells) => page.Add($"| {string.Join(" | ", cells)} |");

    private static string Description(Schema schema, string type, Enum value) =>
        ((EnumType)schema.Types[type]).Values.Single(v => Equals(v.Value, value)).Description ?? "";
}
