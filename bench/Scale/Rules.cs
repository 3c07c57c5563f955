using System.Diagnostics;
using System.Globalization;
using Engines.Rules;
using Microsoft.Data.Sqlite;

namespace Bench.Scale;

/// <summary>What the rule engine costs over half a million facts, beside a plain loop over a hash table and one SQL statement.</summary>
internal static class Rules
{
    private const int Facts = 500_000, Rounds = 9;

    public static int Run()
    {
        var stock = Enumerable.Range(0, Facts).Select(i => new Stock(i, i % 10, 5)).ToArray();
        var purchases = Enumerable.Range(0, Facts / 10).Select(i => new Purchase(i * 3)).ToArray();
        var rentals = Enumerable.Range(0, Facts).Select(i => new Rental(i, i % 3 == 0)).ToArray();
        var services = Enumerable.Range(0, Facts).Select(i => new Service(i, (int)(i * 7L % Facts))).ToArray();
        using var database = Database();
        Console.WriteLine($"{Facts} facts of each kind, ratios of {Rounds} rounds: median (quartiles)");

        RuleSet low = new(new LowStock());
        Compare("low stock", () =>
        {
            var session = low.Open();
            session.InsertAll(stock);
            session.InsertAll(purchases);
            return session.Fire().Derived.Count;
        }, () =>
        {
            HashSet<int> bought = [];
            foreach (var purchase in purchases) bought.Add(purchase.PartId);
            HashSet<Order> orders = []; // an order is made once, whatever leads to it
            foreach (var s in stock)
                if (s.Available <= s.Minimum && !bought.Contains(s.PartId)) orders.Add(new Order(s.PartId, (s.Minimum * 2) - s.Available));
            return orders.Count;
        }, database, "SELECT part_id, minimum * 2 - available FROM stock s WHERE available <= minimum AND NOT EXISTS (SELECT 1 FROM purchase p WHERE p.part_id = s.part_id)");

        RuleSet join = new(new RetireServices());
        Compare("keyed join", () =>
        {
            var session = join.Open();
            session.InsertAll(rentals);
            session.InsertAll(services);
            return session.Fire().Derived.Count;
        }, () =>
        {
            Dictionary<int, List<Service>> byRental = [];
            foreach (var service in services)
            {
                if (!byRental.TryGetValue(service.RentalId, out var of)) byRental.Add(service.RentalId, of = []);
                of.Add(service);
            }
            HashSet<Retired> retired = [];
            foreach (var rental in rentals)
                if (rental.IsOver && byRental.TryGetValue(rental.Id, out var linked))
                    foreach (var service in linked) retired.Add(new Retired(service.Id));
            return retired.Count;
        }, database, "SELECT s.id FROM rental r JOIN service s ON s.rental_id = r.id WHERE r.is_over");

        RuleSet Ten() => new(Enumerable.Range(0, 10).Select(i => new Numbered(i)));
        Ten();
        var ready = Median(Enumerable.Range(0, 50).Select(_ => Milliseconds(() => Ten().Enabled.Count)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ten rules ready in {ready:F2} ms"));
        return 0;
    }

    private static void Compare(string name, Func<int> engine, Func<int> loop, SqliteConnection database, string sql)
    {
        if (engine() != loop() || loop() != Count(database, sql)) throw new InvalidOperationException($"{name}: they do not come to the same.");
        List<(double Engine, double Loop, double Sql)> rounds = [];
        for (var i = 0; i < Rounds; i++) rounds.Add((Milliseconds(engine), Milliseconds(loop), Milliseconds(() => Count(database, sql))));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-12} to the loop {Quartiles(rounds.Select(r => r.Engine / r.Loop))}   to SQL {Quartiles(rounds.Select(r => r.Engine / r.Sql))}   ({Median(rounds.Select(r => r.Engine)):F0}, {Median(rounds.Select(r => r.Loop)):F0}, {Median(rounds.Select(r => r.Sql)):F0} ms)"));
    }

    private static double Milliseconds(Func<int> act)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values) => At(values, 0.5);

    private static string Quartiles(IEnumerable<double> values)
    {
        var all = values.ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{At(all, 0.5):F2} ({At(all, 0.25):F2}-{At(all, 0.75):F2})");
    }

    private static double At(IEnumerable<double> values, double share) => values.Order().ToList() is var sorted ? sorted[(int)(share * (sorted.Count - 1))] : 0;

    private static SqliteConnection Database()
    {
        SqliteConnection connection = new("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            CREATE TABLE stock (part_id INTEGER PRIMARY KEY, available INTEGER, minimum INTEGER);
            CREATE TABLE purchase (part_id INTEGER PRIMARY KEY);
            CREATE TABLE rental (id INTEGER PRIMARY KEY, is_over INTEGER);
            CREATE TABLE service (id INTEGER PRIMARY KEY, rental_id INTEGER);
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Facts} - 1) INSERT INTO stock SELECT i, i % 10, 5 FROM n;
            INSERT INTO purchase SELECT part_id * 3 FROM stock WHERE part_id < {Facts / 10};
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Facts} - 1) INSERT INTO rental SELECT i, i % 3 = 0 FROM n;
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Facts} - 1) INSERT INTO service SELECT i, i * 7 % {Facts} FROM n;
            CREATE INDEX service_of ON service (rental_id);
            """;
        command.ExecuteNonQuery();
        return connection;
    }

    private static int Count(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = 0;
        while (reader.Read()) rows += reader.GetInt32(0) >= 0 ? 1 : 0;
        return rows;
    }

    private sealed record Stock(int PartId, int Available, int Minimum);

    private sealed record Purchase(int PartId);

    private sealed record Order(int PartId, int Quantity);

    private sealed record Rental(int Id, bool IsOver);

    private sealed record Service(int Id, int RentalId);

    private sealed record Retired(int ServiceId);

    private sealed class LowStock : Rule
    {
        public override void Define() => When<Stock>(s => s.Available <= s.Minimum).Without<Purchase>(s => s.PartId, p => p.PartId).Then((s, decide) => decide.Insert(new Order(s.PartId, (s.Minimum * 2) - s.Available)));
    }

    private sealed class RetireServices : Rule
    {
        public override void Define() => When<Rental>(r => r.IsOver).And<Service>(r => r.Id, s => s.RentalId).Then((_, s, decide) => decide.Insert(new Retired(s.Id)));
    }

    private sealed class Numbered(int number) : Rule
    {
        public override string Name => $"Rule {number}";

        public override void Define() => When<Stock>(s => s.Available == number).Without<Order>(s => s.PartId, o => o.PartId).Then((s, decide) => decide.Insert(new Retired(s.PartId)));
    }
}
