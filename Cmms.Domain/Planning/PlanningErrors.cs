namespace Cmms.Domain.Planning;

/// <summary>A recurrence that cannot be: a part breaks its rule, or no date can ever follow.</summary>
public sealed class InvalidRecurrence(string field, string rule) : DomainError("INVALID_RECURRENCE", $"{Names.Last(field)} {rule}.", field);

/// <summary>It would end before it starts.</summary>
public sealed class EndBeforeStart(string field, DateOnly start, DateOnly end)
    : DomainError("END_BEFORE_START", $"{Names.Last(field)} {end:yyyy-MM-dd} is before the start, {start:yyyy-MM-dd}.", field)
{
    public DateOnly Start => start;
    public DateOnly End => end;
}
