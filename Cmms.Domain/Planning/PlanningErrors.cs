namespace Cmms.Domain.Planning;

/// <summary>A recurrence that cannot be: a part breaks its rule, or no date can ever follow.</summary>
public sealed class InvalidRecurrence(string field, string rule) : DomainError("INVALID_RECURRENCE", $"{Names.Last(field)} {rule}.", field)
{
    public override DomainError Within(string input) => Field == "recurrence" ? new InvalidRecurrence(input, rule) : base.Within(input);
}
