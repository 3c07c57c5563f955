using Cmms.Domain.Events;
using Npgsql;
using NpgsqlTypes;

namespace Cmms.Domain.Persistence.Sql;

/// <summary>Gives events their positions and writes them; the last statement before a commit.</summary>
internal static class EventLog
{
    /// <summary>What PostgreSQL wakes readers by.</summary>
    public const string Channel = "cmms_events";

    private const string TakePositions = """
        INSERT INTO event_head (customer_id, position) VALUES (@customer, @count)
        ON CONFLICT (customer_id) DO UPDATE SET position = event_head.position + excluded.position
        RETURNING position
        """;

    public static async Task AppendAsync(CmmsDb db, IReadOnlyList<EventDraft> drafts, CancellationToken cancel)
    {
        // In the order of customers: two transactions that concern the same two cannot wait for each other.
        foreach (var events in drafts.GroupBy(draft => draft.CustomerId).OrderBy(group => group.Key))
        {
            if (db.IsSqlite) await AppendToSqlite(db, events.Key, [.. events], cancel);
            else await AppendToPostgres(db, events.Key, [.. events], cancel);
        }
    }

    private static async Task AppendToSqlite(CmmsDb db, long customer, EventDraft[] drafts, CancellationToken cancel)
    {
        await using var take = Sql.Command(db, TakePositions);
        take.Add("customer", customer);
        take.Add("count", drafts.Length);
        var first = await take.NumberAsync(cancel) - drafts.Length + 1;

        await using var insert = Sql.Command(db, """
            INSERT INTO event (customer_id, position, site_id, type, subject_type, subject_id, actor, key_id, request_id, cause_position, at, reason, reason_folded, changes)
            VALUES (@customer, @position, @site, @type, @subjectType, @subjectId, @actor, @key, @request, @cause, @at, @reason, @reasonFolded, @changes)
            """);
        insert.Add("customer", customer);
        insert.Add("actor", db.Change.By.ToString());
        insert.Add("key", db.Change.KeyId);
        insert.Add("request", db.Change.RequestId);
        insert.Add("at", db.Change.At.Microseconds);
        var (position, site, type) = (insert.Add("position", 0L), insert.Add("site", null), insert.Add("type", ""));
        var (subjectType, subjectId) = (insert.Add("subjectType", ""), insert.Add("subjectId", 0L));
        var (reason, folded, cause, changes) = (insert.Add("reason", null), insert.Add("reasonFolded", null), insert.Add("cause", null), insert.Add("changes", ""));
        foreach (var (i, draft) in drafts.Index())
        {
            (position.Value, site.Value, type.Value) = (first + i, draft.SiteId ?? (object)DBNull.Value, draft.Type);
            (subjectType.Value, subjectId.Value) = (draft.SubjectType, draft.SubjectId);
            (reason.Value, folded.Value, changes.Value) = (draft.Reason ?? (object)DBNull.Value, Folded(draft) ?? (object)DBNull.Value, draft.Changes);
            cause.Value = first + draft.Cause ?? db.Change.CausePosition ?? (object)DBNull.Value;
            await insert.ExecuteNonQueryAsync(cancel);
        }
    }

    private static string? Folded(EventDraft draft) => draft.Reason is { } reason ? Text.Fold(reason) : null;

    /// <summary>One round trip, and the head's lock is held no longer than that and the commit.</summary>
    private static async Task AppendToPostgres(CmmsDb db, long customer, EventDraft[] drafts, CancellationToken cancel)
    {
        await using var command = (NpgsqlCommand)Sql.Command(db, $"""
            WITH head AS ({TakePositions}),
            written AS (
                INSERT INTO event (customer_id, position, site_id, type, subject_type, subject_id, actor, key_id, request_id, cause_position, at, reason, reason_folded, changes)
                SELECT @customer, head.position - @count + draft.ordinal, draft.site, draft.type, draft.subject_type, draft.subject_id,
                       @actor, @key, @request, coalesce(head.position - @count + draft.cause, @cause), @at, draft.reason, draft.reason_folded, draft.changes
                FROM head, unnest(@sites, @types, @subjectTypes, @subjectIds, @causes, @reasons, @folded, @changes)
                    WITH ORDINALITY AS draft (site, type, subject_type, subject_id, cause, reason, reason_folded, changes, ordinal)
                RETURNING 1)
            SELECT pg_notify('{Channel}', @customer::text) FROM head
            """);
        Add("customer", NpgsqlDbType.Bigint, customer);
        Add("count", NpgsqlDbType.Bigint, (long)drafts.Length);
        Add("actor", NpgsqlDbType.Text, db.Change.By.ToString());
        Add("key", NpgsqlDbType.Bigint, db.Change.KeyId);
        Add("request", NpgsqlDbType.Text, db.Change.RequestId);
        Add("cause", NpgsqlDbType.Bigint, db.Change.CausePosition);
        Add("at", NpgsqlDbType.TimestampTz, db.Change.At.ToDateTimeOffset().UtcDateTime);
        Add("sites", NpgsqlDbType.Array | NpgsqlDbType.Bigint, drafts.Select(draft => draft.SiteId).ToArray());
        Add("types", NpgsqlDbType.Array | NpgsqlDbType.Text, drafts.Select(draft => draft.Type).ToArray());
        Add("subjectTypes", NpgsqlDbType.Array | NpgsqlDbType.Text, drafts.Select(draft => draft.SubjectType).ToArray());
        Add("subjectIds", NpgsqlDbType.Array | NpgsqlDbType.Bigint, drafts.Select(draft => draft.SubjectId).ToArray());
        Add("causes", NpgsqlDbType.Array | NpgsqlDbType.Bigint, drafts.Select(draft => draft.Cause + 1L).ToArray());
        Add("folded", NpgsqlDbType.Array | NpgsqlDbType.Text, drafts.Select(Folded).ToArray());
        Add("reasons", NpgsqlDbType.Array | NpgsqlDbType.Text, drafts.Select(draft => draft.Reason).ToArray());
        Add("changes", NpgsqlDbType.Array | NpgsqlDbType.Text, drafts.Select(draft => draft.Changes).ToArray());
        await command.ExecuteNonQueryAsync(cancel);

        void Add(string name, NpgsqlDbType type, object? value) =>
            command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value ?? DBNull.Value });
    }
}
