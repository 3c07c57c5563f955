using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Engines.GraphQL.Execution;
using Xunit;

namespace Cmms.Tests.GraphQL;

/// <summary>The programs of the engine's README are compiled as they stand there, against the engine alone, and run.</summary>
public sealed partial class ReadmeTests
{
    private const string Web = """
        global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder; global using Microsoft.Extensions.DependencyInjection;
        """;

    [Fact]
    public async Task The_library_of_the_README_lends_its_books()
    {
        await using var program = await Program.CompileAsync(Blocks()[0], "library");
        using HttpClient http = new() { BaseAddress = new Uri(await program.SaysAsync("Now listening on: ")) };

        var books = (await AskAsync(http, """{ books(title: "s") { id title lent author { name } } }""")).GetProperty("data").GetProperty("books");
        Assert.Equal(["The Dispossessed", "Solaris", "Fiasco"], books.EnumerateArray().Select(b => b.GetProperty("title").GetString()));
        Assert.Equal("Stanisław Lem", books[1].GetProperty("author").GetProperty("name").GetString());
        const string Lend = "mutation($id: Int!) { lendBook(input: { id: $id }) { book { lent } errors { __typename ... on Error { code message } } } }";
        Assert.Equal("""{"data":{"lendBook":{"book":{"lent":1},"errors":null}}}""", (await AskAsync(http, Lend, books[1].GetProperty("id").GetInt32())).GetRawText());
        Assert.Equal("""{"data":{"lendBook":{"book":null,"errors":[{"__typename":"MissingError","code":"NOT_FOUND","message":"There is no such book."}]}}}""",
            (await AskAsync(http, Lend, 9)).GetRawText());
    }

    [Fact]
    public async Task The_program_from_SDL_answers()
    {
        await using var program = await Program.CompileAsync(Blocks()[1], "sdl");
        Assert.Equal(""":{"greet":"Hello, world.","planets":[{"name":"Venus","letters":5},{"name":"Mars","letters":4}]}}""", await program.SaysAsync("{\"data\""));
    }

    private static string[] Blocks() =>
        [.. CSharp().Matches(File.ReadAllText(Repository.File("engines", "GraphQL", "README.md"))).Select(m => m.Groups["code"].Value)];

    private static async Task<JsonElement> AskAsync(HttpClient http, string query, int? id = null)
    {
        using var response = await http.PostAsJsonAsync("/graphql", new { query, variables = id is null ? null : new { id } });
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharp();

    /// <summary>A program in a folder of its own, with nothing beside it but the engine and EF Core.</summary>
    private sealed class Program(string folder, Process process) : IAsyncDisposable
    {
        public static async Task<Program> CompileAsync(string code, string name)
        {
            var folder = Directory.CreateTempSubdirectory("readme-").FullName;
            try
            {
                var here = Path.GetDirectoryName(typeof(RequestExecutor).Assembly.Location)!;
                foreach (var file in Directory.GetFiles(here, "Microsoft.EntityFrameworkCore*.dll").Append(Path.Combine(here, "Engines.GraphQL.dll"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
                File.Copy(Path.Combine(here, "Cmms.Tests.runtimeconfig.json"), Path.Combine(folder, name + ".runtimeconfig.json"));
                await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), code);
                await File.WriteAllTextAsync(Path.Combine(folder, "Usings.cs"), Web);
                // The frameworks' own folders: some of their parts stand in a newer version beside the tests.
                var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => Path.GetDirectoryName(file)!)
                    .Where(directory => directory != here).Distinct().Append(folder).SelectMany(directory => Directory.GetFiles(directory, "*.dll"));
                await File.WriteAllLinesAsync(Path.Combine(folder, "csc.rsp"),
                    ["-nologo", "-nullable:enable", "-warnaserror+", "-nowarn:1701,1702", "-langversion:14", $"-out:{name}.dll", "Program.cs", "Usings.cs", .. platform.Select(file => $"-r:\"{file}\"")]);
                using var compiler = Start(folder, Compiler(), "@csc.rsp");
                var said = compiler.StandardOutput.ReadToEndAsync();
                await compiler.WaitForExitAsync();
                Assert.True(compiler.ExitCode == 0, await said);
                return new Program(folder, Start(folder, name + ".dll", "--urls", "http://127.0.0.1:0"));
            }
            catch
            {
                Directory.Delete(folder, recursive: true);
                throw;
            }
        }

        /// <summary>Waits for a line that holds a text, and answers what follows it.</summary>
        public async Task<string> SaysAsync(string text)
        {
            using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
                if (line.IndexOf(text, StringComparison.Ordinal) is >= 0 and var at) return line[(at + text.Length)..].Trim();
            throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(patience.Token));
        }

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
            Directory.Delete(folder, recursive: true);
        }

        private static Process Start(string folder, params string[] arguments) =>
            Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;

        /// <summary>The compiler of the newest SDK beside the runtime that runs.</summary>
        private static string Compiler()
        {
            var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
            return Directory.GetDirectories(Path.Combine(root, "sdk")).Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll")).Where(File.Exists).OrderBy(File.GetLastWriteTimeUtc).Last();
        }
    }
}
