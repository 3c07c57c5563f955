using System.Globalization;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Cmms.Tests.GraphQL.Binding;

/// <summary>How well it runs.</summary>
public enum CarState
{
    /// <summary>It drives.</summary>
    Fine,
    /// <summary>It waits for a part.</summary>
    InRepair,
    /// <summary>It is gone.</summary>
    [Obsolete("Use IN_REPAIR")] Scrapped,
}

/// <summary>Money with two places, which the engine knows nothing of.</summary>
public readonly record struct Price(long Cents)
{
    public static Price Of(decimal value) => decimal.Truncate(value * 100) == value * 100
        ? new Price((long)(value * 100)) : throw new Unpayable("value", value);
}

/// <summary>Anything that can be rented out.</summary>
public interface IRentable
{
    /// <summary>What a day costs.</summary>
    Price DayRate { get; }
}

/// <summary>A car of the garage.</summary>
public sealed class Car(long id, string name) : IRentable
{
    /// <summary>Not shown as it is.</summary>
    public long Id => id;
    /// <summary>What it is called.</summary>
    public string Name => name;
    /// <summary>How it runs.</summary>
    public CarState State { get; set; }
    /// <summary>Seats, if anybody counted.</summary>
    public int? Seats { get; init; }
    /// <summary>When it was last seen.</summary>
    public DateTimeOffset? SeenAt { get; init; }
    /// <summary>The day it was built.</summary>
    public DateOnly BuiltOn { get; init; }
    /// <summary>What a day costs.</summary>
    public Price DayRate { get; set; }
    /// <summary>How long it may be away.</summary>
    public TimeSpan Limit { get; init; }
    /// <summary>Metres driven; see <see cref="Limit"/>.</summary>
    public long Odometer { get; init; }
    /// <summary>Words on its doors.</summary>
    public IReadOnlyList<string?> Labels { get; init; } = [];
    /// <summary>Never to be seen.</summary>
    public string AlarmCode { get; } = "1234";
    public object Tangle { get; } = new();
}

/// <summary>A bicycle.</summary>
public sealed record Bicycle(long Id, string Name, Price DayRate) : IRentable;

/// <summary>What is left to pay.</summary>
/// <param name="Amount">In money.</param>
/// <param name="Car">For which car.</param>
public sealed record Bill(Price Amount, Car? Car);

/// <summary>Nobody can pay this.</summary>
public sealed class Unpayable(string field, decimal amount) : GarageError("It cannot be paid.", field)
{
    /// <summary>What was asked.</summary>
    public decimal Amount => amount;
}

/// <summary>There is no such thing.</summary>
public sealed class Missing(string what, string field = "id") : GarageError($"{what} is not here.", field);

/// <summary>It is rented already.</summary>
public sealed class Taken(Car car) : GarageError("It is taken.", "")
{
    /// <summary>The car that is taken.</summary>
    public Car Car => car;
}

/// <summary>Several at once.</summary>
public sealed class SeveralErrors(params Exception[] errors) : Exception("Several errors.")
{
    public IReadOnlyList<Exception> Errors => errors;
}

public abstract class GarageError(string message, string field) : Exception(message)
{
    public string Field { get; } = field;
}

/// <summary>Who asks.</summary>
public sealed record Caller(string Name, bool IsBoss);

/// <summary>The rows of the garage, and how often they were asked for.</summary>
public sealed class Rows
{
    public Dictionary<long, Car> Cars { get; } = new[]
    {
        new Car(1, "Ant") { Seats = 4, Labels = ["fast", null], Odometer = 9_000_000_000, BuiltOn = new DateOnly(2020, 2, 29), Limit = new TimeSpan(1, 2, 30, 0), DayRate = new Price(2550) },
        new Car(2, "Bee") { State = CarState.InRepair, SeenAt = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.FromHours(2)) },
    }.ToDictionary(c => c.Id);

    public List<Bicycle> Bicycles { get; } = [new(1, "Wheel", new Price(500))];
    public List<string> Calls { get; } = [];
    public List<string> Log { get; } = [];
}

[ObjectType<Car>]
[Hide(nameof(Car.AlarmCode))]
[Rename(nameof(Car.Odometer), "metres")]
internal static class CarFields
{
    /// <summary>How often it was rented.</summary>
    public static Task<Dictionary<long, int>> Rentals(IReadOnlyList<long> carIds, Rows rows)
    {
        rows.Calls.Add($"rentals {string.Join(',', carIds)}");
        return Task.FromResult(new Dictionary<long, int> { [1] = 7 });
    }

    /// <summary>Cars like it.</summary>
    public static ILookup<long, Car> Similar(IReadOnlyList<long> carIds, Rows rows) =>
        carIds.SelectMany(id => rows.Cars.Values.Where(c => c.Id != id).Select(c => (id, c))).ToLookup(p => p.id, p => p.c);

    /// <summary>The name, shouted.</summary>
    public static string Shout([Parent] Car car) => car.Name.ToUpper(CultureInfo.InvariantCulture);

    /// <summary>The name, so many times.</summary>
    /// <param name="times">How often.</param>
    public static string Repeat([Parent] Car car, int times = 2) => string.Concat(Enumerable.Repeat(car.Name, times));

    /// <summary>The price of so many days.</summary>
    public static IReadOnlyList<Price> Costs(IReadOnlyList<Car> cars) => [.. cars.Select(c => new Price(c.DayRate.Cents * 7))];

    /// <summary>The last bill, if any.</summary>
    [Boss]
    public static Dictionary<Car, Bill> LastBill(IReadOnlyList<Car> cars) => cars.Where(c => c.Id == 1).ToDictionary(c => c, c => new Bill(c.DayRate, c));

    /// <summary>Its state in words.</summary>
    [GraphQLDeprecated("Use state.")]
    public static string State([Parent] Car car) => car.State.ToString();
}

[ObjectType<Bicycle>]
internal static class BicycleFields;

[ObjectType<Bill>]
internal static class BillFields;

[InterfaceType<IRentable>(Name = "Rentable")]
internal static class RentableFields
{
    /// <summary>What a week costs.</summary>
    public static IReadOnlyList<Price> WeekRate(IReadOnlyList<IRentable> rentables) => [.. rentables.Select(r => new Price(r.DayRate.Cents * 6))];
}

/// <summary>A car or a bicycle.</summary>
[UnionType(typeof(Car), typeof(Bicycle))]
internal static class Vehicle;

internal sealed class BossAttribute : FieldGuardAttribute
{
    public override FieldGuard Create() => new Guard();

    private sealed class Guard : FieldGuard
    {
        public override string Requirement => "BOSS";
        public override GraphQLError? Deny(RequestContext request) =>
            request.Items.GetValueOrDefault("caller") is Caller { IsBoss: true } ? null : new GraphQLError("Only the boss may.", ErrorCodes.Forbidden);
    }
}
