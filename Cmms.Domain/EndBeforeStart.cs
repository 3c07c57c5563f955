using System.Runtime.CompilerServices;

namespace Cmms.Domain;

/// <summary>A span of time that ends before it begins.</summary>
public sealed class EndBeforeStart(string field) : DomainError("END_BEFORE_START", "The end must not be before the start.", field)
{
    public static void Check(Instant? start, Instant? end, [CallerArgumentExpression(nameof(end))] string field = "")
    {
        if (end < start) throw new EndBeforeStart(field);
    }

    public static void Check(DateOnly? start, DateOnly? end, [CallerArgumentExpression(nameof(end))] string field = "")
    {
        if (end < start) throw new EndBeforeStart(field);
    }
}
