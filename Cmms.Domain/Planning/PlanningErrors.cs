namespace Cmms.Domain.Planning;

/// <summary>A recurrence that cannot be: a part breaks its rule, or no date can ever follow.</summary>
public sealed class InvalidRecurrence(string field, string rule) : DomainError("INVALID_RECURRENCE", $"{Names.Last(field)} {rule}.", field)
{
    /// <summary>The same of a recurrence that is a field of an input itself.</summary>
    public InvalidRecurrence Within(string input) => new(Field == "recurrence" ? input : $"{input}.{Field}", rule);
}
