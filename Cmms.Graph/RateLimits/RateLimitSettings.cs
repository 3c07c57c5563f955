namespace Cmms.Graph.RateLimits;

/// <summary>The section <c>RateLimits</c> of the configuration. docs/guides/limits.md says what each is for; a test holds it to these defaults.</summary>
internal sealed record RateLimitSettings
{
    public bool Enabled { get; init; } = true;
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);
    public int Requests { get; init; } = 1_000;
    public long Cost { get; init; } = 1_000_000;
    public int AddressRequests { get; init; } = 1_000;
    public long AddressCost { get; init; } = 1_000_000;

    public Allowance ForKey => new(Requests, Cost, Window, "credential");
    public Allowance ForAddress => new(AddressRequests, AddressCost, Window, "address");

    public static RateLimitSettings Of(IConfiguration configuration)
    {
        var given = configuration.GetSection("RateLimits").Get<RateLimitSettings>() ?? new RateLimitSettings();
        if (given is { Requests: < 1 } or { Cost: < 1 } or { AddressRequests: < 1 } or { AddressCost: < 1 })
            throw new InvalidOperationException("Limits in RateLimits are 1 or more; RateLimits:Enabled turns all of them off.");
        if (given.Window < TimeSpan.FromSeconds(1) || given.Window > TimeSpan.FromDays(1)) throw new InvalidOperationException("RateLimits:Window is 00:00:01 to 1.00:00:00.");
        return given;
    }
}

/// <summary>How much may be asked for in one window.</summary>
/// <param name="Owner">Whose it is, in a word for people.</param>
internal sealed record Allowance(int Requests, double Cost, TimeSpan Window, string Owner);
