using Cmms.Domain.Persistence;
using Cmms.Domain.Events;

namespace Cmms.Graph.Live;

/// <summary>Which events of a site somebody wants to hear of. Equal ones are one, whoever has them.</summary>
/// <param name="Within">What may be known of.</param>
/// <param name="Headings">Under any of these.</param>
/// <param name="Rest">What else has to be right, in words of <paramref name="Narrowed"/>; null: nothing.</param>
/// <param name="Narrowed">Equal where <paramref name="Rest"/> decides alike.</param>
internal sealed record Interest(Scope Within, IReadOnlyList<Heading> Headings, Func<Event, bool>? Rest = null, string Narrowed = "")
{
    /// <summary>Whether an event that stands under one of the headings is meant.</summary>
    public bool Takes(Event filed) => filed.IsWithin(Within) && Rest?.Invoke(filed) != false;

    /// <summary>Whether an event is meant, wherever it comes from.</summary>
    public bool Meets(Event happened) => Takes(happened) && Headings.Any(heading => heading.Covers(happened));

    public bool Equals(Interest? other) => other is not null && Within == other.Within && Narrowed == other.Narrowed && Headings.SequenceEqual(other.Headings);

    public override int GetHashCode() => HashCode.Combine(Within, Narrowed, Headings.Count, Headings[0]);
}
