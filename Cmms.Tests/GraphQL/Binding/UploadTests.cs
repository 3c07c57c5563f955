using System.Text;
using System.Text.Json;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;
using Xunit;

namespace Cmms.Tests.GraphQL.Binding;

public sealed class UploadTests
{
    private readonly Schema _schema = new SchemaBuilder(new BindingOptions()).AddTypes(typeof(Queries), typeof(Mutations)).Build();

    [Fact]
    public void A_parameter_of_an_uploaded_file_is_an_Upload()
    {
        var sdl = SchemaPrinter.Print(_schema);
        Assert.Contains("scalar Upload @specifiedBy(url: \"https://github.com/jaydenseric/graphql-multipart-request-spec\")", sdl, StringComparison.Ordinal);
        Assert.Contains("files: [Upload!]!", sdl, StringComparison.Ordinal);
        Assert.Contains("file: Upload!", sdl, StringComparison.Ordinal);
        Assert.Contains("thumbnail: Upload\n", sdl, StringComparison.Ordinal);
        Assert.DoesNotContain("Upload", SchemaPrinter.Print(new SchemaBuilder(new BindingOptions()).AddTypes(typeof(Queries)).Build()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_reach_the_resolver_wherever_they_stand_in_its_input()
    {
        using var file = new SpooledFile("a.txt", "hello");
        using var other = new SpooledFile("b.txt", "you");
        var answer = await AskAsync(
            "mutation($input: AttachInput!) { attach(input: $input) { shown } }",
            """{"input":{"files":[null,null],"picture":{"file":null,"thumbnail":null}}}""",
            ("input.files[0]", file.File), ("input.files[1]", other.File), ("input.picture.file", other.File));
        Assert.Equal("""{"data":{"attach":{"shown":"a.txt=hello b.txt=you b.txt=you"}}}""", answer);
    }

    [Theory]
    [InlineData("""mutation { attach(input: { files: ["x"], picture: { file: "y" } }) { shown } }""", "{}", "GRAPHQL_VALIDATION_FAILED")]
    [InlineData("mutation($input: AttachInput!) { attach(input: $input) { shown } }", """{"input":{"files":["x"],"picture":{"file":"y"}}}""", "BAD_USER_INPUT")]
    [InlineData("mutation($input: AttachInput!) { attach(input: $input) { shown } }", """{"input":{"files":[],"picture":{"file":null}}}""", "BAD_USER_INPUT")]
    public async Task Nothing_else_is_an_upload(string document, string variables, string code) =>
        Assert.Contains($"\"code\":\"{code}\"", await AskAsync(document, variables), StringComparison.Ordinal);

    private async Task<string> AskAsync(string document, string variables, params (string Place, UploadedFile File)[] files)
    {
        GraphQLRequest request = new()
        {
            Document = Encoding.UTF8.GetBytes(document), Variables = JsonElement.Parse(variables), Files = files.ToDictionary(f => f.Place, f => f.File),
        };
        using var result = (SingleResult)await new RequestExecutor(_schema, new ExecutionOptions()).ExecuteAsync(request, Execution.Kit.Scope());
        return Encoding.UTF8.GetString(result.Json.Span);
    }

    private sealed class SpooledFile : IDisposable
    {
        private readonly string _path = Path.GetTempFileName();

        public SpooledFile(string name, string content)
        {
            System.IO.File.WriteAllText(_path, content);
            File = new UploadedFile(name, "text/plain", System.IO.File.OpenRead(_path), content.Length);
        }

        public UploadedFile File { get; }

        public void Dispose()
        {
            File.Dispose();
            System.IO.File.Delete(_path);
        }
    }

    private sealed record Picture(UploadedFile File, UploadedFile? Thumbnail);

    [QueryType]
    private static class Queries
    {
        public static string Hello() => "world";
    }

    [MutationType]
    private static class Mutations
    {
        [Payload("shown")]
        public static async Task<string> Attach(IReadOnlyList<UploadedFile> files, Picture picture)
        {
            List<string> shown = [];
            foreach (var file in files.Append(picture.File))
            {
                using StreamReader text = new(file.OpenRead());
                shown.Add($"{file.Name}={await text.ReadToEndAsync()}");
            }
            return string.Join(' ', shown);
        }
    }
}
