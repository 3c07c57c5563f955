using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cmms.Tests.GraphQL.Conformance;

/// <summary>
/// The engine for outside suites: <c>POST /execute {schema, query, variables, operationName}</c> runs a request against a schema of its own with
/// <see cref="FixedAnswers"/>, through the same executor as everything else. <c>dotnet run --project Cmms.Tests -- conformance 8080</c> starts it.
/// </summary>
internal sealed class ConformanceHost : IAsyncDisposable
{
    private const int KeptSchemas = 64;

    /// <summary>Documents are the suite's own: nothing is too large, too deep or too costly.</summary>
    private static readonly ExecutionOptions s_unlimited = new()
    {
        Parser = ParserOptions.Trusted,
        Validation = Unlimited.Validation,
        MaxPlanFields = 10_000_000,
        MaxCost = double.MaxValue,
        MaxVariableErrors = int.MaxValue,
        Deadline = TimeSpan.FromMinutes(5),
    };

    private readonly ConcurrentDictionary<string, Lazy<RequestExecutor>> _executors = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private ConformanceHost(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://0.0.0.0:{port.ToString(CultureInfo.InvariantCulture)}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        _app = builder.Build();
        _app.MapGet("/health", () => "ok");
        _app.MapPost("/execute", ExecuteAsync);
    }

    public Uri Address => new(_app.Urls.Single().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));

    public static async Task<ConformanceHost> StartAsync(int port)
    {
        var host = new ConformanceHost(port);
        await host._app.StartAsync();
        return host;
    }

    /// <summary>Serves until the process is told to stop.</summary>
    public static async Task RunAsync(int port)
    {
        await using var host = await StartAsync(port);
        Console.WriteLine($"POST {host.Address}execute");
        await host._app.WaitForShutdownAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ExecuteAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        JsonDocument body;
        try
        {
            body = await JsonDocument.ParseAsync(http.Request.Body, new JsonDocumentOptions { MaxDepth = 1000 }, http.RequestAborted);
        }
        catch (JsonException e)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await Refuse(http, e.Message);
            return;
        }
        using (body)
        {
            if (Text(body.RootElement, "schema") is not { } schema || Text(body.RootElement, "query") is not { } query)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                await Refuse(http, "schema and query must be strings.");
                return;
            }
            try
            {
                await AnswerAsync(http, ExecutorOf(schema), new GraphQLRequest
                {
                    Document = Encoding.UTF8.GetBytes(query),
                    Variables = body.RootElement.TryGetProperty("variables", out var variables) ? variables : default,
                    OperationName = Text(body.RootElement, "operationName"),
                });
            }
            catch (Exception e) when (e is SchemaException or SyntaxException)
            {
                await Refuse(http, e.Message);
            }
        }
    }

    /// <summary>A subscription answers its first message, which is also its last.</summary>
    private static async Task AnswerAsync(HttpContext http, RequestExecutor executor, GraphQLRequest request)
    {
        switch (await executor.ExecuteAsync(request, new RequestScope(http.RequestServices, http.RequestAborted)))
        {
            case SingleResult single:
                using (single) await http.Response.BodyWriter.WriteAsync(single.Json, http.RequestAborted);
                break;
            case StreamResult stream:
                await foreach (var message in stream.Messages)
                    using (message) await http.Response.BodyWriter.WriteAsync(message.Json, http.RequestAborted);
                break;
        }
    }

    private RequestExecutor ExecutorOf(string schema)
    {
        if (_executors.Count >= KeptSchemas && !_executors.ContainsKey(schema)) _executors.Clear();
        return _executors.GetOrAdd(schema, s => new Lazy<RequestExecutor>(() => new RequestExecutor(FixedAnswers.Build(s), s_unlimited))).Value;
    }

    private static string? Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static async Task Refuse(HttpContext http, string message)
    {
        using var refused = SingleResult.Refused([new GraphQLError(message, ErrorCodes.BadUserInput)]);
        await http.Response.BodyWriter.WriteAsync(refused.Json, http.RequestAborted);
    }
}
