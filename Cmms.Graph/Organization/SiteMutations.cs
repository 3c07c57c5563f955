using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Organization;

[MutationType, OwnerOnly]
internal static class SiteMutations
{
    /// <summary>Opens a site, with its work order statuses, a storeroom, and the caller as its admin.</summary>
    /// <param name="code">Its short name, as the header X-Site-Id takes it; unique within the customer, never digits alone.</param>
    /// <param name="timeZone">IANA time zone, such as America/Guayaquil: what "today" and "overdue" mean there.</param>
    /// <param name="currency">ISO 4217 code of the currency of every cost there; fixed once there is a cost.</param>
    /// <param name="dateTimeFormat">How dates and times are shown, by example: MM/DD/YYYY - 11:59 PM.</param>
    /// <param name="unattendedOutageHours">How many hours an asset may be out of service without a work order, 1 to 8,760; 24 unless said.</param>
    [Error<Duplicate>]
    public static async Task<Site> CreateSite(
        string name, string code, string timeZone, string currency, string? description, string? address, string? dateTimeFormat, int? unattendedOutageHours,
        SiteCaller caller, WriteTransaction change, CancellationToken cancel)
    {
        Site site = new(name, code, timeZone, currency) { Description = description, Address = address };
        if (dateTimeFormat is not null) site.DateTimeFormat = dateTimeFormat;
        if (unattendedOutageHours is { } hours) site.UnattendedOutageHours = hours;
        await change.OpenSite(site, await change.Db.Find<User>(caller.UserId, cancel), cancel);
        return site;
    }

    /// <summary>Changes what is known about a site.</summary>
    /// <param name="version">The version that was read: the change is refused if the site has changed since.</param>
    /// <param name="currency">ISO 4217 code; refused once a cost is recorded in the old one.</param>
    /// <param name="unattendedOutageHours">How many hours an asset may be out of service without a work order, 1 to 8,760.</param>
    [Error<NotFound, Duplicate, InUse, Conflict>]
    public static async Task<Site> UpdateSite(
        [ID<Site>] long id, int? version, Optional<string> name, Optional<string> code, Optional<string?> description, Optional<string?> address,
        Optional<string> timeZone, Optional<string> currency, Optional<string> dateTimeFormat, Optional<int> unattendedOutageHours,
        CmmsDb db, CancellationToken cancel)
    {
        var site = await db.FindVersion<Site>(id, version, cancel);
        site.Name = name.Or(site.Name);
        site.Code = code.Or(site.Code);
        site.Description = description.Or(site.Description);
        site.Address = address.Or(site.Address);
        site.TimeZone = timeZone.Or(site.TimeZone);
        if (currency.IsSet) site.ChangeCurrency(currency.Or(site.Currency), await db.CountCosts(site, cancel));
        site.DateTimeFormat = dateTimeFormat.Or(site.DateTimeFormat);
        site.UnattendedOutageHours = unattendedOutageHours.Or(site.UnattendedOutageHours);
        await db.SaveChangesAsync(cancel);
        return site;
    }

    /// <summary>Puts a site away: its history stays, nothing is planned or notified there any more.</summary>
    [Error<NotFound>]
    public static async Task<Site> ArchiveSite([ID<Site>] long id, CmmsDb db, CancellationToken cancel)
    {
        var site = await db.Find<Site>(id, cancel);
        site.Archive();
        await db.SaveChangesAsync(cancel);
        return site;
    }

    /// <summary>Takes an archived site up again.</summary>
    [Error<NotFound>]
    public static async Task<Site> RestoreSite([ID<Site>] long id, CmmsDb db, CancellationToken cancel)
    {
        var site = await db.Find<Site>(id, cancel);
        site.Restore();
        await db.SaveChangesAsync(cancel);
        return site;
    }
}
