using Cmms.Domain;
using Engines.GraphQL.Binding;

namespace Cmms.Graph;

/// <summary>Why one item of many was refused; the others are carried out all the same.</summary>
/// <param name="Code">What went wrong, for programs; codes never change.</param>
/// <param name="Message">What went wrong, for people.</param>
/// <param name="Field">The field of the item at fault; null when it is no single one.</param>
internal sealed record ItemError(string Code, string Message, string? Field)
{
    public static ItemError Of(DomainError error) => new(error.Code, error.Message, error.Field.Length == 0 ? null : error.Field);
}

/// <summary>Why one item of many was refused; the others are carried out all the same.</summary>
[ObjectType<ItemError>]
internal static class ItemErrorFields;
