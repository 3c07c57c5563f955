namespace Cmms.Domain.Organization;

/// <summary>A plant or business unit of a customer; nothing of one site is seen from another.</summary>
public sealed class Site : CustomerEntity
{
    private Site() { } // EF Core

    public Site(string name, string code, string timeZone, string currency)
    {
        (Name, Code) = (Check.Text(name), Check.Text(code, 20));
        (TimeZone, Currency) = (timeZone, currency);
    }

    public string Name { get; private set; } = "";

    /// <summary>Short and unique within the customer.</summary>
    public string Code { get; private set; } = "";

    /// <summary>An IANA id, such as <c>America/Bogota</c>.</summary>
    public string TimeZone { get; private set; } = "";

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private set; } = "";
}
