using System.Text.Json;
using Cmms.Domain.Assets;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Persistence.Sql;

/// <summary>Adds up downtimes where they are: one statement, however many there are. Those of one asset do not overlap, so their lengths may be summed.</summary>
public static class DowntimeSums
{
    /// <summary>Each asset's window begins no earlier than its service and ends no later; each downtime is cut to it, and counts where it begins.</summary>
    private const string Sqlite = """
        SELECT asset_id, max(0, until - since) - coalesce(sum(CASE WHEN kind = 'NotRequired' THEN length END), 0),
            coalesce(sum(CASE WHEN kind <> 'NotRequired' THEN length END), 0), coalesce(sum(CASE WHEN kind = 'Unplanned' AND is_over THEN length END), 0),
            count(CASE WHEN kind = 'Unplanned' AND begins THEN 1 END), count(CASE WHEN kind = 'Unplanned' AND begins AND is_over THEN 1 END), count(CASE WHEN kind <> 'NotRequired' AND begins THEN 1 END)
        FROM (
            SELECT a.id AS asset_id, max(@from, coalesce(a.in_service_at, a.created_at)) AS since, min(@to, coalesce(a.archived_at, @to)) AS until, d.kind, d.ended_at IS NOT NULL AS is_over,
                d.started_at >= max(@from, coalesce(a.in_service_at, a.created_at)) AND d.started_at < min(@to, coalesce(a.archived_at, @to)) AS begins,
                max(0, min(coalesce(d.ended_at, @to), @to, coalesce(a.archived_at, @to)) - max(d.started_at, @from, coalesce(a.in_service_at, a.created_at))) AS length
            FROM asset a LEFT JOIN downtime d ON d.site_id = a.site_id AND d.asset_id = a.id AND d.started_at < @to AND (d.ended_at IS NULL OR (d.ended_at > @from AND d.ended_at > d.started_at))
            WHERE a.site_id = @site AND a.id IN (SELECT value FROM json_each(@ids)))
        GROUP BY asset_id, since, until
        """;

    private const string PostgreSql = """
        SELECT asset_id, (extract(epoch FROM greatest(until - since, interval '0') - coalesce(sum(length) FILTER (WHERE kind = 'NotRequired'), interval '0')) * 1000000)::bigint,
            (extract(epoch FROM coalesce(sum(length) FILTER (WHERE kind <> 'NotRequired'), interval '0')) * 1000000)::bigint,
            (extract(epoch FROM coalesce(sum(length) FILTER (WHERE kind = 'Unplanned' AND is_over), interval '0')) * 1000000)::bigint,
            count(*) FILTER (WHERE kind = 'Unplanned' AND begins), count(*) FILTER (WHERE kind = 'Unplanned' AND begins AND is_over), count(*) FILTER (WHERE kind <> 'NotRequired' AND begins)
        FROM (
            SELECT a.id AS asset_id, a.since, a.until, d.kind, d.ended_at IS NOT NULL AS is_over, d.started_at >= a.since AND d.started_at < a.until AS begins,
                greatest(least(coalesce(d.ended_at, @to), a.until) - greatest(d.started_at, a.since), interval '0') AS length
            FROM (SELECT site_id, id, greatest(@from, coalesce(in_service_at, created_at)) AS since, least(@to, coalesce(archived_at, @to)) AS until
                  FROM asset WHERE site_id = @site AND id IN (SELECT value::bigint FROM json_array_elements_text(@ids::json))) a
            LEFT JOIN downtime d ON d.site_id = a.site_id AND d.asset_id = a.id AND d.started_at < @to AND (d.ended_at IS NULL OR (d.ended_at > @from AND d.ended_at > d.started_at))) cut
        GROUP BY asset_id, since, until
        """;

    extension(CmmsDb db)
    {
        /// <summary>Of each of these assets of the site; what is not there is not in the answer.</summary>
        public async Task<Dictionary<long, Reliability>> ReliabilityOf(IReadOnlyCollection<long> assetIds, ReliabilityWindow window, CancellationToken cancel)
        {
            if (assetIds.Count == 0) return [];
            await db.Database.OpenConnectionAsync(cancel);
            try
            {
                return await Read(db, assetIds, window, cancel);
            }
            finally
            {
                await db.Database.CloseConnectionAsync();
            }
        }
    }

    private static async Task<Dictionary<long, Reliability>> Read(CmmsDb db, IReadOnlyCollection<long> assetIds, ReliabilityWindow window, CancellationToken cancel)
    {
        await using var command = Sql.Command(db, db.IsSqlite ? Sqlite : PostgreSql);
        command.Add("site", db.SiteFilter);
        command.Add("ids", JsonSerializer.Serialize(assetIds));
        command.Add("from", window.From, db);
        command.Add("to", window.To, db);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        Dictionary<long, Reliability> found = new(assetIds.Count);
        while (await reader.ReadAsync(cancel))
            found[reader.GetInt64(0)] = new Reliability(Length(1), Length(2), Length(3), (int)reader.GetInt64(4), (int)reader.GetInt64(5), (int)reader.GetInt64(6));
        return found;

        TimeSpan Length(int column) => TimeSpan.FromMicroseconds(reader.GetInt64(column));
    }
}
