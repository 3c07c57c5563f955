namespace Cmms.Domain.Organization;

/// <summary>A company that uses Cmms: it owns sites and users and shares nothing with any other customer.</summary>
public sealed class Customer : Entity
{
    private Customer() { } // EF Core

    public Customer(string name, string slug) => (Name, Slug) = (Check.Text(name), Check.Text(slug, 63));

    public string Name { get; private set; } = "";
    public string Slug { get; private set; } = "";
}
