namespace Cmms.Domain.Production;

/// <summary>A half-open span of time.</summary>
public readonly record struct Span(Instant From, Instant To)
{
    public TimeSpan Length => To > From ? To - From : TimeSpan.Zero;

    /// <summary>From one time of day to another by the clock of a site; to the same or an earlier one: on the next day.</summary>
    public static Span Of(DateOnly day, TimeOnly from, TimeOnly to, SiteZone zone) => new(zone.At(day, from), zone.At(to > from ? day : day.AddDays(1), to));
}

/// <summary>Times that do not touch each other, in order.</summary>
public sealed class Spans
{
    private readonly List<Span> _spans;

    private Spans(List<Span> spans) => _spans = spans;

    public static Spans None { get; } = new([]);

    public TimeSpan Length => Sum(_spans);

    /// <summary>All lengths together, of times that may be the same.</summary>
    public static TimeSpan Sum(IEnumerable<Span> spans) => new(spans.Sum(s => s.Length.Ticks));

    public static Spans Of(IEnumerable<Span> spans)
    {
        List<Span> merged = [];
        foreach (var span in spans.Where(s => s.To > s.From).OrderBy(s => s.From))
        {
            if (merged.Count > 0 && span.From <= merged[^1].To) merged[^1] = merged[^1] with { To = Instant.Max(merged[^1].To, span.To) };
            else merged.Add(span);
        }
        return new Spans(merged);
    }

    /// <summary>What is in both.</summary>
    public Spans Within(Spans other)
    {
        List<Span> common = [];
        for (int i = 0, j = 0; i < _spans.Count && j < other._spans.Count;)
        {
            var (one, two) = (_spans[i], other._spans[j]);
            Span both = new(Instant.Max(one.From, two.From), Instant.Min(one.To, two.To));
            if (both.To > both.From) common.Add(both);
            if (one.To < two.To) i++;
            else j++;
        }
        return new Spans(common);
    }

    public Spans And(Spans other) => Of(_spans.Concat(other._spans));
}
