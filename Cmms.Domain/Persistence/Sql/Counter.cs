using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Persistence.Sql;

/// <summary>The last number of one of a site's sequences.</summary>
internal sealed class Counter
{
    private Counter() { } // EF Core

    public long CustomerId { get; private set; }
    public long SiteId { get; private set; }
    public string Sequence { get; private set; } = "";
    public long Value { get; private set; }
}

internal sealed class CounterMapping : IEntityTypeConfiguration<Counter>
{
    public void Configure(EntityTypeBuilder<Counter> builder)
    {
        builder.HasAnnotation(Annotations.WrittenBySql, true);
        builder.HasKey(x => new { x.SiteId, x.Sequence });
        SchemaConventions.ReferToSite(builder.Metadata);
    }
}

internal static class Counters
{
    public static async Task<long> NextAsync(CmmsDb db, string sequence, CancellationToken cancel)
    {
        _ = db.Change;
        await using var command = Sql.Command(db, """
            INSERT INTO counter (customer_id, site_id, sequence, value) VALUES (@customer, @site, @sequence, 1)
            ON CONFLICT (site_id, sequence) DO UPDATE SET value = counter.value + 1
            RETURNING value
            """);
        command.Add("customer", db.Scope.CustomerId);
        command.Add("site", db.Scope.SiteId ?? throw new InvalidOperationException("Numbers are counted by site."));
        command.Add("sequence", sequence);
        return await command.NumberAsync(cancel);
    }
}
