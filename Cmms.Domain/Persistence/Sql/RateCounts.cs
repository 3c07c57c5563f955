using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;
using NpgsqlTypes;

namespace Cmms.Domain.Persistence.Sql;

/// <summary>What was asked for under one name since its window began.</summary>
/// <param name="Cost">In the units of the cost of operations.</param>
/// <param name="ResetsAt">When the window ends; from then on the next request begins another.</param>
public readonly record struct RateCount(string Name, long Requests, double Cost, Instant ResetsAt);

/// <summary>A <see cref="RateCount"/> that all processes share. On PostgreSQL only: where SQLite is, there is one Graph, which counts in memory.</summary>
internal sealed class RateBucket
{
    private RateBucket() { } // EF Core

    public string Name { get; private set; } = "";
    public long Requests { get; private set; }
    public double Cost { get; private set; }
    public Instant ResetsAt { get; private set; }
}

internal sealed class RateBucketMapping : IEntityTypeConfiguration<RateBucket>
{
    public void Configure(EntityTypeBuilder<RateBucket> builder)
    {
        builder.HasAnnotation(Annotations.WrittenBySql, true);
        // Counts may be lost with the server that had them; so no commit waits for a disk.
        builder.IsUnlogged();
        builder.HasKey(x => x.Name);
    }
}

public static class RateCounts
{
    /// <summary>
    /// Adds to the counts of these names, each to its running window or to a new one that begins now, in one statement; answers what they come to.
    /// A window never ends later than one that begins now would: a clock that was set back keeps nobody waiting for longer than that.
    /// </summary>
    /// <param name="charges">Each name once; <see cref="RateCount.ResetsAt"/> is not looked at.</param>
    public static async Task<IReadOnlyList<RateCount>> AddAsync(CmmsDbFactory factory, IReadOnlyCollection<RateCount> charges, Instant now, TimeSpan window, CancellationToken cancel)
    {
        // In the order of names: two processes that count for the same two cannot wait for each other.
        await using var command = Postgres(factory).CreateCommand("""
            INSERT INTO rate_bucket AS b (name, requests, cost, resets_at)
            SELECT c.name, c.requests, c.cost, @ends FROM unnest(@names, @requests, @costs) AS c (name, requests, cost) ORDER BY c.name
            ON CONFLICT (name) DO UPDATE SET
                requests = CASE WHEN b.resets_at <= @now THEN 0 ELSE b.requests END + excluded.requests,
                cost = CASE WHEN b.resets_at <= @now THEN 0 ELSE b.cost END + excluded.cost,
                resets_at = CASE WHEN b.resets_at <= @now THEN excluded.resets_at ELSE least(b.resets_at, excluded.resets_at) END
            RETURNING name, requests, cost, resets_at
            """);
        Add("now", NpgsqlDbType.TimestampTz, now.ToDateTimeOffset().UtcDateTime);
        Add("ends", NpgsqlDbType.TimestampTz, (now + window).ToDateTimeOffset().UtcDateTime);
        Add("names", NpgsqlDbType.Array | NpgsqlDbType.Text, charges.Select(c => c.Name).ToArray());
        Add("requests", NpgsqlDbType.Array | NpgsqlDbType.Bigint, charges.Select(c => c.Requests).ToArray());
        Add("costs", NpgsqlDbType.Array | NpgsqlDbType.Double, charges.Select(c => c.Cost).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancel);
        List<RateCount> counts = new(charges.Count);
        while (await reader.ReadAsync(cancel)) counts.Add(new RateCount(reader.GetString(0), reader.GetInt64(1), reader.GetDouble(2), Instant.From(reader.GetFieldValue<DateTimeOffset>(3))));
        return counts;

        void Add(string name, NpgsqlDbType type, object value) => command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value });
    }

    /// <summary>Removes the counts of windows that have ended, but for those that somebody is counting in at this moment.</summary>
    public static async Task<int> RemoveEndedAsync(CmmsDbFactory factory, Instant now, CancellationToken cancel)
    {
        await using var command = Postgres(factory).CreateCommand(
            "DELETE FROM rate_bucket WHERE name IN (SELECT name FROM rate_bucket WHERE resets_at <= @now FOR UPDATE SKIP LOCKED)");
        command.Parameters.Add(new NpgsqlParameter("now", NpgsqlDbType.TimestampTz) { Value = now.ToDateTimeOffset().UtcDateTime });
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlDataSource Postgres(CmmsDbFactory factory) => factory.Postgres ?? throw new InvalidOperationException("Counts are shared on PostgreSQL only.");
}
