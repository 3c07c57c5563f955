using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Engines.GraphQL.Data;

/// <summary>What the host decides about its database.</summary>
public sealed class DataConventions
{
    /// <summary>The context on which a relation is read. Called once per relation and level, from fields that run concurrently.</summary>
    public required Func<BatchContext, ValueTask<DbLease>> Lease { get; init; }

    /// <summary>The <c>ID</c> scalar.</summary>
    public required ScalarType Id { get; init; }

    /// <summary>The key of an entity from its global id.</summary>
    /// <exception cref="InvalidValueException">It is no id of this type.</exception>
    public required Func<Type, string, object> ParseId { get; init; }

    /// <summary>The value of a C# type from what its leaf parsed, such as <c>Money</c> from a decimal.</summary>
    /// <exception cref="InvalidValueException">The type has no such value.</exception>
    public Func<object, Type, object> FromLeaf { get; init; } = (value, type) => type.IsInstanceOfType(value) ? value : throw new InvalidValueException($"Not a {type.Name}.");

    /// <summary>The column that holds a text property folded by <see cref="Fold"/>; null: the text can be compared, not searched.</summary>
    public Func<IProperty, IProperty?> FoldedOf { get; init; } = _ => null;

    /// <summary>Strips what search and order shall not see, such as case and accents.</summary>
    public Func<string, string> Fold { get; init; } = text => text;
}

/// <summary>A context lent for one read.</summary>
/// <param name="Owned">Whether it is given back when the read is done.</param>
public readonly record struct DbLease(DbContext Context, bool Owned) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Owned ? Context.DisposeAsync() : default;
}

/// <summary>A query that a resolver method gave, not yet run, with the context that it belongs to.</summary>
public readonly record struct QuerySource(IQueryable Query, DbLease Lease);
