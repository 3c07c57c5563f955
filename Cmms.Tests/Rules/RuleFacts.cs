using Engines.Rules;

namespace Cmms.Tests.Rules;

/// <summary>A rule in one line, for tests.</summary>
internal sealed class Lambda(string name, Action<Lambda> define, int priority = 0, params string[] tags) : Rule
{
    public override string Name => name;
    public override int Priority => priority;
    public override IReadOnlyList<string> Tags => tags;
    public override void Define() => define(this);
    public new Match<T> When<T>(Func<T, bool>? where = null) where T : notnull => base.When(where);
}

internal sealed record Shelf(long PartId, int Available, int Minimum, int Desired);
internal sealed record OpenPurchase(long PartId);
internal sealed record Reorder(long PartId, int Quantity);

internal sealed record ProjectClosed(string Project);
internal sealed record Rental(int Id, string Project, string Equipment);
internal sealed record LinkedService(int Id, int RentalId);
internal sealed record Released(int RentalId, string Equipment);
internal sealed record ServiceRetired(int ServiceId);

internal static class Firings
{
    public static RuleResult Fire<T>(this RuleSet rules, params IEnumerable<T> facts) where T : notnull
    {
        var session = rules.Open();
        foreach (var fact in facts) session.InsertAny(fact);
        return session.Fire();
    }

    /// <summary>Inserts a fact of a type that only the run knows.</summary>
    public static void InsertAny(this RuleSession session, object fact) =>
        typeof(RuleSession).GetMethod(nameof(RuleSession.Insert))!.MakeGenericMethod(fact.GetType()).Invoke(session, [fact]);
}
