using System.Globalization;
using Engines.GraphQL;
using Engines.GraphQL.Server;

namespace Cmms.Graph.RateLimits;

/// <summary>One request or socket under the limits of its address and, once that is known, of its credential.</summary>
internal sealed class RateAdmission(RateLimiter limiter, string address) : Admission
{
    private const string LimitHeader = "X-RateLimit-Limit", RemainingHeader = "X-RateLimit-Remaining", ResetHeader = "X-RateLimit-Reset";
    private Standing? _standing;
    private bool _isRefused;

    /// <summary>The headers that every answer has.</summary>
    public static IReadOnlyList<string> Headers { get; } = [LimitHeader, RemainingHeader, ResetHeader];

    public override GraphQLError? Arrive() => RefusalOf(limiter.Look(address) is { IsEmpty: true } empty ? empty.Next : null);

    public override async ValueTask<GraphQLError?> EnterAsync(AuthResult? caller, CancellationToken cancel) => RefusalOf(await limiter.CountAsync(PartyOf(caller), cancel));

    public override void Spend(AuthResult caller, double cost)
    {
        if (limiter.Spend(PartyOf(caller), cost) is { } spent) _standing = spent;
    }

    public override void Describe(IHeaderDictionary headers)
    {
        var standing = _standing ?? limiter.Look(address);
        headers[LimitHeader] = Text(standing.Limit);
        headers[RemainingHeader] = Text(standing.Remaining);
        headers[ResetHeader] = Text((standing.ResetsAt.Microseconds + 999_999) / 1_000_000);
        if (_isRefused) headers.RetryAfter = Text(standing.Wait(limiter.Now));
    }

    private GraphQLError? RefusalOf(Standing? standing)
    {
        _standing = standing;
        _isRefused = standing is { IsOver: true };
        return _isRefused ? standing!.Refusal(limiter.Now) : null;
    }

    private Party PartyOf(AuthResult? caller) => new(address, caller?.LimitKey?.ToString());

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
