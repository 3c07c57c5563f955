using System.Globalization;
using System.Text.RegularExpressions;
using Cmms.Domain.Assets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Cmms.Domain.Persistence;

/// <summary>What a database refuses, in the words of the domain.</summary>
internal static partial class Violations
{
    private const int SqliteBusy = 5, SqliteLocked = 6, SqliteFull = 13, SqliteForeignKey = 787, SqliteRestrict = 1811, SqlitePrimaryKey = 1555, SqliteUnique = 2067;

    /// <summary>What the trigger says that keeps downtimes apart.</summary>
    private const string Overlap = "overlapping downtime";

    /// <summary>The class of SQL states that are about the connection.</summary>
    private const string ConnectionExceptions = "08";

    public static DomainError? Translate(CmmsDb db, DbUpdateException exception) => exception.InnerException switch
    {
        SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey } sqlite =>
            Unique(exception, UniqueColumns().Match(sqlite.Message) is { Success: true } match ? IndexOf(db, match.Groups["columns"].Value.Split(", ")) : null),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } postgres => Unique(exception, IndexOf(db, postgres.TableName, postgres.ConstraintName)),
        SqliteException { SqliteExtendedErrorCode: SqliteRestrict } trigger when trigger.Message.Contains(Overlap, StringComparison.Ordinal) => Overlapping(exception),
        PostgresException { SqlState: PostgresErrorCodes.ExclusionViolation } => Overlapping(exception),
        SqliteException { SqliteExtendedErrorCode: SqliteForeignKey or SqliteRestrict } or PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } => Reference(exception),
        _ => null,
    };

    /// <summary>Whether the same again, on a fresh context, may succeed: another transaction was in the way.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        DbUpdateConcurrencyException => true,
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => true,
        SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } => true,
        { InnerException: { } inner } => IsTransient(inner),
        _ => false,
    };

    /// <summary>Whether the server was lost on the way, or is just starting or stopping. What was asked may have been done or not.</summary>
    public static bool IsCut(Exception exception) => exception switch
    {
        PostgresException server => server.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            || server.SqlState.StartsWith(ConnectionExceptions, StringComparison.Ordinal),
        NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException } => true,
        { InnerException: { } inner } => IsCut(inner),
        _ => false,
    };

    public static bool IsStorageFull(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => true,
        SqliteException { SqliteErrorCode: SqliteFull } => true,
        { InnerException: { } inner } => IsStorageFull(inner),
        _ => false,
    };

    private static OverlappingDowntime? Overlapping(DbUpdateException exception) =>
        exception.Entries.Select(entry => entry.Entity).OfType<Downtime>().FirstOrDefault() is { } downtime ? new OverlappingDowntime(downtime.Asset.Name, null, null) : null;

    private static Duplicate? Unique(DbUpdateException exception, IReadOnlyList<IProperty>? properties)
    {
        if (properties?.LastOrDefault(property => property.Name is not (nameof(SiteEntity.SiteId) or nameof(CustomerEntity.CustomerId))) is not { } property) return null;
        var shown = property.DeclaringType.GetProperties().FirstOrDefault(other => other.FindAnnotation(Annotations.Folded)?.Value as string == property.Name) ?? property;
        var value = exception.Entries.FirstOrDefault(entry => entry.Metadata == shown.DeclaringType)?.CurrentValues[shown];
        return new Duplicate(shown.Name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
    }

    /// <summary>The race that a check before it cannot see: what is removed was referred to meanwhile, or what is referred to was removed.</summary>
    private static DomainError Reference(DbUpdateException exception) =>
        exception.Entries.FirstOrDefault(entry => entry.State is EntityState.Deleted) is { } deleted
            ? new InUse(Words.Of(deleted.Metadata.ClrType), 1)
            : new NotFound("An object that it refers to");

    private static IReadOnlyList<IProperty>? IndexOf(CmmsDb db, string[] columns)
    {
        var names = columns.Select(column => column[(column.LastIndexOf('.') + 1)..]).ToHashSet();
        var table = db.Model.GetRelationalModel().FindTable(columns[0].Split('.')[0], null);
        return table?.Indexes.Where(index => index.IsUnique && names.SetEquals(index.Columns.Select(column => column.Name)))
            .SelectMany(index => index.MappedIndexes).FirstOrDefault()?.Properties
            ?? table?.UniqueConstraints.Where(key => names.SetEquals(key.Columns.Select(column => column.Name))).SelectMany(key => key.MappedKeys).FirstOrDefault()?.Properties;
    }

    private static IReadOnlyList<IProperty>? IndexOf(CmmsDb db, string? tableName, string? name)
    {
        if (tableName is null || db.Model.GetRelationalModel().FindTable(tableName, null) is not { } table) return null;
        return table.Indexes.FirstOrDefault(index => index.Name == name)?.MappedIndexes.First().Properties
            ?? table.UniqueConstraints.FirstOrDefault(key => key.Name == name)?.MappedKeys.First().Properties;
    }

    [GeneratedRegex("UNIQUE constraint failed: (?<columns>[^']+)")]
    private static partial Regex UniqueColumns();
}

/// <summary>What whoever begins a write transaction wants to know of its failure.</summary>
public static class Failures
{
    extension(Exception exception)
    {
        /// <summary>Whether the same again, on a fresh context, may succeed: another transaction was in the way.</summary>
        public bool IsTransient => Violations.IsTransient(exception);

        /// <summary>Whether the server was lost on the way, as by a restart. What only reads may be asked once more.</summary>
        public bool IsCut => Violations.IsCut(exception);

        /// <summary>Whether the database has no room left; reading goes on, and writing does once there is room.</summary>
        public bool IsStorageFull => Violations.IsStorageFull(exception);
    }
}
