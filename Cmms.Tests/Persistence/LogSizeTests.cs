using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Binding;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Xunit.Abstractions;

namespace Cmms.Tests.Persistence;

/// <summary>
/// SQLite's write-ahead log stays small under single-row mutations that come as clients send them, to a file on a disk. A hundred thousand where
/// CMMS_TEST_REQUIRE asks for the soak, else five thousand.
/// </summary>
public sealed class LogSizeTests(ITestOutputHelper output)
{
    private const int Parts = 50, Most = 16 * 1024 * 1024;
    private static readonly int s_mutations = Requirements.Soak ? 100_000 : 5_000;

    [Fact]
    public async Task Single_row_mutations_leave_a_small_log_and_one_that_a_reader_made_grow_is_given_back()
    {
        var folder = Directory.CreateTempSubdirectory("cmms-log-");
        try
        {
            await using var graph = await TestGraph.StartAsync(await TestPlant.CreateAsync(DatabaseProvider.Sqlite, folder.FullName));
            var file = new SqliteConnectionStringBuilder(graph.Plant.Database.Options.ConnectionString).DataSource;
            var client = await Client.PrepareAsync(graph, new FileInfo(file + "-wal"));
            var watch = Stopwatch.StartNew();

            var quiet = await client.ChangeAsync(s_mutations * 7 / 10);
            output.WriteLine($"{s_mutations * 7 / 10} mutations in {watch.Elapsed.TotalSeconds:0.0} s, {watch.Elapsed.TotalMicroseconds / (s_mutations * 7 / 10):0} µs each: the log is {quiet / 1024} KB at most");
            Assert.InRange(quiet, 1, Most);

            // As the Worker is to this process: a factory of its own.
            await using CmmsDbFactory worker = new(graph.Plant.Database.Options);
            await using (SqliteConnection reader = new(graph.Plant.Database.Options.ConnectionString + ";Pooling=False"))
            {
                await reader.OpenAsync();
                await ExecuteAsync(reader, "BEGIN; SELECT count(*) FROM part");
                var grown = await client.ChangeAsync(s_mutations / 5);
                output.WriteLine($"{s_mutations / 5} beside a reader: {grown / 1024} KB");
                Assert.True(grown > Most, "No reader has kept the log from being reused, so nothing is shown.");
                await worker.TrimLogAsync(); // in vain, and no error
                Assert.True(client.LogSize > Most);
                await ExecuteAsync(reader, "COMMIT");
            }
            await worker.TrimLogAsync();
            Assert.Equal(0, client.LogSize);

            Assert.InRange(await client.ChangeAsync(s_mutations / 10), 1, Most);
            Assert.InRange(client.LogSize, 1, Most);
            output.WriteLine($"{s_mutations} mutations in {watch.Elapsed.TotalSeconds:0.0} s");
            await client.VerifyAsync(s_mutations / Parts);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The two of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Sends documents of as many mutations as there are parts, each in a transaction of its own, and looks at the log after each document.</summary>
    private sealed class Client(TestGraph graph, FileInfo log, string document)
    {
        private int _round;

        public long LogSize
        {
            get
            {
                log.Refresh();
                return log.Length;
            }
        }

        public static async Task<Client> PrepareAsync(TestGraph graph, FileInfo log)
        {
            var ids = await graph.Plant.WriteAsync(async db =>
            {
                var parts = Enumerable.Range(0, Parts).Select(i => new Part($"Part {i}", isNonStock: false, Cmms.Domain.Money.Zero)).ToList();
                db.Parts.AddRange(parts);
                await db.SaveChangesAsync();
                return parts.ConvertAll(part => part.Id);
            });
            StringBuilder document = new("mutation Rename($area: String!) {\n");
            foreach (var (i, id) in ids.Index())
                document.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"  m{i}: updatePart(input: {{ id: \"{new GlobalId(nameof(Part), id)}\", area: $area }}) {{ part {{ version area }} errors {{ __typename }} }}");
            return new Client(graph, log, document.Append('}').ToString());
        }

        /// <summary>The largest that the log was.</summary>
        public async Task<long> ChangeAsync(int mutations)
        {
            long largest = 0;
            for (var left = mutations; left > 0; left -= Parts)
            {
                var area = $"Shelf {++_round}";
                var data = await graph.DataAsync(document, new { area });
                foreach (var answer in data.EnumerateObject())
                    Assert.True(answer.Value.GetProperty("errors").ValueKind is JsonValueKind.Null && answer.Value.GetProperty("part").GetProperty("area").GetString() == area, answer.ToString());
                largest = Math.Max(largest, LogSize);
            }
            return largest;
        }

        /// <summary>Each mutation was one change of one row, with its event.</summary>
        public async Task VerifyAsync(int rounds)
        {
            Assert.Equal(rounds, _round);
            await using var db = graph.Plant.Read();
            Assert.Equal(Parts, await db.Parts.CountAsync(part => part.Area == $"Shelf {rounds}" && part.Version == rounds + 1));
            Assert.Equal(rounds * Parts, await db.Events.CountAsync(e => e.Type == "PartChanged"));
        }
    }
}
