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
}
