namespace Cmms.Worker;

/// <summary>The configuration section <c>Worker</c>.</summary>
internal sealed class WorkerOptions
{
    /// <summary>Whether the clock runs. Without it, only events are answered: for tests of those alone.</summary>
    public bool Sweeps { get; init; } = true;

    /// <summary>Whether it rehearses before it follows the event log. Without, it starts sooner, and its first answers take longer: for tests that start many.</summary>
    public bool Rehearsal { get; init; } = true;

    /// <summary>
    /// Milliseconds to stand still between a decision's claim and its commit, after a line on standard output. For tests alone, which kill the
    /// process there; the database is locked meanwhile.
    /// </summary>
    public int? PauseBeforeCommit { get; init; }

    /// <summary>The line that a pause begins with.</summary>
    public const string PauseLine = "pausing before commit";
}
