using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Cmms.Domain;
using Cmms.Domain.Events;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Graph.Access;
using Cmms.Graph.Live;
using Engines.GraphQL;
using Engines.GraphQL.Server;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Events;

/// <summary>
/// <c>GET /export/events?from=&amp;to=&amp;format=ndjson</c>: the site's audit trail, oldest first, a JSON object a line. It reads no faster than the client does and holds a page at a
/// time; one that breaks off in the middle ends without the last chunk, so that a client notices.
/// </summary>
internal sealed class EventExport(CmmsDbFactory factory, EventValues values) : IDisposable
{
    private const int Page = 500, MostAtOnce = 4;
    private static readonly JsonWriterOptions s_json = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly SemaphoreSlim _places = new(MostAtOnce);

    public void Dispose() => _places.Dispose();

    /// <param name="admission">As of any request; each event that is read costs 1.</param>
    public async Task Answer(HttpContext http, Authentication access, Admission admission)
    {
        var auth = await ExportAnswers.EnterAsync(http, access, admission);
        if (auth is null) return;
        var caller = (SiteCaller)auth.Caller!;
        if (!caller.May(Permission.ViewEvents)) await ExportAnswers.Refuse(http, StatusCodes.Status403Forbidden, ErrorCodes.Forbidden, "Your role in this site lacks the permission VIEW_EVENTS.");
        else if (http.Request.Query["format"].FirstOrDefault() is not (null or "ndjson")) await ExportAnswers.Refuse(http, StatusCodes.Status400BadRequest, ErrorCodes.BadUserInput, "format: only ndjson.");
        else if (!IsMoment(http, "from", out var from)) await ExportAnswers.Refuse(http, StatusCodes.Status400BadRequest, ErrorCodes.BadUserInput, "from: not a moment such as 2026-03-02T08:00:00Z.");
        else if (!IsMoment(http, "to", out var to)) await ExportAnswers.Refuse(http, StatusCodes.Status400BadRequest, ErrorCodes.BadUserInput, "to: not a moment such as 2026-03-02T08:00:00Z.");
        else if (!_places.Wait(0, http.RequestAborted)) await ExportAnswers.Busy(http);
        else
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, auth.Ends);
            try
            {
                await Write(http, caller, from, to, read => admission.Spend(auth, read), stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or System.Data.Common.DbException && http.Response.HasStarted)
            {
                http.Abort();
            }
            finally
            {
                _places.Release();
            }
        }
    }

    private async Task Write(HttpContext http, SiteCaller caller, Instant? from, Instant? to, Action<int> spend, CancellationToken cancel)
    {
        var (position, last) = await Bounds(caller, from, to, cancel);
        http.Response.ContentType = "application/x-ndjson; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"events.ndjson\"";
        ArrayBufferWriter<byte> line = new(1024);
        await using Utf8JsonWriter json = new(line, s_json);
        while (position < last)
        {
            await using var db = factory.For(caller.Scope);
            var (after, through) = (position, last);
            var events = await db.Events.Where(e => e.Position > after && e.Position <= through).OrderBy(e => e.Position).Take(Page).ToListAsync(cancel);
            if (events.Count == 0) break;
            spend(events.Count);
            foreach (var happened in events.Where(e => !(e.At < from) && !(e.At >= to)))
            {
                Write(json, happened, caller);
                line.Write("\n"u8);
                http.Response.BodyWriter.Write(line.WrittenSpan);
                line.ResetWrittenCount();
                json.Reset();
            }
            position = events[^1].Position;
            // Waits for the client.
            await http.Response.BodyWriter.FlushAsync(cancel);
        }
        await http.Response.CompleteAsync();
    }

    /// <summary>Once, by the index of moments; from there on the log is read in its own order.</summary>
    private async Task<(long After, long Through)> Bounds(SiteCaller caller, Instant? from, Instant? to, CancellationToken cancel)
    {
        await using var db = factory.For(caller.Scope);
        var first = from is { } start ? await db.Events.Where(e => e.At >= start).MinAsync(e => (long?)e.Position, cancel) : 1;
        var last = to is { } end ? await db.Events.Where(e => e.At < end).MaxAsync(e => (long?)e.Position, cancel) : await db.Events.MaxAsync(e => (long?)e.Position, cancel);
        return first is { } begin && last is { } through ? (begin - 1, through) : (0, 0);
    }

    private void Write(Utf8JsonWriter json, Event happened, SiteCaller caller)
    {
        json.WriteStartObject();
        json.WriteString("cursor", EventCursor.Encode(happened.CustomerId, happened.Position));
        json.WriteString("type", happened.Type);
        json.WriteString("occurredAt", happened.At.ToString());
        json.WriteString("subjectType", happened.SubjectType);
        json.WriteString("subjectId", EventValues.Id(happened.SubjectType, happened.SubjectId));
        json.WriteString("actor", EventValues.Id(happened.Actor));
        if (happened.ByKey is { } key) json.WriteString("apiKey", EventValues.Id(nameof(ApiKey), key));
        if (happened.RequestId is { } request) json.WriteString("requestId", request);
        if (happened.CausePosition is { } cause) json.WriteString("cause", EventCursor.Encode(happened.CustomerId, cause));
        if (happened.Reason is { } reason) json.WriteString("reason", reason);
        json.WriteStartObject("changes");
        foreach (var change in values.Changes(happened, caller))
        {
            json.WriteStartArray(change.Field);
            change.Before!.Value.WriteTo(json);
            change.After!.Value.WriteTo(json);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
    }

    private static bool IsMoment(HttpContext http, string name, out Instant? moment)
    {
        moment = null;
        if (http.Request.Query[name].FirstOrDefault() is not { Length: > 0 } text) return true;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value)) return false;
        moment = Instant.From(value);
        return true;
    }
}

internal static class EventExportEndpoint
{
    public static void MapEventExport(this IEndpointRouteBuilder endpoints, Func<HttpContext, Admission> admit) => endpoints.MapGet("/export/events", (HttpContext http) =>
        http.RequestServices.GetRequiredService<EventExport>().Answer(http, http.RequestServices.GetRequiredService<Authentication>(), ExportAnswers.Admit(http, admit)));
}
