namespace Cmms.Domain.Policies;

/// <summary>What makes a policy run.</summary>
public enum PolicyTrigger
{
    /// <summary>By the clock.</summary>
    Sweep,
    /// <summary>By a change that concerns it.</summary>
    Event,
    /// <summary>By a person.</summary>
    Manual,
}

/// <summary>One time that a policy looked at a site.</summary>
public sealed class PolicyRun : SiteEntity
{
    private PolicyRun() { } // EF Core

    public PolicyRun(string key, PolicyTrigger trigger, Instant startedAt) => (Key, Trigger, StartedAt) = (key, trigger, startedAt);

    /// <summary>The policy's key.</summary>
    public string Key { get; private set; } = "";
    /// <summary>What made it run.</summary>
    public PolicyTrigger Trigger { get; private set; }
    /// <summary>When it began.</summary>
    public Instant StartedAt { get; private set; }
    /// <summary>When it was through; null: it is running, or its program died.</summary>
    public Instant? EndedAt { get; private set; }
    /// <summary>How many decisions it came to.</summary>
    public int Decisions { get; private set; }
    /// <summary>How many of them it carried out; the others were carried out before, or their reason was gone.</summary>
    public int Applied { get; private set; }
    /// <summary>How many failed.</summary>
    public int Failed { get; private set; }

    public void End(int decisions, int applied, int failed, Instant now) =>
        (Decisions, Applied, Failed, EndedAt) = (decisions, applied, failed, now);
}
