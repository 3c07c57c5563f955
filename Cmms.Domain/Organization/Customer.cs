namespace Cmms.Domain.Organization;

/// <summary>A company that uses Cmms: it owns sites and users and shares nothing with any other customer.</summary>
public sealed class Customer : Entity
{
    private Customer() { } // EF Core

    public Customer(string name, string slug)
    {
        Name = name;
        Slug = Codes.Slug(slug, nameof(slug));
    }

    /// <summary>The company's name.</summary>
    public string Name { get; set => field = Check.Text(value, 200, nameof(Name)); } = "";

    /// <summary>Its short name in addresses: lower case letters, digits and hyphens.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>For how many days events are kept, 30 to 36,500; null: for ever.</summary>
    public int? EventRetentionDays { get; private set; }

    /// <summary>The event log is whole from this moment on; null: from the beginning.</summary>
    public Instant? EventsKeptSince { get; private set; }

    /// <param name="eventRetentionDays">30 to 36,500; null: for ever.</param>
    /// <exception cref="InvalidValue"/>
    public void KeepEvents(int? eventRetentionDays) =>
        EventRetentionDays = eventRetentionDays is { } days ? Check.Between(days, 30, 36_500, nameof(eventRetentionDays)) : null;

    /// <summary>Events of before this moment are about to be removed.</summary>
    internal void GiveUpEventsBefore(Instant moment)
    {
        EventsKeptSince = moment;
        Raise("EventsRemoved", $"Events are kept for {EventRetentionDays} days.");
    }
}
