namespace Engines.GraphQL.Execution.Persisted;

/// <summary>Documents that a request may name instead of sending.</summary>
public sealed record PersistedOptions
{
    /// <summary>Documents that were written down before the server started.</summary>
    public TrustedDocuments? Trusted { get; init; }

    /// <summary>Whether everything else is refused with <see cref="ErrorCodes.DocumentNotTrusted"/>. A document that is sent whole passes when it is one of the trusted.</summary>
    public bool TrustedOnly { get; init; }

    /// <summary>How many documents clients may register by their hash (automatic persisted queries); those not asked for lately go first. 0: none.</summary>
    public int AutomaticDocuments { get; init; } = 1_000;

    /// <summary>How long all registered documents together may be.</summary>
    public int AutomaticBytes { get; init; } = 8 * 1024 * 1024;
}
