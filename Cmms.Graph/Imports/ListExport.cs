using System.Globalization;
using System.Text;
using System.Text.Json;
using Cmms.Domain.Imports;
using Cmms.Graph.Access;
using CsvHelper;
using CsvHelper.Configuration;
using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Server;

namespace Cmms.Graph.Imports;

/// <summary>
/// <c>GET /export/{parts|assets|locations}?where=</c>: a list as a CSV file with the headings that imports know. It asks the schema itself, page after page, so that what
/// a caller gets by it is what the list would show them; and it reads no faster than the client does.
/// </summary>
internal sealed class ListExport(RequestExecutor executor, IServiceScopeFactory scopes) : IDisposable
{
    private const int MostAtOnce = 4;
    private static readonly CsvConfiguration s_csv = new(CultureInfo.InvariantCulture) { NewLine = "\r\n" };
    private readonly SemaphoreSlim _places = new(MostAtOnce);

    private static readonly Dictionary<ExportKind, Listing> s_listings = new()
    {
        [ExportKind.Parts] = new("parts", "PartFilterInput", "{ number: ASC }", Importing.PartHeadings,
            "name number description area partType { name } storeroom { name } measurementUnit { name } isNonStock onHand minimum desired unitCost leadTime vendors { isPreferred vendorPartNumber vendor { name } } qrCode",
            ["name", "number", "description", "area", "partType.name", "storeroom.name", "measurementUnit.name", "isNonStock", "onHand", "minimum", "desired", "unitCost", "leadTime",
                "vendors?isPreferred.vendor.name", "vendors?isPreferred.vendorPartNumber", "qrCode"]),
        [ExportKind.Assets] = new("assets", "AssetFilterInput", "{ path: ASC }", Importing.AssetHeadings,
            """
            name code parent { code path } location { code path } assetTypes { name } process { code name } description manufacturer model serialNumber condition purchaseDate purchaseCost replacementCost
            salvageValue downtimeCostPerHour warrantyExpirationDate warrantyNoticeDays lifeExpectancyMonths theoreticalCapacity capacityUnit technicians { email } qrCode
            """,
            ["name", "code", "parent.code|path", "location.code|path", "assetTypes.name", "process.code|name", "description", "manufacturer", "model", "serialNumber", "condition", "purchaseDate", "purchaseCost",
                "replacementCost", "salvageValue", "downtimeCostPerHour", "warrantyExpirationDate", "warrantyNoticeDays", "lifeExpectancyMonths", "theoreticalCapacity", "capacityUnit", "technicians.email", "qrCode"]),
        [ExportKind.Locations] = new("locations", "LocationFilterInput", "{ path: ASC }", Importing.LocationHeadings,
            "name code parent { code path } description address qrCode", ["name", "code", "parent.code|path", "description", "address", "qrCode"]),
    };

    public static string PathOf(ExportKind kind) => $"/export/{s_listings[kind].Field}";

    public static ExportKind? KindOf(string name) => s_listings.FirstOrDefault(l => l.Value.Field == name) is { Value: not null } found ? found.Key : null;

    public void Dispose() => _places.Dispose();

    public async Task Answer(HttpContext http, ExportKind kind, Authentication access, Admission admission, Func<OperationStart, RequestScope> scopeOf)
    {
        var auth = await ExportAnswers.EnterAsync(http, access, admission);
        if (auth is null) return;
        JsonElement where = default;
        if (http.Request.Query["where"].FirstOrDefault() is { Length: > 0 } text && !IsJson(text, out where)) await ExportAnswers.Refuse(http, StatusCodes.Status400BadRequest, ErrorCodes.BadUserInput, "where: not a JSON object.");
        else if (!_places.Wait(0, http.RequestAborted)) await ExportAnswers.Busy(http);
        else
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, auth.Ends);
            try
            {
                await Write(http, s_listings[kind], where, async (request, cancel) =>
                {
                    await using var services = scopes.CreateAsyncScope();
                    return (SingleResult)await executor.ExecuteAsync(request, scopeOf(new OperationStart(services.ServiceProvider, auth.Caller, request, cancel)) with { Spend = cost => admission.Spend(auth, cost) });
                }, stop.Token);
            }
            catch (Exception e) when (http.Response.HasStarted && e is OperationCanceledException or ExportBroken)
            {
                http.Abort();
            }
            finally
            {
                _places.Release();
            }
        }
    }

    private static async Task Write(HttpContext http, Listing listing, JsonElement where, Func<GraphQLRequest, CancellationToken, Task<SingleResult>> ask, CancellationToken cancel)
    {
        string? after = null;
        do
        {
            var variables = JsonSerializer.SerializeToElement(new { after, where = where.ValueKind is JsonValueKind.Object ? where : (JsonElement?)null });
            using var answer = await ask(new GraphQLRequest { Document = listing.Document, Variables = variables, IsOwn = true, AllowMutation = false }, cancel);
            using var json = JsonDocument.Parse(answer.Json);
            if (!json.RootElement.TryGetProperty("data", out var data) || data.ValueKind is not JsonValueKind.Object || !data.TryGetProperty(listing.Field, out var page) || page.ValueKind is not JsonValueKind.Object)
            {
                if (http.Response.HasStarted) throw new ExportBroken();
                var code = answer.Errors.Count > 0 ? answer.Errors[0].Code : ErrorCodes.Internal;
                await ExportAnswers.Refuse(http, code == ErrorCodes.Forbidden ? StatusCodes.Status403Forbidden : code == ErrorCodes.Internal ? StatusCodes.Status500InternalServerError : StatusCodes.Status400BadRequest,
                    code ?? ErrorCodes.BadUserInput, answer.Errors.Count > 0 ? answer.Errors[0].Message : "The list could not be read.");
                return;
            }
            await WritePage(http, listing, page, isFirst: after is null, cancel);
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);
        await http.Response.CompleteAsync();
    }

    private static async Task WritePage(HttpContext http, Listing listing, JsonElement page, bool isFirst, CancellationToken cancel)
    {
        await using StringWriter text = new(CultureInfo.InvariantCulture);
        await using (CsvWriter csv = new(text, s_csv))
        {
            if (isFirst)
            {
                http.Response.ContentType = "text/csv; charset=utf-8";
                http.Response.Headers.ContentDisposition = $"attachment; filename=\"{listing.Field}.csv\"";
                foreach (var heading in listing.Headings) csv.WriteField(heading);
                await csv.NextRecordAsync();
            }
            foreach (var node in page.GetProperty("nodes").EnumerateArray())
            {
                foreach (var cell in listing.Cells) csv.WriteField(TextOf(node, cell));
                await csv.NextRecordAsync();
            }
        }
        await http.Response.WriteAsync(text.ToString(), Encoding.UTF8, cancel);
        // Waits for the client.
        await http.Response.BodyWriter.FlushAsync(cancel);
    }

    /// <summary>What a path leads to, as text: "a.b" within, "a|b" the first of two that is there, "a?b" the first of a list for which b is true; of lists, all, parted by semicolons.</summary>
    private static string TextOf(JsonElement value, string path)
    {
        var (first, rest) = path.Split('.', 2) is [var head, var tail] ? (head, tail) : (path, "");
        if (first.Split('?') is [var list, var flag])
            return value.GetProperty(list).EnumerateArray().FirstOrDefault(item => item.GetProperty(flag).GetBoolean()) is { ValueKind: JsonValueKind.Object } chosen ? TextOf(chosen, rest) : "";
        foreach (var name in first.Split('|'))
        {
            var found = value.ValueKind is JsonValueKind.Object ? value.GetProperty(name) : value;
            var text = found.ValueKind switch
            {
                JsonValueKind.Null => "",
                JsonValueKind.Array => string.Join("; ", found.EnumerateArray().Select(item => TextOf(item, rest)).Where(t => t.Length > 0)),
                JsonValueKind.Object => TextOf(found, rest),
                JsonValueKind.True => "yes",
                JsonValueKind.False => "no",
                JsonValueKind.String => Harmless(found.GetString()!),
                _ => found.GetRawText(),
            };
            if (text.Length > 0) return text;
        }
        return "";
    }

    /// <summary>A sheet must not take a text for a formula; imports take the mark away again.</summary>
    private static string Harmless(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' ? $"'{text}" : text;

    private static bool IsJson(string text, out JsonElement value)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32 });
            value = json.RootElement.Clone();
            return value.ValueKind is JsonValueKind.Object;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }

    /// <summary>How a list is asked for, and what becomes a cell.</summary>
    private sealed record Listing(string Field, string Filter, string Order, IReadOnlyList<string> Headings, string Selection, IReadOnlyList<string> Cells)
    {
        public ReadOnlyMemory<byte> Document { get; } = Encoding.UTF8.GetBytes(
            $"query Export($after: String, $where: {Filter}) {{ {Field}(first: 100, after: $after, where: $where, order: [{Order}]) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ {Selection} }} }} }}");
    }

    private sealed class ExportBroken : Exception;
}

internal static class ListExportEndpoint
{
    public static void MapListExport(this IEndpointRouteBuilder endpoints, Func<HttpContext, Admission> admit, Func<OperationStart, RequestScope> scopeOf) =>
        endpoints.MapGet("/export/{kind:regex(^(parts|assets|locations)$)}", (string kind, HttpContext http) => http.RequestServices.GetRequiredService<ListExport>()
            .Answer(http, ListExport.KindOf(kind)!.Value, http.RequestServices.GetRequiredService<Authentication>(), ExportAnswers.Admit(http, admit), scopeOf));
}
