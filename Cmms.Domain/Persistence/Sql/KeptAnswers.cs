using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Persistence.Sql;

/// <summary>A request that may come again: whose it is, what its client calls it, and what it asks.</summary>
public sealed record KeptRequest(Actor Credential, string Key, ReadOnlyMemory<byte> Fingerprint);

/// <summary>A root field as it was answered.</summary>
public readonly record struct KeptField(int Ordinal, byte[] Field, byte[] Errors);

/// <summary>The answers to requests that may come again, for 24 hours. Each is written by the transaction of what it tells of.</summary>
public static class KeptAnswers
{
    /// <summary>For how long a request may come again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const string Look = """
        SELECT ordinal, fingerprint, field, errors FROM kept_answer
        WHERE customer_id = @customer AND credential = @credential AND "key" = @key AND kept_at > @since AND (ordinal >= @from OR fingerprint <> @fingerprint)
        """;

    /// <summary>
    /// What was answered from one root field on; null when the key was given to another request. To the end of the transaction nobody else has the key, here or
    /// in another process.
    /// </summary>
    public static async Task<IReadOnlyList<KeptField>?> FindAsync(CmmsDb db, KeptRequest request, int from, CancellationToken cancel)
    {
        // SQLite has one writer, so the key is ours already. On PostgreSQL the lock comes in a statement of its own: the next one sees what was committed meanwhile.
        await using var command = db.IsSqlite ? Sql.Command(db, Look) : Sql.Command(db, "SELECT pg_advisory_xact_lock(@lock);" + Look);
        Name(command, db, request);
        command.Add("from", from);
        if (!db.IsSqlite) command.Add("lock", LockOf(db, request));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!db.IsSqlite) await reader.NextResultAsync(cancel);
        var (found, isOther) = (new List<KeptField>(), false);
        while (await reader.ReadAsync(cancel))
        {
            var fingerprint = await reader.GetFieldValueAsync<byte[]>(1, cancel);
            isOther |= !request.Fingerprint.Span.SequenceEqual(fingerprint);
            found.Add(new KeptField(reader.GetInt32(0), await reader.GetFieldValueAsync<byte[]>(2, cancel), await reader.GetFieldValueAsync<byte[]>(3, cancel)));
        }
        return isOther ? null : found;
    }

    /// <summary>Keeps an answer, in the place of one whose time is over.</summary>
    /// <exception cref="DbUpdateConcurrencyException">There is another answer.</exception>
    public static async Task KeepAsync(CmmsDb db, KeptRequest request, KeptField answer, CancellationToken cancel)
    {
        await using var command = Sql.Command(db, """
            INSERT INTO kept_answer (customer_id, credential, "key", ordinal, fingerprint, kept_at, field, errors)
            VALUES (@customer, @credential, @key, @ordinal, @fingerprint, @now, @field, @errors)
            ON CONFLICT (customer_id, credential, "key", ordinal) DO UPDATE
            SET fingerprint = excluded.fingerprint, kept_at = excluded.kept_at, field = excluded.field, errors = excluded.errors
            WHERE kept_answer.kept_at <= @since
            """);
        Name(command, db, request);
        command.Add("ordinal", answer.Ordinal);
        command.Add("now", db.Now, db);
        command.Add("field", answer.Field);
        command.Add("errors", answer.Errors);
        if (await command.ExecuteNonQueryAsync(cancel) == 0) throw new DbUpdateConcurrencyException("The same request was answered by somebody else meanwhile.");
    }

    /// <summary>Removes answers whose time is over, the oldest first.</summary>
    /// <returns>How many; fewer than <paramref name="most"/> when no more are left.</returns>
    public static async Task<int> ForgetAsync(CmmsDbFactory factory, Change change, int most, CancellationToken cancel)
    {
        await using var transaction = await factory.BeginAsync(Scope.System, change, cancel);
        await using var command = Sql.Command(transaction.Db, """
            DELETE FROM kept_answer WHERE (customer_id, credential, "key", ordinal) IN
                (SELECT customer_id, credential, "key", ordinal FROM kept_answer WHERE kept_at <= @since ORDER BY kept_at LIMIT @most)
            """);
        command.Add("since", change.At - Lifetime, transaction.Db);
        command.Add("most", most);
        var forgotten = await command.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return forgotten;
    }

    private static void Name(DbCommand command, CmmsDb db, KeptRequest request)
    {
        command.Add("customer", db.Scope.CustomerId);
        command.Add("credential", request.Credential.ToString());
        command.Add("key", request.Key);
        command.Add("fingerprint", request.Fingerprint.ToArray());
        command.Add("since", db.Now - Lifetime, db);
    }

    /// <summary>Two keys that share a number merely wait for each other.</summary>
    private static long LockOf(CmmsDb db, KeptRequest request) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{db.Scope.CustomerId} {request.Credential} {request.Key}")));
}
