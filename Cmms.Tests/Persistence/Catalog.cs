using System.Data.Common;
using System.Text.RegularExpressions;
using Cmms.Domain.Persistence;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Cmms.Tests.Persistence;

/// <summary>What a database says of itself: a line a column, key, check and index, whatever statements made them.</summary>
internal static partial class Catalog
{
    private const string PostgreSql = """
        SELECT c.relname || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
            || coalesce(' collate ' || l.collname, '') || a.attidentity::text || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_collation l ON l.oid = a.attcollation LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT c.relname || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public'
        UNION ALL
        SELECT tablename || ' ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
        """;

    private const string Sqlite = """
        SELECT t.name || ' ' || c.name || ' ' || c.type || CASE c."notnull" WHEN 1 THEN ' not null' ELSE '' END || ' pk ' || c.pk || coalesce(' default ' || c.dflt_value, '')
        FROM sqlite_master t JOIN pragma_table_xinfo(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
        UNION ALL
        SELECT t.name || ' foreign key ' || f.id || '.' || f.seq || ' ' || f."from" || ' to ' || f."table" || '.' || f."to" || ' ' || f.on_delete
        FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
        UNION ALL
        SELECT t.name || ' index ' || i.name || CASE i."unique" WHEN 1 THEN ' unique' ELSE '' END || ' ' || x.seqno || ' ' || coalesce(x.name, '') || ' ' || x."desc"
        FROM sqlite_master t JOIN pragma_index_list(t.name) i JOIN pragma_index_xinfo(i.name) x WHERE t.type = 'table'
        UNION ALL
        SELECT tbl_name || ' filter ' || name || substr(sql, instr(sql, ' WHERE ')) FROM sqlite_master WHERE type = 'index' AND instr(sql, ' WHERE ') > 0
        UNION ALL
        SELECT name || ' sql ' || sql FROM sqlite_master WHERE type = 'table' AND (sql LIKE '%CHECK%' OR sql LIKE '%AUTOINCREMENT%')
        """;

    public static async Task<IReadOnlyList<string>> DescribeAsync(DatabaseOptions options)
    {
        var lines = await LinesAsync(options);
        return [.. lines.SelectMany(line => line.Contains(" sql CREATE TABLE", StringComparison.Ordinal) ? Clauses(line) : [line]).Order(StringComparer.Ordinal)];
    }

    /// <summary>SQLite shows checks only in the statement that made the table.</summary>
    private static IEnumerable<string> Clauses(string line) => Checks().Matches(line).Select(match => $"{line.Split(' ')[0]} {match.Value.Trim().TrimEnd(',')}");

    private static async Task<List<string>> LinesAsync(DatabaseOptions options)
    {
        await using DbConnection connection = options.Provider is DatabaseProvider.Sqlite
            ? new SqliteConnection(options.ConnectionString + ";Pooling=False")
            : new NpgsqlConnection(options.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = options.Provider is DatabaseProvider.Sqlite ? Sqlite : PostgreSql;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        return lines;
    }

    [GeneratedRegex("""("\w+" INTEGER .*AUTOINCREMENT|CONSTRAINT "\w+" CHECK .*)$""", RegexOptions.Multiline)]
    private static partial Regex Checks();
}
