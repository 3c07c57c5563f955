using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cmms.Tests.Organization;

public sealed class SiteTests
{
    [Theory]
    [InlineData("Etc/UTC", "Etc/UTC: +00:00")]
    [InlineData("America/Guayaquil", "America/Guayaquil: -05:00")]
    [InlineData("Asia/Kathmandu", "Asia/Kathmandu: +05:45")]
    [InlineData("America/St_Johns", "America/St_Johns: -03:30")]
    public void A_time_zone_is_labelled_with_its_standard_offset(string zone, string label) => Assert.Equal(label, NewSite(zone).TimeZoneLabel);

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("")]
    [InlineData("Eastern Standard Time")]
    [InlineData("../../etc/passwd")]
    public void A_time_zone_must_be_of_the_tz_database(string zone) => Assert.EndsWith("TimeZone", Assert.Throws<InvalidValue>(() => NewSite(zone)).Field, StringComparison.Ordinal);

    [Fact]
    public void Today_is_the_date_on_the_site()
    {
        var late = Instant.From(new DateTimeOffset(2026, 3, 2, 3, 0, 0, TimeSpan.Zero));
        Assert.Equal(new DateOnly(2026, 3, 1), NewSite("America/Guayaquil").Today(late));
        Assert.Equal(new DateOnly(2026, 3, 2), NewSite("Asia/Tokyo").Today(late));
    }

    [Fact]
    public void A_currency_has_a_name_and_a_symbol_and_must_exist()
    {
        var site = NewSite();
        Assert.Equal(("USD", "US Dollar", "$"), (site.Currency, site.CurrencyName, site.CurrencySymbol));
        site.ChangeCurrency("eur", costs: 0);
        Assert.Equal(("EUR", "Euro", "€"), (site.Currency, site.CurrencyName, site.CurrencySymbol));
        Assert.Equal("currency", Assert.Throws<InvalidValue>(() => site.ChangeCurrency("XYZ", costs: 0)).Field);
    }

    [Theory]
    [InlineData("12")]
    [InlineData("A B")]
    [InlineData("A")]
    [InlineData("")]
    public void A_code_cannot_be_mistaken_for_an_id(string code) => Assert.Throws<InvalidValue>(() => new Site("Plant", code, "Etc/UTC", "USD"));

    [Fact]
    public void A_date_time_format_is_one_of_those_that_screens_offer()
    {
        var site = NewSite();
        site.DateTimeFormat = "MM/DD/YYYY - 11:59 PM";
        Assert.Throws<InvalidValue>(() => site.DateTimeFormat = "yyyy");
    }

    [Theory, Sqlite, PostgreSql]
    public async Task The_currency_is_fixed_once_a_cost_exists(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await plant.WriteAsync(db => ChangeCurrency(db, plant.SiteId, "EUR"));
        await plant.WriteAsync(async db =>
        {
            var part = new Part("Filter");
            db.Add(part);
            await db.SaveChangesAsync();
            await db.Stock.Restock(part.Id, Quantity.Of(2), Money.Cost(26.15m), null, null, default);
        });

        // Asked by an owner from outside the site, whose own rows are out of sight there.
        var owner = Scope.Customer(plant.CustomerId);
        var error = await Assert.ThrowsAsync<InUse>(() => plant.Database.WriteAsync(owner, db => ChangeCurrency(db, plant.SiteId, "USD")));
        Assert.Equal(2, error.Uses);
        await plant.Database.WriteAsync(owner, db => ChangeCurrency(db, plant.NeighbourId, "USD"));
        Assert.Equal("EUR", await plant.ReadAsync(db => db.Sites.Where(s => s.Id == plant.SiteId).Select(s => s.Currency).SingleAsync()));
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Archiving_and_restoring_a_site_are_on_record_once_each(DatabaseProvider provider)
    {
        await using var plant = await TestPlant.CreateAsync(provider);
        await Change(site => site.Archive());
        await Change(site => site.Archive());
        await Change(site => site.Restore());
        await Change(site => site.Restore());

        var types = await plant.ReadAsync(db => db.Events.Where(e => e.SubjectId == plant.SiteId && e.SubjectType == "Site").OrderBy(e => e.Position).Select(e => e.Type).ToListAsync());
        Assert.Equal(["SiteCreated", "SiteArchived", "SiteRestored"], types);

        Task Change(Action<Site> change) => plant.WriteAsync(async db => change(await db.Find<Site>(plant.SiteId, default)));
    }

    private static async Task ChangeCurrency(CmmsDb db, long id, string currency)
    {
        var site = await db.Find<Site>(id, default);
        site.ChangeCurrency(currency, await db.CountCosts(site, default));
    }

    private static Site NewSite(string zone = "Etc/UTC") => new("Plant", "PLANT", zone, "USD");
}
