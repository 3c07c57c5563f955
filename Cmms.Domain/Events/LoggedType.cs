using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Cmms.Domain.Events;

/// <summary>What the event log keeps of a type of entity, worked out from the model once: its fields by the names that the schema shows.</summary>
public sealed class LoggedType
{
    private static readonly HashSet<string> s_audit =
    [
        nameof(Entity.Id), nameof(Entity.Version), nameof(Entity.CreatedAt), nameof(Entity.CreatedBy), nameof(Entity.UpdatedAt), nameof(Entity.UpdatedBy),
        nameof(CustomerEntity.CustomerId),
    ];

    private LoggedType(IReadOnlyEntityType type)
    {
        Type = type.ClrType;
        IsLogged = typeof(Entity).IsAssignableFrom(type.ClrType) && type.FindAnnotation(Annotations.Unlogged) is null;
        Folded = [.. ((IEntityType)type).GetProperties().Select(p => (p, p.FoldedColumn()!)).Where(p => p.Item2 is not null)];
        if (!IsLogged) return;
        Fields = [.. ((IEntityType)type).GetProperties().Where(p => IsKept(p)).Select(p => new LoggedField(NameOf(p), p, TargetOf(p)))];
        Links = [.. ((IEntityType)type).GetDeclaredSkipNavigations().Where(IsDeclared).Select(n => new LoggedLink(Words.Camel(n.Name), n))];
    }

    public Type Type { get; }

    /// <summary>As <see cref="Event.SubjectType"/> has it.</summary>
    public string Name => Type.Name;

    /// <summary>Whether its changes are events; rows that are history themselves have none.</summary>
    public bool IsLogged { get; }

    /// <summary>Columns.</summary>
    public IReadOnlyList<LoggedField> Fields { get; } = [];

    /// <summary>Many-to-many links that this type declares; the other side has no part in them.</summary>
    public IReadOnlyList<LoggedLink> Links { get; } = [];

    /// <summary>Texts, each with the column of its folded form.</summary>
    internal IReadOnlyList<(IProperty Text, IProperty Folded)> Folded { get; }

    public static LoggedType Of(IReadOnlyEntityType type) =>
        ((IEntityType)type).GetOrAddRuntimeAnnotationValue<LoggedType, IEntityType>("Cmms:Logged", static t => new LoggedType(t!), (IEntityType)type);

    /// <summary>The types of a model that have events, by name.</summary>
    public static IReadOnlyDictionary<string, LoggedType> All(IModel model) =>
        model.GetEntityTypes().Where(t => typeof(Entity).IsAssignableFrom(t.ClrType)).Select(Of).Where(t => t.IsLogged).ToDictionary(t => t.Name);

    private static bool IsKept(IProperty property) =>
        !s_audit.Contains(property.Name)
        && !(property.Name == nameof(SiteEntity.SiteId) && typeof(SiteEntity).IsAssignableFrom(property.DeclaringType.ClrType))
        && !property.IsShadowProperty()
        && property.FindAnnotation(Annotations.Secret) is null
        && property.FindAnnotation(Annotations.Unlogged) is null;

    /// <summary>A key goes by its navigation, which is what the schema shows.</summary>
    private static string NameOf(IProperty property) => property.FindAnnotation(Annotations.LoggedAs)?.Value as string ?? Words.Camel(
        property.GetContainingForeignKeys().Select(key => key.DependentToPrincipal?.Name).FirstOrDefault(name => name is not null) ?? property.Name);

    private static Type? TargetOf(IProperty property) => property.IsPrimaryKey() ? null
        : property.GetContainingForeignKeys().Where(key => key.Properties[^1] == property).Select(key => key.PrincipalEntityType.ClrType).FirstOrDefault();

    /// <summary>Of the two ends, the one whose key comes first in the table's: that which the mapping declares.</summary>
    private static bool IsDeclared(ISkipNavigation navigation) => navigation.ForeignKey.Properties[^1] == navigation.JoinEntityType.FindPrimaryKey()!.Properties[1];
}

/// <summary>A column in the event log.</summary>
/// <param name="Name">In the schema.</param>
/// <param name="Target">What it refers to, if it is a reference.</param>
public sealed record LoggedField(string Name, IProperty Property, Type? Target);

/// <summary>Links in the event log: the ids at the other end, in their order.</summary>
/// <param name="Name">In the schema.</param>
public sealed record LoggedLink(string Name, ISkipNavigation Navigation)
{
    public Type Target => Navigation.TargetEntityType.ClrType;
    internal IProperty Mine => Navigation.ForeignKey.Properties[^1];
    internal IProperty Theirs => Navigation.Inverse.ForeignKey.Properties[^1];

    /// <summary>What an object is linked with now.</summary>
    internal Task<long[]> IdsAsync(CmmsDb db, long id, CancellationToken cancel)
    {
        var (mine, theirs) = (Mine.Name, Theirs.Name);
        return db.Set<Dictionary<string, object>>(Navigation.JoinEntityType.Name).AsNoTracking()
            .Where(link => EF.Property<long>(link, mine) == id).Select(link => EF.Property<long>(link, theirs)).OrderBy(other => other).ToArrayAsync(cancel);
    }
}
