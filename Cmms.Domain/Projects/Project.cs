namespace Cmms.Domain.Projects;

/// <summary>A job at a partner's place that equipment and services are assigned to (seed 004).</summary>
public sealed class Project : SiteEntity
{
    private Project() { } // EF Core

    public Project(string code, string name, Partner? partner, DateOnly startDate, DateOnly? endDate)
    {
        (Code, Name, Partner, PartnerId) = (Check.Text(code, 40), Check.Text(name), partner, partner?.Id);
        Plan(startDate, endDate);
    }

    /// <summary>Unique in the site.</summary>
    public string Code { get; private set; } = "";
    /// <summary>What people call it.</summary>
    public string Name { get; private set; } = "";
    /// <summary>What it is about, in words.</summary>
    public string? Description { get; private set; }
    public long? PartnerId { get; private set; }
    /// <summary>For whom it is carried out.</summary>
    public Partner? Partner { get; private set; }
    /// <summary>Where it is; equipment assigned to it goes there.</summary>
    public string? Location { get; private set; }
    /// <summary>On which side of the place the work is.</summary>
    public string? CardinalPoint { get; private set; }
    /// <summary>Whom to ask for there.</summary>
    public string? ContactName { get; private set; }
    /// <summary>The telephone of that person.</summary>
    public string? ContactPhone { get; private set; }
    /// <summary>Its first day.</summary>
    public DateOnly StartDate { get; private set; }
    /// <summary>Its last day; null: open.</summary>
    public DateOnly? EndDate { get; private set; }
    /// <summary>Whether it has ended; nothing can be assigned to it then.</summary>
    public bool IsClosed { get; private set; }
    /// <summary>When it was closed.</summary>
    public Instant? ClosedAt { get; private set; }

    /// <exception cref="EndBeforeStart"/>
    public void Plan(DateOnly startDate, DateOnly? endDate)
    {
        (StartDate, EndDate) = (Check.Day(startDate), Check.Day(endDate));
        EndBeforeStart.Check(startDate, endDate);
    }

    /// <exception cref="ProjectInactive"/>
    public void Describe(string name, string? description, Partner? partner)
    {
        RequireOpen("id");
        (Name, Description, Partner, PartnerId) = (Check.Text(name), Check.OptionalText(description), partner, partner?.Id);
    }

    public void Locate(string? location, string? cardinalPoint, string? contactName, string? contactPhone) =>
        (Location, CardinalPoint, ContactName, ContactPhone) =
        (Check.OptionalText(location, 400), Check.OptionalText(cardinalPoint, 40), Check.OptionalText(contactName, 200), Check.OptionalText(contactPhone, 40));

    /// <summary>Ends the project. Its assignments are released in the same transaction.</summary>
    /// <exception cref="ProjectInactive"/>
    internal void Close(Instant now, string? reason)
    {
        RequireOpen("id");
        (IsClosed, ClosedAt) = (true, now);
        Raise("ProjectClosed", Check.OptionalText(reason));
    }

    /// <exception cref="ProjectInactive"/>
    internal void RequireOpen(string field)
    {
        if (IsClosed) throw new ProjectInactive(Name, field);
    }
}
