using System.Net;
using System.Text;
using System.Text.Json;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Execution.Persisted;
using Xunit;

namespace Cmms.Tests.GraphQL.Server;

public sealed class PersistedDocumentTests
{
    private const string Modern = "application/graphql-response+json";
    private const string Hello = "{ hello }";
    private const string World = """{"data":{"hello":"world"}}""";

    [Fact]
    public async Task A_document_that_was_sent_once_is_known_by_its_hash_on_each_transport()
    {
        await using var server = await ProbeServer.StartAsync();
        using var unknown = await server.PostAsync(ByHash(Hello), Modern);
        Assert.Equal("PERSISTED_QUERY_NOT_FOUND", await unknown.ErrorCodeAsync());
        Assert.Contains("\"message\":\"PersistedQueryNotFound\"", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var told = await server.PostAsync(ByHash(Hello, Hello));
        using var post = await server.PostAsync(ByHash(Hello));
        using var get = await server.GetAsync("extensions=" + Uri.EscapeDataString(Extensions(Hello)));
        using var events = await server.GetAsync("extensions=" + Uri.EscapeDataString(Extensions(Hello)), "text/event-stream");
        Assert.Equal([World, World, World], [await told.Content.ReadAsStringAsync(), await post.Content.ReadAsStringAsync(), await get.Content.ReadAsStringAsync()]);
        Assert.Equal($"event: next\ndata: {World}\n\nevent: complete\ndata:\n\n", await events.Content.ReadAsStringAsync());
        await using var socket = await server.InitialisedAsync();
        await socket.SendAsync($$$"""{"id":"1","type":"subscribe","payload":{"extensions":{{{Extensions(Hello)}}}}}""");
        Assert.Equal($$"""{"id":"1","type":"next","payload":{{World}}}""", await socket.ReceiveAsync());
        Assert.Equal("""{"id":"1","type":"complete"}""", await socket.ReceiveAsync());
        await socket.SendAsync($$$"""{"id":"2","type":"subscribe","payload":{"query":"","extensions":{{{Extensions("{ unknown }")}}}}}""");
        Assert.StartsWith("""{"id":"2","type":"error","payload":[{"message":"PersistedQueryNotFound",""", await socket.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_under_the_hash_of_another_is_an_error_and_is_not_kept()
    {
        await using var server = await ProbeServer.StartAsync();
        using var lie = await server.PostAsync(ByHash("{ broken }", Hello), Modern);
        Assert.Equal((HttpStatusCode.BadRequest, "BAD_USER_INPUT"), (lie.StatusCode, await lie.ErrorCodeAsync()));
        foreach (var document in (string[])["{ broken }", Hello])
        {
            using var after = await server.PostAsync(ByHash(document), Modern);
            Assert.Equal("PERSISTED_QUERY_NOT_FOUND", await after.ErrorCodeAsync());
        }
    }

    [Fact]
    public async Task What_is_no_valid_document_is_not_kept()
    {
        await using var server = await ProbeServer.StartAsync();
        using var invalid = await server.PostAsync(ByHash("{ nothing }", "{ nothing }"), Modern);
        Assert.Equal("GRAPHQL_VALIDATION_FAILED", await invalid.ErrorCodeAsync());
        using var after = await server.PostAsync(ByHash("{ nothing }"), Modern);
        Assert.Equal("PERSISTED_QUERY_NOT_FOUND", await after.ErrorCodeAsync());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("{}")]
    [InlineData("""{"version":2,"sha256Hash":"@"}""")]
    [InlineData("""{"version":1,"sha256Hash":"abc"}""")]
    [InlineData("""{"version":1,"sha256Hash":["@"]}""")]
    [InlineData("""{"version":1.5,"sha256Hash":"@"}""")]
    [InlineData("""{"version":1,"sha256Hash":"../../../../../../../../../../../../../../../../../../etc/passwd"}""")]
    public async Task A_hash_that_is_none_is_an_error(string persisted)
    {
        await using var server = await ProbeServer.StartAsync();
        using var response = await server.PostAsync($$$"""{"query":"{ hello }","extensions":{"persistedQuery":{{{persisted.Replace("@", Hash(Hello), StringComparison.Ordinal)}}}}}""", Modern);
        Assert.Equal((HttpStatusCode.BadRequest, "BAD_USER_INPUT"), (response.StatusCode, await response.ErrorCodeAsync()));
    }

    [Fact]
    public async Task Only_so_many_documents_are_kept_and_those_in_use_longest()
    {
        await using var server = await ProbeServer.StartAsync(execution: new ExecutionOptions { Persisted = new PersistedOptions { AutomaticDocuments = 2 } });
        string[] documents = ["query A { hello }", "query B { hello }", "query C { hello }"];
        async Task<bool> Knows(string document)
        {
            using var response = await server.PostAsync(ByHash(document));
            return await response.Content.ReadAsStringAsync() == World;
        }

        foreach (var document in documents[..2]) using (await server.PostAsync(ByHash(document, document))) { }
        Assert.True(await Knows(documents[0]));
        using (await server.PostAsync(ByHash(documents[2], documents[2]))) { }
        bool[] known = [await Knows(documents[0]), await Knows(documents[1]), await Knows(documents[2])];
        Assert.Equal([true, false, true], known);
    }

    [Fact]
    public async Task A_server_without_them_says_so()
    {
        await using var server = await ProbeServer.StartAsync(execution: new ExecutionOptions { Persisted = new PersistedOptions { AutomaticDocuments = 0 } });
        using var response = await server.PostAsync(ByHash(Hello), Modern);
        Assert.Equal("PERSISTED_QUERY_NOT_SUPPORTED", await response.ErrorCodeAsync());
    }

    [Fact]
    public async Task A_trusted_document_is_named_by_its_hash_however_clients_say_it()
    {
        using var folder = new DocumentFolder(("Greet.graphql", "query Greet { ...G }\nfragment G on Query { hello }\n"), ("sub/Count.graphql", "subscription Count { count(to: 1) }"));
        await using var server = await StartAsync(folder);
        var hash = Hash("query Greet { ...G }\nfragment G on Query { hello }\n");
        string[] bodies =
        [
            $$"""{"documentId":"{{hash}}"}""", $$"""{"documentId":"sha256:{{hash}}"}""", $$"""{"id":"{{hash.ToUpperInvariant()}}","variables":{} }""",
            ByHash("query Greet { ...G }\nfragment G on Query { hello }\n"), $$$"""{"id":"{{{hash}}}","documentId":"{{{hash}}}","operationName":"Greet"}""",
            $$"""{"id":"{{hash}}","query":"query Greet { ...G }\nfragment G on Query { hello }\n"}""",
        ];
        foreach (var body in bodies)
        {
            using var response = await server.PostAsync(body);
            Assert.Equal(World, await response.Content.ReadAsStringAsync());
        }
        foreach (var query in (string[])[$"documentId={hash}", $"id={hash}", $"documentId=sha256%3A{hash}&operationName=Greet"])
        {
            using var response = await server.GetAsync(query);
            Assert.Equal(World, await response.Content.ReadAsStringAsync());
        }
        using var events = await server.GetAsync("id=" + Hash("subscription Count { count(to: 1) }"), "text/event-stream");
        Assert.Contains("data: {\"data\":{\"count\":1}}", await events.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await using var socket = await server.InitialisedAsync();
        await socket.SendAsync($$$"""{"id":"1","type":"subscribe","payload":{"documentId":"{{{Hash("subscription Count { count(to: 1) }")}}}"}}""");
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"count":1}}}""", await socket.ReceiveAsync());
    }

    [Theory]
    [InlineData("""{"documentId":"nothing"}""", "PERSISTED_QUERY_NOT_FOUND")]
    [InlineData("""{"documentId":"../Greet.graphql"}""", "PERSISTED_QUERY_NOT_FOUND")]
    [InlineData("""{"documentId":""}""", "PERSISTED_QUERY_NOT_FOUND")]
    [InlineData("""{"id":"@","query":"{ touched }"}""", "BAD_USER_INPUT")]
    [InlineData("""{"id":"@","documentId":"other"}""", "BAD_REQUEST")]
    [InlineData("""{"id":7}""", "BAD_REQUEST")]
    public async Task An_id_that_names_no_document_or_two_is_an_error(string body, string code)
    {
        using var folder = new DocumentFolder(("Greet.graphql", Hello));
        await using var server = await StartAsync(folder);
        using var response = await server.PostAsync(body.Replace("@", Hash(Hello), StringComparison.Ordinal), Modern);
        Assert.Equal((HttpStatusCode.BadRequest, code), (response.StatusCode, await response.ErrorCodeAsync()));
    }

    [Fact]
    public async Task A_mutation_by_its_id_still_needs_post()
    {
        using var folder = new DocumentFolder(("Touch.graphql", "mutation { touch }"));
        await using var server = await StartAsync(folder);
        using var response = await server.GetAsync("id=" + Hash("mutation { touch }"));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, 0), (response.StatusCode, server.Probe.Touched));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData(Modern)]
    public async Task Where_only_trusted_documents_run_all_others_are_refused_on_each_transport(string accept)
    {
        using var folder = new DocumentFolder(("Hello.graphql", Hello));
        await using var server = await StartAsync(folder, trustedOnly: true);
        foreach (var body in (string[])["""{"query":"mutation { touch }"}""", """{"query":"{hello}"}""", """{"query":"{ __typename }"}""", ByHash("{hello}", "{hello}")])
        {
            using var response = await server.PostAsync(body, accept);
            Assert.Equal((HttpStatusCode.BadRequest, "DOCUMENT_NOT_TRUSTED"), (response.StatusCode, await response.ErrorCodeAsync()));
        }
        using var unknown = await server.PostAsync(ByHash("{hello}"), Modern);
        Assert.Equal("PERSISTED_QUERY_NOT_FOUND", await unknown.ErrorCodeAsync());
        foreach (var body in (string[])[$$"""{"query":"{{Hello}}"}""", $$"""{"id":"{{Hash(Hello)}}"}""", ByHash(Hello), ByHash(Hello, Hello)])
        {
            using var response = await server.PostAsync(body, accept);
            Assert.Equal(World, await response.Content.ReadAsStringAsync());
        }
        using var get = await server.GetAsync("query=%7Btouched%7D", accept);
        Assert.Equal("DOCUMENT_NOT_TRUSTED", await get.ErrorCodeAsync());
        using var events = await server.QueryAsync("subscription { forever }", "text/event-stream");
        Assert.Contains("DOCUMENT_NOT_TRUSTED", await events.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await using var socket = await server.InitialisedAsync();
        await socket.SubscribeAsync("1", "mutation { touch }");
        Assert.Contains("DOCUMENT_NOT_TRUSTED", await socket.ReceiveAsync(), StringComparison.Ordinal);
        using var form = Forms.Of("""{"query":"mutation { touch }"}""", "{}");
        using var upload = await server.Http.SendAsync(server.Address, form);
        Assert.Equal("DOCUMENT_NOT_TRUSTED", await upload.ErrorCodeAsync());
        Assert.Equal(0, server.Probe.Touched);
    }

    [Fact]
    public void Manifests_of_compilers_name_their_documents()
    {
        using var folder = new DocumentFolder(
            ("relay.json", """{"5d41402abc4b2a76b9719d911017c592":"query A { hello }"}"""),
            ("apollo.json", """{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"b-1","name":"B","type":"query","body":"query B { hello }"}]}"""),
            ("A.graphql", "query A { hello }"), ("notes.txt", "nothing"));
        var documents = TrustedDocuments.Load(folder.Path);
        Assert.Equal(2, documents.All.Count);
        Assert.Equal(["query A { hello }", "query A { hello }", "query B { hello }"],
            from id in (string[])["5d41402abc4b2a76b9719d911017c592", Hash("query A { hello }"), "b-1"] select Encoding.UTF8.GetString(documents.Find(id)!.Text.Span));
        Assert.Null(documents.Find("A.graphql"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"operations":[{"id":"x"}]}""")]
    [InlineData("""{"a":1}""")]
    public void A_manifest_that_is_none_stops_the_start(string json)
    {
        using var folder = new DocumentFolder(("m.json", json));
        Assert.Throws<InvalidDataException>(() => TrustedDocuments.Load(folder.Path));
    }

    [Fact]
    public void Warming_up_tells_what_the_schema_refuses()
    {
        using var folder = new DocumentFolder(("A.graphql", Hello), ("B.graphql", "{ gone }"), ("C.graphql", "{"));
        RequestExecutor executor = new(new ProbeSchema().Schema, new ExecutionOptions { Persisted = new PersistedOptions { Trusted = TrustedDocuments.Load(folder.Path) } });
        Assert.Equal([("B.graphql", "GRAPHQL_VALIDATION_FAILED"), ("C.graphql", "GRAPHQL_PARSE_FAILED")], executor.WarmUp().Select(w => (w.Document.Name, w.Error.Code)));
    }

    private static Task<ProbeServer> StartAsync(DocumentFolder folder, bool trustedOnly = false) =>
        ProbeServer.StartAsync(execution: new ExecutionOptions { Persisted = new PersistedOptions { Trusted = TrustedDocuments.Load(folder.Path), TrustedOnly = trustedOnly } });

    private static string Hash(string document) => TrustedDocuments.HashOf(Encoding.UTF8.GetBytes(document));

    private static string Extensions(string document) => $$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{Hash(document)}}}"}}""";

    private static string ByHash(string hashed, string? query = null) =>
        query is null ? $$"""{"extensions":{{Extensions(hashed)}}}""" : $$"""{"query":{{JsonSerializer.Serialize(query)}},"extensions":{{Extensions(hashed)}}}""";

    private sealed class DocumentFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("documents-");

        public DocumentFolder(params (string Name, string Text)[] files)
        {
            foreach (var (name, text) in files)
            {
                var file = new FileInfo(System.IO.Path.Combine(_folder.FullName, name));
                file.Directory!.Create();
                File.WriteAllText(file.FullName, text);
            }
        }

        public string Path => _folder.FullName;

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
