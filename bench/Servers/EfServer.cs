using System.Globalization;
using System.Text.Json;
using Cmms.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Bench.Servers;

/// <summary>What somebody would write with EF Core who knows it well: pooled contexts, compiled queries, only the columns that are shown.</summary>
internal sealed class EfServer(PooledDbContextFactory<EfDb> contexts)
{
    private static readonly Func<EfDb, string, long, string, CancellationToken, Task<EfCaller?>> CallerQuery = EF.CompileAsyncQuery(
        (EfDb db, string hash, long now, string code, CancellationToken _) => db.Keys
            .Where(k => k.Hash == hash && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > now) && k.User.Status == "Active")
            .SelectMany(k => k.User.Roles.Where(r => r.Site.Code == code && r.Site.Status == "Active"), (k, r) => new EfCaller(k.UserId, k.CustomerId, r.SiteId, r.Role))
            .FirstOrDefault());

    private static readonly Func<EfDb, long, int, IAsyncEnumerable<EfOrderRow>> OrdersQuery = EF.CompileAsyncQuery(
        (EfDb db, long site, int first) => db.Orders.Where(o => o.SiteId == site && o.ArchivedAt == null)
            .OrderByDescending(o => o.CreatedAt).ThenByDescending(o => o.Id).Take(first)
            .Select(o => new EfOrderRow(
                o.Id, o.Code, o.Title, o.Priority, o.Phase, o.DueAt, o.Asset != null ? o.Asset.Name : null, o.Asset != null && o.Asset.Location != null ? o.Asset.Location.Name : null)));

    private static readonly Func<EfDb, long, long[], IAsyncEnumerable<EfTechnicianRow>> TechniciansQuery = EF.CompileAsyncQuery(
        (EfDb db, long site, long[] orders) => db.Technicians.Where(t => t.SiteId == site && orders.Contains(t.WorkOrderId))
            .OrderBy(t => t.User.FullNameFolded).ThenBy(t => t.UserId).Select(t => new EfTechnicianRow(t.WorkOrderId, t.User.Name)));

    private static readonly Func<EfDb, long, long, CancellationToken, Task<EfOrderDetail?>> OrderQuery = EF.CompileAsyncQuery(
        (EfDb db, long site, long id, CancellationToken _) => db.Orders.Where(o => o.SiteId == site && o.Id == id)
            .Select(o => new EfOrderDetail(o.Id, o.Code, o.Title, o.Description, o.Priority, o.Phase, o.DueAt, o.Version)).FirstOrDefault());

    private static readonly Func<EfDb, long, long, CancellationToken, Task<EfLocation?>> LocationQuery = EF.CompileAsyncQuery(
        (EfDb db, long site, long id, CancellationToken _) => db.Locations.AsTracking().FirstOrDefault(l => l.SiteId == site && l.Id == id));

    private readonly SemaphoreSlim _writer = new(1);

    public static void Map(WebApplication app, string database)
    {
        var options = new DbContextOptionsBuilder<EfDb>().UseSqlite($"Data Source={database};Foreign Keys=True", sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        var server = new EfServer(new PooledDbContextFactory<EfDb>(options.Options));
        app.MapGet("/orders", (RequestDelegate)server.Orders);
        app.MapGet("/orders/{id}", (RequestDelegate)server.Order);
        app.MapPost("/locations", (RequestDelegate)server.Change);
    }

    private async Task Orders(HttpContext http)
    {
        await using var db = await contexts.CreateDbContextAsync();
        if (await FindCaller(db, http) is not { } caller) return;
        var first = int.Parse(http.Request.Query["first"].ToString(), CultureInfo.InvariantCulture);
        List<EfOrderRow> rows = new(first);
        await foreach (var row in OrdersQuery(db, caller.SiteId, first)) rows.Add(row);
        var byId = rows.ToDictionary(r => r.Id);
        await foreach (var row in TechniciansQuery(db, caller.SiteId, [.. byId.Keys])) byId[row.Order].Technicians.Add(row.Name);
        await Write(http, json =>
        {
            json.WriteStartObject("workOrders"u8);
            json.WriteStartArray("nodes"u8);
            foreach (var row in rows) row.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task Order(HttpContext http)
    {
        await using var db = await contexts.CreateDbContextAsync();
        if (await FindCaller(db, http) is not { } caller) return;
        var order = await OrderQuery(db, caller.SiteId, Answer.KeyOf((string)http.Request.RouteValues["id"]!), http.RequestAborted);
        await Write(http, json =>
        {
            if (order is null) json.WriteNull("workOrder"u8);
            else order.Write(json);
        });
    }

    private async Task Change(HttpContext http)
    {
        var change = (await http.Request.ReadFromJsonAsync<LocationChange>())!;
        await using var db = await contexts.CreateDbContextAsync();
        if (await FindCaller(db, http) is not { Role: "Admin" or "Manager" } caller) return;
        var id = Answer.KeyOf(change.Id);
        int? version = null;
        await _writer.WaitAsync(http.RequestAborted);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
            if (await LocationQuery(db, caller.SiteId, id, http.RequestAborted) is { } location && location.Version == change.Version)
            {
                var (now, by, before) = (Answer.Now, string.Create(CultureInfo.InvariantCulture, $"user:{caller.UserId}"), location.Description);
                (location.Description, location.DescriptionFolded, location.UpdatedAt, location.UpdatedBy) = (change.Description, Text.Fold(change.Description), now, by);
                location.Version++;
                var position = (await db.Database.SqlQuery<long>($"""
                    INSERT INTO event_head (customer_id, position) VALUES ({caller.CustomerId}, 1)
                    ON CONFLICT (customer_id) DO UPDATE SET position = event_head.position + 1 RETURNING position
                    """).ToListAsync(http.RequestAborted))[0];
                db.Events.Add(new EfEvent
                {
                    CustomerId = caller.CustomerId, Position = position, SiteId = caller.SiteId, Type = "LocationChanged", SubjectType = "Location", SubjectId = id, Actor = by,
                    RequestId = System.Diagnostics.Activity.Current?.TraceId.ToString(), At = now, Changes = Answer.Changes(before, change.Description),
                });
                await db.SaveChangesAsync(http.RequestAborted);
                await transaction.CommitAsync(http.RequestAborted);
                version = location.Version;
            }
        }
        finally
        {
            _writer.Release();
        }
        http.Response.ContentType = "application/json";
        await using (var json = new Utf8JsonWriter(http.Response.BodyWriter, Answer.Json)) Answer.Changed(json, id, change.Description, version);
        await http.Response.BodyWriter.FlushAsync();
    }

    private static async Task<EfCaller?> FindCaller(EfDb db, HttpContext http)
    {
        var caller = Answer.CallerOf(http.Request) is { } asked ? await CallerQuery(db, asked.Hash, Answer.Now, asked.Site, http.RequestAborted) : null;
        if (caller is null) http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return caller;
    }

    private static async Task Write(HttpContext http, Action<Utf8JsonWriter> data)
    {
        http.Response.ContentType = "application/json";
        await using (var json = new Utf8JsonWriter(http.Response.BodyWriter, Answer.Json))
        {
            json.WriteStartObject();
            json.WriteStartObject("data"u8);
            data(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        await http.Response.BodyWriter.FlushAsync();
    }
}

internal sealed record EfCaller(long UserId, long CustomerId, long SiteId, string Role);

internal sealed record EfOrderRow(
    long Id, string Code, string Title, int Priority, string Phase, long? DueAt, string? Asset, string? Location)
{
    public List<string> Technicians { get; } = [];

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Id("WorkOrder:"u8, Id);
        json.WriteString("code"u8, Code);
        json.WriteString("title"u8, Title);
        json.WriteString("priority"u8, Answer.Priority(Priority));
        json.WriteString("phase"u8, Answer.Phase(Phase));
        json.Moment("dueAt"u8, DueAt);
        if (Asset is null) json.WriteNull("asset"u8);
        else
        {
            json.WriteStartObject("asset"u8);
            json.WriteString("name"u8, Asset);
            if (Location is null) json.WriteNull("location"u8);
            else
            {
                json.WriteStartObject("location"u8);
                json.WriteString("name"u8, Location);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteStartArray("technicians"u8);
        foreach (var name in Technicians)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

internal sealed record EfTechnicianRow(long Order, string Name);

internal sealed record EfOrderDetail(long Id, string Code, string Title, string? Description, int Priority, string Phase, long? DueAt, int Version)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("workOrder"u8);
        json.Id("WorkOrder:"u8, Id);
        json.WriteString("code"u8, Code);
        json.WriteString("title"u8, Title);
        json.Text("description"u8, Description);
        json.WriteString("priority"u8, Answer.Priority(Priority));
        json.WriteString("phase"u8, Answer.Phase(Phase));
        json.Moment("dueAt"u8, DueAt);
        json.WriteNumber("version"u8, Version);
        json.WriteEndObject();
    }
}
