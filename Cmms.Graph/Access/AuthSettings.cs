namespace Cmms.Graph.Access;

/// <summary>The section <c>Auth</c> of the configuration. docs/guides/operating.md says what each is for.</summary>
internal sealed record AuthSettings
{
    /// <summary>The provider whose tokens are accepted beside API keys; none by default.</summary>
    public OpenIdSettings? OpenId { get; init; }

    public FailureSettings Failures { get; init; } = new();

    public static AuthSettings Of(IConfiguration configuration)
    {
        var given = configuration.GetSection("Auth").Get<AuthSettings>() ?? new AuthSettings();
        given.OpenId?.Check();
        given.Failures.Check();
        return given;
    }
}

/// <summary>The section <c>Auth:Failures</c>: from when, and by how much, refusals to one address are slowed.</summary>
internal sealed record FailureSettings
{
    /// <summary>So many are answered at once, counted from the first one.</summary>
    public int Free { get; init; } = 10;

    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the next one waits; each after it twice as long as the one before, up to <see cref="Longest"/>.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>So many wait at the same time, whatever their addresses; the others are answered at once.</summary>
    public int DelayedAtOnce { get; init; } = 200;

    public void Check()
    {
        if (Free < 0 || DelayedAtOnce < 0) throw new InvalidOperationException("Auth:Failures:Free and DelayedAtOnce are 0 or more.");
        if (Within <= TimeSpan.Zero || Step <= TimeSpan.Zero || Longest < Step || Longest > TimeSpan.FromMinutes(1))
            throw new InvalidOperationException("Auth:Failures:Within and Step are more than nothing, Longest is Step to one minute.");
    }
}
