using Cmms.Domain;
using Cmms.Domain.Persistence.Sql;
using Engines.GraphQL;

namespace Cmms.Graph.RateLimits;

/// <summary>How an allowance stands after a request.</summary>
internal sealed record Standing(Allowance Allowance, RateCount Count)
{
    public int Limit => Allowance.Requests;
    public long Remaining => IsCostSpent ? 0 : Math.Max(0, Limit - Count.Requests);
    public Instant ResetsAt => Count.ResetsAt;

    /// <summary>Whether this request was one too many.</summary>
    public bool IsOver => IsCostSpent || Count.Requests > Limit;

    /// <summary>Whether the next one will be.</summary>
    public bool IsEmpty => Remaining == 0;

    public bool IsCostSpent => Count.Cost >= Allowance.Cost;

    /// <summary>With one request more.</summary>
    public Standing Next => this with { Count = Count with { Requests = Count.Requests + 1 } };

    /// <summary>Whole seconds until the next request may come.</summary>
    public long Wait(Instant now) => Math.Max(1, (long)Math.Ceiling((ResetsAt - now).TotalSeconds));

    public GraphQLError Refusal(Instant now)
    {
        var most = IsCostSpent ? $"operations that cost {Allowance.Cost:0} together" : $"{Limit} requests";
        return new GraphQLError($"No more than {most} are allowed for one {Allowance.Owner} in {Allowance.Window.TotalSeconds:0} seconds: try again in {Wait(now)}.", "RATE_LIMITED",
            Extensions: new Dictionary<string, object?> { ["retryAfter"] = Wait(now) });
    }
}
