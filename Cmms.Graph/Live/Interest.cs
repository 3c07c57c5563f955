using Cmms.Domain.Events;

namespace Cmms.Graph.Live;

/// <summary>Which events of a site somebody wants to hear of. Equal ones are one, whoever has them.</summary>
/// <param name="SiteId">Events of this site, and the customer's own.</param>
/// <param name="Headings">Under any of these.</param>
/// <param name="Rest">What else has to be right, in words of <paramref name="Narrowed"/>; null: nothing.</param>
/// <param name="Narrowed">Equal where <paramref name="Rest"/> decides alike.</param>
internal sealed record Interest(long? SiteId, IReadOnlyList<Heading> Headings, Func<Event, bool>? Rest = null, string Narrowed = "")
{
    /// <summary>Whether an event that stands under one of the headings is meant.</summary>
    public bool Takes(Event filed) => (filed.SiteId is null || filed.SiteId == SiteId) && Rest?.Invoke(filed) != false;

    /// <summary>Whether an event is meant, wherever it comes from.</summary>
    public bool Meets(Event happened) => Takes(happened) && Headings.Any(heading => heading.Covers(happened));

    public bool Equals(Interest? other) => other is not null && SiteId == other.SiteId && Narrowed == other.Narrowed && Headings.SequenceEqual(other.Headings);

    public override int GetHashCode() => HashCode.Combine(SiteId, Narrowed, Headings.Count, Headings[0]);
}
