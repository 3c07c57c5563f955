using System.Net;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Execution.Idempotency;
using Engines.GraphQL.Server;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.GraphQL.Server;

/// <summary>Files are a part of what a request under a key asks, and pages of other origins may use keys.</summary>
public sealed class KeyedUploadTests
{
    [Fact]
    public async Task The_same_files_are_the_same_request_and_others_are_another()
    {
        var memory = new Memory();
        await using var server = await ProbeServer.StartAsync(memory.Serve);
        async Task<(HttpStatusCode, string, bool)> SendAsync(string name, string content)
        {
            using var form = Forms.Of(Forms.Operations(1), Forms.Map(1), ("0", name, System.Text.Encoding.UTF8.GetBytes(content)));
            using HttpRequestMessage request = new(HttpMethod.Post, server.Address) { Content = form };
            request.Headers.Add("GraphQL-Preflight", "1");
            request.Headers.Add("Idempotency-Key", "k");
            using var response = await server.Http.SendAsync(request);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Contains("Idempotency-Replayed"));
        }

        const string Stored = """{"data":{"store":["a image/png 3 ba7816bf"]}}""";
        Assert.Equal((HttpStatusCode.OK, Stored, false), await SendAsync("a", "abc"));
        Assert.Equal((HttpStatusCode.OK, Stored, true), await SendAsync("a", "abc"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync("a", "abd")).Item1);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync("b", "abc")).Item1);
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_may_send_a_key_and_learn_of_a_replay()
    {
        await using var server = await ProbeServer.StartAsync(o => o.AllowedOrigins.Add("https://app.example.com"));
        using HttpRequestMessage preflight = new(HttpMethod.Options, server.Address);
        preflight.Headers.Add("Origin", "https://app.example.com");
        using var allowed = await server.Http.SendAsync(preflight);
        Assert.Contains("Idempotency-Key", Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.Ordinal);
        Assert.Contains("Idempotency-Replayed", Assert.Single(allowed.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
    }

    /// <summary>A host that forgets nothing and has no transactions.</summary>
    private sealed class Memory : AnswerStore
    {
        private readonly Dictionary<int, KeptAnswer> _kept = [];
        private ReadOnlyMemory<byte> _keptFor;
        private RequestKey? _key;

        public void Serve(GraphQLServerOptions options) => options.CreateScope = start => new RequestScope(start.Services, start.Cancel)
        {
            UnitOfWork = _ => new Nothing(),
            Answers = (_, key) =>
            {
                _key = key;
                return this;
            },
        };

        public override ValueTask<IReadOnlyDictionary<int, KeptAnswer>?> FindAsync(int from, CancellationToken cancel) =>
            new(_kept.Count == 0 || _keptFor.Span.SequenceEqual(_key!.Fingerprint.Span) ? _kept.ToDictionary() : null);

        public override ValueTask KeepAsync(int ordinal, KeptAnswer answer, CancellationToken cancel)
        {
            (_kept[ordinal], _keptFor) = (answer, _key!.Fingerprint);
            return default;
        }

        public override bool IsFinal(object? answer) => true;
    }

    private sealed class Nothing : UnitOfWork
    {
        public override bool MustRepeat => false;
        public override ValueTask BeginAsync(CancellationToken cancel) => default;
        public override ValueTask UndoFieldAsync() => default;
        public override ValueTask CommitAsync(CancellationToken cancel) => default;
        public override ValueTask UndoAsync() => default;
        public override bool HasFailed(object? answer) => false;
        public override object? Undone(FieldDefinition field, RequestContext request, string failed) => null;
        public override ValueTask DisposeAsync() => default;
    }
}
