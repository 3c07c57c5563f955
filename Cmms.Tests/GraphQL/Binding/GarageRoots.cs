using System.Runtime.CompilerServices;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Cmms.Tests.GraphQL.Binding;

[QueryType]
internal static class GarageQueries
{
    /// <summary>All cars.</summary>
    /// <param name="states">Only in these states.</param>
    /// <param name="cheaperThan">Only below this price.</param>
    public static IReadOnlyList<Car> GetCars(Rows rows, IReadOnlyList<CarState>? states = null, Price? cheaperThan = null) =>
        [.. rows.Cars.Values.Where(c => (states is null || states.Contains(c.State)) && (cheaperThan is null || c.DayRate.Cents < cheaperThan.Value.Cents))];

    /// <summary>One car.</summary>
    /// <param name="id">Its id.</param>
    public static async Task<Car?> CarAsync([ID<Car>] long id, Rows rows, CancellationToken cancel)
    {
        await Task.Delay(1, cancel);
        return rows.Cars.GetValueOrDefault(id);
    }

    /// <summary>Everything with wheels.</summary>
    [GraphQLType("[Vehicle!]!")]
    public static IReadOnlyList<object> Vehicles(Rows rows) => [.. rows.Cars.Values, .. rows.Bicycles];

    /// <summary>What can be rented.</summary>
    public static IReadOnlyList<IRentable> Rentables(Rows rows) => [.. rows.Cars.Values, .. rows.Bicycles];

    /// <summary>Who asks.</summary>
    [AllowAnonymous]
    public static string Me(Caller caller) => caller.Name;

    /// <summary>The sum of a plan.</summary>
    /// <param name="plan">The plan.</param>
    public static string Check(RentalPlan plan) => plan.ToString();
}

/// <summary>A plan to rent.</summary>
/// <param name="CarId">Which car.</param>
/// <param name="Days">For how long.</param>
/// <param name="Note">Whatever is to be said.</param>
public sealed record RentalPlan([ID<Car>] long CarId, int Days = 3, string? Note = null)
{
    /// <summary>Extra lines.</summary>
    public IReadOnlyList<RentalLine> Lines { get; init; } = [];
    /// <summary>Whether it is urgent.</summary>
    public bool IsUrgent { get; init; }
    /// <summary>Its state afterwards.</summary>
    public CarState After { get; init; } = CarState.InRepair;

    public override string ToString() => $"{CarId} {Days} {Note ?? "null"} {IsUrgent} {After} [{string.Join(", ", Lines.Select(l => $"{l.Text}={l.Price.Cents}"))}]";
}

/// <summary>A line of a plan.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Price">What it costs.</param>
public sealed record RentalLine(string Text, Price Price);

/// <summary>Two results.</summary>
/// <param name="Car">The car.</param>
/// <param name="Bill">The bill.</param>
[Payload]
public sealed record CarAndBill(Car Car, Bill Bill);

[MutationType]
internal static class GarageMutations
{
    /// <summary>Changes a car.</summary>
    /// <param name="dayRate">What a day costs from now on; null: nothing.</param>
    /// <param name="nickname">What else it is called.</param>
    [Error<Missing, Unpayable>]
    public static async Task<Car> ChangeCar([ID<Car>] long id, Rows rows, Optional<Price?> dayRate, Optional<string> nickname, CarState state = CarState.Fine)
    {
        await Task.Yield();
        var car = rows.Cars.GetValueOrDefault(id) ?? throw new Missing("Car", "id");
        if (dayRate.IsSet) car.DayRate = dayRate.Value ?? default;
        car.State = state;
        rows.Log.Add("changed" + nickname.Or(""));
        return car;
    }

    /// <summary>Rents a car out.</summary>
    /// <param name="plan">What is planned.</param>
    [Boss, Error<Taken>, Error<Missing>, Error<Unpayable>]
    public static CarAndBill RentCar(RentalPlan plan, Rows rows)
    {
        var car = rows.Cars.GetValueOrDefault(plan.CarId) ?? throw new Missing("Car", "plan.CarId");
        if (plan.Lines.Count > 3) throw new SeveralErrors(new Taken(car), new Unpayable("plan.Lines[3].Price", 1));
        if (plan.IsUrgent) throw new Taken(car);
        if (plan.Note == "crash") throw new InvalidOperationException("secret");
        return new CarAndBill(car, new Bill(car.DayRate, car));
    }

    /// <summary>Swaps two cars.</summary>
    public static (Car First, Car? Second) Swap(Rows rows) => (rows.Cars[2], null);

    /// <summary>Opens the doors.</summary>
    [AllowAnonymous]
    public static Task OpenDoors(Rows rows)
    {
        rows.Log.Add("open");
        return Task.CompletedTask;
    }

    /// <summary>Counts the cars.</summary>
    [Payload("count")]
    public static ValueTask<int> CountCars(Rows rows) => new(rows.Cars.Count);
}

[SubscriptionType]
internal static class GarageSubscriptions
{
    /// <summary>Cars as they come.</summary>
    /// <param name="first">How many.</param>
    public static async IAsyncEnumerable<Car> CarCame(Rows rows, int first, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var car in rows.Cars.Values.Take(first))
        {
            await Task.Delay(1, cancel);
            yield return car;
        }
    }
}

/// <summary>A garage with its schema, ready to be asked.</summary>
internal sealed class GarageKit
{
    public GarageKit(Action<BindingOptions>? more = null, Caller? caller = null)
    {
        var options = new BindingOptions { DefaultGuard = new Known() }
            .Parameter(_ => Rows).Parameter(request => (Caller)request.Items["caller"]!)
            .MapLeaf<Price, decimal>("Decimal", p => p.Cents / 100m, Price.Of)
            .ErrorField(e => (e as GarageError)?.Field).ErrorCode(e => e is Missing ? "NOT_FOUND" : null).ErrorsOf(e => (e as SeveralErrors)?.Errors)
            .NodeResolver<Car, long>((_, ids) => Task.FromResult(Rows.Cars.Where(c => ids.Contains(c.Key)).ToDictionary()));
        more?.Invoke(options);
        Schema = new SchemaBuilder(options).AddTypes(
            typeof(CarFields), typeof(BicycleFields), typeof(BillFields), typeof(RentableFields), typeof(Vehicle),
            typeof(GarageQueries), typeof(GarageMutations), typeof(GarageSubscriptions)).Build();
        Scope = new RequestScope(new Nothing(), CancellationToken.None)
        {
            Prepare = context => context.Items["caller"] = caller ?? new Caller("Ann", IsBoss: true),
            RunMutation = async (_, resolve) =>
            {
                Rows.Log.Add("begin");
                try
                {
                    var result = await resolve();
                    Rows.Log.Add("commit");
                    return result;
                }
                catch (Exception e)
                {
                    Rows.Log.Add($"rollback {e.GetType().Name}");
                    throw;
                }
            },
        };
    }

    public Rows Rows { get; } = new();
    public Schema Schema { get; }
    public RequestScope Scope { get; }

    public Task<string> Ask(string document, string? variables = null) => Execution.Kit.Ask(Execution.Kit.Executor(Schema), document, variables, scope: Scope);

    public static string Id(string type, long key) => new GlobalId(type, key).ToString();

    private sealed class Known : FieldGuard
    {
        public override string Requirement => "a name";
        public override GraphQLError? Deny(RequestContext request) =>
            request.Items["caller"] is Caller { Name: not "" } ? null : new GraphQLError("Who are you?", ErrorCodes.Unauthenticated);
    }

    private sealed class Nothing : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
