namespace Cmms.Domain.Organization;

/// <summary>Whether a site is in use.</summary>
public enum SiteStatus
{
    /// <summary>In use.</summary>
    Active,
    /// <summary>Put away: its history stays readable, nothing is planned or notified any more.</summary>
    Archived,
}

/// <summary>A plant or business unit of a customer (seed 003: entity). Everything that is maintained belongs to exactly one.</summary>
public sealed class Site : CustomerEntity
{
    /// <summary>The date and time formats that screens offer, named by what they look like.</summary>
    public static IReadOnlyList<string> DateTimeFormats { get; } =
    [
        "MM/DD/YYYY - 11:59 PM", "MM/DD/YYYY - 23:59", "DD/MM/YYYY - 11:59 PM",
        "DD/MM/YYYY - 23:59", "YYYY-MM-DD - 11:59 PM", "YYYY-MM-DD - 23:59",
    ];

    private Site() { } // EF Core

    public Site(string name, string code, string timeZone, string currency)
    {
        Name = name;
        Code = code;
        TimeZone = timeZone;
        Currency = Organization.Currency.Of(currency).Code;
    }

    /// <summary>What people call it.</summary>
    public string Name { get; set => field = Check.Text(value, 200, nameof(Name)); } = "";

    /// <summary>Its short name, as the header X-Site-Id takes it beside the id; unique within the customer.</summary>
    public string Code { get; set => field = Codes.Site(value, nameof(Code)); } = "";

    /// <summary>What is made or kept there, in words.</summary>
    public string? Description { get; set => field = Check.OptionalText(value, 4000, nameof(Description)); }
    /// <summary>Where it is, for a letter or a navigator.</summary>
    public string? Address { get; set => field = Check.OptionalText(value, 500, nameof(Address)); }

    /// <summary>IANA time zone: what "today", "overdue" and every schedule of the site mean.</summary>
    public string TimeZone { get; set => field = TimeZones.Check(value, nameof(TimeZone)); } = "Etc/UTC";

    /// <summary>The time zone with its standard offset, to show: <c>Etc/UTC: +00:00</c>.</summary>
    public string TimeZoneLabel => TimeZones.Label(TimeZone);

    /// <summary>ISO 4217 code of the currency of every cost at this site.</summary>
    public string Currency { get; private set; } = "USD";

    /// <summary>The currency's English name.</summary>
    public string CurrencyName => Organization.Currency.Of(Currency).Name;

    /// <summary>The currency's symbol.</summary>
    public string CurrencySymbol => Organization.Currency.Of(Currency).Symbol;

    /// <summary>How dates and times are shown, by example: <c>MM/DD/YYYY - 11:59 PM</c>.</summary>
    public string DateTimeFormat
    {
        get;
        set => field = DateTimeFormats.Contains(value)
            ? value
            : throw new InvalidValue(nameof(DateTimeFormat), $"must be one of {string.Join("; ", DateTimeFormats)}");
    } = "YYYY-MM-DD - 23:59";

    /// <summary>How many hours an asset may be out of service without a work order before the policy `unattended-outage` asks for one.</summary>
    public int UnattendedOutageHours { get; set => field = Check.Between(value, 1, 8760, nameof(UnattendedOutageHours)); } = 24;

    /// <summary>Whether it is in use.</summary>
    public SiteStatus Status { get; private set; }

    /// <summary>The zone as a value, for computations.</summary>
    public TimeZoneInfo Zone() => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>The site's date at a moment.</summary>
    public DateOnly Today(Instant now) => Zone().DateAt(now);

    /// <summary>Changes the currency while no cost has been recorded in the old one; afterwards amounts would silently mean something else.</summary>
    /// <param name="costs">How many recorded costs the site has (<see cref="SiteCosts"/>).</param>
    /// <exception cref="InUse"/>
    public void ChangeCurrency(string currency, int costs)
    {
        var code = Organization.Currency.Of(currency).Code;
        if (code == Currency) return;
        if (costs > 0) throw new InUse($"Currency {Currency}", costs);
        Currency = code;
    }

    public void Archive()
    {
        if (Status is SiteStatus.Archived) return;
        Status = SiteStatus.Archived;
        Raise("SiteArchived");
    }

    public void Restore()
    {
        if (Status is SiteStatus.Active) return;
        Status = SiteStatus.Active;
        Raise("SiteRestored");
    }
}
