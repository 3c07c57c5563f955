using Cmms.Domain;
using Cmms.Domain.Persistence.Sql;

namespace Cmms.Graph.RateLimits;

/// <summary>Whose requests are counted: an address, and the credential that came from there, if one did.</summary>
internal readonly record struct Party(string Address, string? Key);

/// <summary>
/// How much each address and each credential may still ask for. A request counts for its address, and then for its credential unless the address has
/// had too many; what it cost is charged once that is known, so that an operation is let in while any of its cost is left.
/// </summary>
/// <param name="shared">Where processes share their counts; null: these are all.</param>
internal sealed class RateLimiter(RateLimitSettings settings, Buckets buckets, SharedCounts? shared, TimeProvider clock)
{
    private readonly Allowance _address = settings.ForAddress, _key = settings.ForKey;

    public Instant Now => clock.Now;

    /// <summary>How an address stands by what this process knows; nothing is counted.</summary>
    public Standing Look(string address) => new(_address, buckets.Find(address, clock.Now));

    /// <summary>Counts a request.</summary>
    /// <returns>The standing that is over, so that the request is refused; while none is, that which is nearer to its end.</returns>
    public async ValueTask<Standing> CountAsync(Party party, CancellationToken cancel)
    {
        if (shared is null) return Count(party);
        if (Known(party) is { } known) return known;
        return await shared.CountAsync(party, cancel) is var (address, key) ? Of(address, key) : Count(party);
    }

    /// <summary>Charges what was spent.</summary>
    /// <returns>The standing whose cost is used up now, if there is one.</returns>
    public Standing? Spend(Party party, double cost)
    {
        if (cost <= 0) return null;
        var address = Charge(_address, party.Address, cost);
        var key = party.Key is null ? null : Charge(_key, party.Key, cost);
        return address.IsCostSpent ? address : key is { IsCostSpent: true } ? key : null;
    }

    private Standing Charge(Allowance allowance, string name, double cost)
    {
        shared?.Charge(name, 0, cost);
        return new Standing(allowance, buckets.Add(name, 0, cost, clock.Now));
    }

    private Standing Count(Party party)
    {
        var address = buckets.Add(party.Address, 1, 0, clock.Now);
        return Of(address, party.Key is null || new Standing(_address, address).IsOver ? null : buckets.Add(party.Key, 1, 0, clock.Now));
    }

    // What has been used up stays so until it begins again: nobody needs to be asked.
    private Standing? Known(Party party)
    {
        if (Look(party.Address) is { IsEmpty: true } address) return address.Next;
        if (party.Key is null || new Standing(_key, buckets.Find(party.Key, clock.Now)) is not { IsEmpty: true } key) return null;
        buckets.Add(party.Address, 1, 0, clock.Now);
        shared!.Charge(party.Address, 1, 0);
        return key.Next;
    }

    private Standing Of(RateCount address, RateCount? key)
    {
        var first = new Standing(_address, address);
        if (key is null) return first;
        var second = new Standing(_key, key.Value);
        return first.IsOver || (!second.IsOver && first.Remaining < second.Remaining) ? first : second;
    }
}
