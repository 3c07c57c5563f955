using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Cmms.Domain;
using Microsoft.Data.Sqlite;

namespace Bench.Servers;

/// <summary>
/// Hand-written over ADO.NET, rows straight into the JSON: with a connection from the driver's pool for each request, as everybody writes it, or
/// (<paramref name="keeps"/>) with connections and prepared statements kept for good, which is the least that anything could cost.
/// </summary>
internal sealed class AdoServer(string connectionString, bool keeps)
{
    private readonly ConcurrentBag<AdoSession> _idle = [];
    private readonly SemaphoreSlim _writer = new(1);

    public static void Map(WebApplication app, string database, bool keeps)
    {
        var server = new AdoServer($"Data Source={database};Foreign Keys=True", keeps);
        app.MapGet("/orders", (RequestDelegate)(http => server.Read(http, AdoReads.Orders)));
        app.MapGet("/orders/{id}", (RequestDelegate)(http => server.Read(http, AdoReads.Order)));
        app.MapPost("/locations", (RequestDelegate)server.Change);
    }

    private async Task Read(HttpContext http, Action<AdoSession, AdoCaller, HttpContext, Utf8JsonWriter> write)
    {
        var session = Open();
        try
        {
            if (session.FindCaller(http.Request) is not { } caller)
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }
            http.Response.ContentType = "application/json";
            await using var json = new Utf8JsonWriter(http.Response.BodyWriter, Answer.Json);
            write(session, caller, http, json);
        }
        finally
        {
            Close(session);
        }
        await http.Response.BodyWriter.FlushAsync();
    }

    private AdoSession Open() => _idle.TryTake(out var session) ? session : new AdoSession(connectionString);

    private void Close(AdoSession session)
    {
        if (keeps) _idle.Add(session);
        else session.Dispose();
    }

    /// <summary>A new description, if the row still is the version that the client has seen: with its event, in one durable transaction.</summary>
    private async Task Change(HttpContext http)
    {
        var change = (await http.Request.ReadFromJsonAsync<LocationChange>())!;
        var session = Open();
        try
        {
            if (session.FindCaller(http.Request) is not { MayManage: true } caller)
            {
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }
            await _writer.WaitAsync(http.RequestAborted);
            int? version;
            try
            {
                version = session.Change(caller, Answer.KeyOf(change.Id), change.Version, change.Description);
            }
            finally
            {
                _writer.Release();
            }
            http.Response.ContentType = "application/json";
            await using var json = new Utf8JsonWriter(http.Response.BodyWriter, Answer.Json);
            Answer.Changed(json, Answer.KeyOf(change.Id), change.Description, version);
        }
        finally
        {
            Close(session);
        }
        await http.Response.BodyWriter.FlushAsync();
    }
}

internal sealed record AdoCaller(long UserId, long CustomerId, long SiteId, bool MayManage);

/// <summary>One open connection with the statements that were needed so far.</summary>
internal sealed class AdoSession : IDisposable
{
    private readonly SqliteConnection _connection;

    public AdoSession(string connectionString)
    {
        _connection = new SqliteConnection(connectionString);
        _connection.Open();
    }

    public SqliteCommand Orders => field ??= Command("""
        SELECT o.id, o.code, o.title, o.priority, o.phase, o.due_at, o.asset_id, a.name, a.location_id, l.name FROM work_order o
        LEFT JOIN asset a ON a.site_id = o.site_id AND a.id = o.asset_id LEFT JOIN location l ON l.site_id = a.site_id AND l.id = a.location_id
        WHERE o.site_id = @site AND o.archived_at IS NULL ORDER BY o.created_at DESC, o.id DESC LIMIT @first
        """, "site", "first");

    public SqliteCommand Technicians => field ??= Command("""
        SELECT t.work_order_id, u.name FROM json_each(@orders) o
        JOIN work_order_technician t ON t.site_id = @site AND t.work_order_id = o.value JOIN user u ON u.id = t.user_id
        ORDER BY u.full_name_folded, u.id
        """, "orders", "site");

    public SqliteCommand Order => field ??= Command(
        "SELECT code, title, description, priority, phase, due_at, version FROM work_order WHERE id = @id AND site_id = @site", "id", "site");

    private SqliteCommand Caller => field ??= Command("""
        SELECT k.user_id, k.customer_id, s.id, r.role FROM api_key k
        JOIN user u ON u.id = k.user_id JOIN user_role r ON r.user_id = u.id JOIN site s ON s.id = r.site_id
        WHERE k.hash = @hash AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > @now) AND u.status = 'Active' AND s.code = @code AND s.status = 'Active'
        """, "hash", "now", "code");

    private SqliteCommand Begin => field ??= Command("BEGIN IMMEDIATE");
    private SqliteCommand Commit => field ??= Command("COMMIT");
    private SqliteCommand Rollback => field ??= Command("ROLLBACK");
    private SqliteCommand Find => field ??= Command("SELECT version, description FROM location WHERE id = @id AND site_id = @site", "id", "site");

    private SqliteCommand Update => field ??= Command("""
        UPDATE location SET description = @description, description_folded = @folded, version = version + 1, updated_at = @now, updated_by = @by
        WHERE id = @id AND site_id = @site AND version = @version
        """, "description", "folded", "now", "by", "id", "site", "version");

    private SqliteCommand Head => field ??= Command("""
        INSERT INTO event_head (customer_id, position) VALUES (@customer, 1)
        ON CONFLICT (customer_id) DO UPDATE SET position = event_head.position + 1 RETURNING position
        """, "customer");

    private SqliteCommand Event => field ??= Command("""
        INSERT INTO event (customer_id, position, site_id, type, subject_type, subject_id, actor, request_id, at, changes)
        VALUES (@customer, @position, @site, 'LocationChanged', 'Location', @id, @by, @request, @now, @changes)
        """, "customer", "position", "site", "id", "by", "request", "now", "changes");

    public void Dispose() => _connection.Dispose();

    public AdoCaller? FindCaller(HttpRequest request)
    {
        if (Answer.CallerOf(request) is not { } asked) return null;
        using var reader = Read(Caller, asked.Hash, Answer.Now, asked.Site);
        return reader.Read() ? new AdoCaller(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetString(3) is "Admin" or "Manager") : null;
    }

    public static SqliteDataReader Read(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command.ExecuteReader();
    }

    /// <summary>The new version; null when it was another than the client's.</summary>
    public int? Change(AdoCaller caller, long id, int version, string description)
    {
        var (now, by) = (Answer.Now, string.Create(CultureInfo.InvariantCulture, $"user:{caller.UserId}"));
        Execute(Begin);
        var done = false;
        try
        {
            string? before;
            using (var found = Read(Find, id, caller.SiteId))
            {
                if (!found.Read() || found.GetInt32(0) != version) return null;
                before = found.IsDBNull(1) ? null : found.GetString(1);
            }
            if (Execute(Update, description, Text.Fold(description), now, by, id, caller.SiteId, version) != 1) return null;
            long position;
            using (var head = Read(Head, caller.CustomerId))
            {
                head.Read();
                position = head.GetInt64(0);
                head.Read();
            }
            Execute(Event, caller.CustomerId, position, caller.SiteId, id, by, System.Diagnostics.Activity.Current?.TraceId.ToString() ?? (object)DBNull.Value, now, Answer.Changes(before, description));
            Execute(Commit);
            done = true;
            return version + 1;
        }
        finally
        {
            if (!done) Execute(Rollback);
        }
    }

    private static int Execute(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The statements above.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = "@" + name });
        return command;
    }
}

internal static class AdoReads
{
    public static void Orders(AdoSession session, AdoCaller caller, HttpContext http, Utf8JsonWriter json)
    {
        var first = int.Parse(http.Request.Query["first"].ToString(), CultureInfo.InvariantCulture);
        var rows = new List<Row>(first);
        using (var reader = AdoSession.Read(session.Orders, caller.SiteId, first))
        {
            while (reader.Read())
            {
                rows.Add(new Row(
                    reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.GetString(4), reader.IsDBNull(5) ? null : reader.GetInt64(5),
                    reader.IsDBNull(6) ? null : reader.GetString(7), reader.IsDBNull(8) ? null : reader.GetString(9), []));
            }
        }
        var byId = rows.ToDictionary(r => r.Id, r => r.Technicians);
        using (var reader = AdoSession.Read(session.Technicians, $"[{string.Join(',', rows.Select(r => r.Id))}]", caller.SiteId))
            while (reader.Read()) byId[reader.GetInt64(0)].Add(reader.GetString(1));

        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        json.WriteStartObject("workOrders"u8);
        json.WriteStartArray("nodes"u8);
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.Id("WorkOrder:"u8, row.Id);
            json.WriteString("code"u8, row.Code);
            json.WriteString("title"u8, row.Title);
            json.WriteString("priority"u8, Answer.Priority(row.Priority));
            json.WriteString("phase"u8, Answer.Phase(row.Phase));
            json.Moment("dueAt"u8, row.DueAt);
            if (row.Asset is null) json.WriteNull("asset"u8);
            else
            {
                json.WriteStartObject("asset"u8);
                json.WriteString("name"u8, row.Asset);
                if (row.Location is null) json.WriteNull("location"u8);
                else
                {
                    json.WriteStartObject("location"u8);
                    json.WriteString("name"u8, row.Location);
                    json.WriteEndObject();
                }
                json.WriteEndObject();
            }
            json.WriteStartArray("technicians"u8);
            foreach (var name in row.Technicians)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, name);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void Order(AdoSession session, AdoCaller caller, HttpContext http, Utf8JsonWriter json)
    {
        var id = Answer.KeyOf((string)http.Request.RouteValues["id"]!);
        json.WriteStartObject();
        json.WriteStartObject("data"u8);
        using (var reader = AdoSession.Read(session.Order, id, caller.SiteId))
        {
            if (!reader.Read()) json.WriteNull("workOrder"u8);
            else
            {
                json.WriteStartObject("workOrder"u8);
                json.Id("WorkOrder:"u8, id);
                json.WriteString("code"u8, reader.GetString(0));
                json.WriteString("title"u8, reader.GetString(1));
                json.Text("description"u8, reader.IsDBNull(2) ? null : reader.GetString(2));
                json.WriteString("priority"u8, Answer.Priority(reader.GetInt32(3)));
                json.WriteString("phase"u8, Answer.Phase(reader.GetString(4)));
                json.Moment("dueAt"u8, reader.IsDBNull(5) ? null : reader.GetInt64(5));
                json.WriteNumber("version"u8, reader.GetInt32(6));
                json.WriteEndObject();
            }
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private sealed record Row(
        long Id, string Code, string Title, int Priority, string Phase, long? DueAt, string? Asset, string? Location, List<string> Technicians);
}
