namespace Cmms.Domain.Policies;

/// <summary>How a site wants one of the policies: on or off, when its sweep runs, and its own settings.</summary>
public sealed class PolicySetting : SiteEntity
{
    private PolicySetting() { } // EF Core

    public PolicySetting(string key, string schedule) => (Key, Enabled, Schedule) = (key, true, schedule);

    /// <summary>The policy's key, such as <c>low-stock-reorder</c>.</summary>
    public string Key { get; private set; } = "";
    public bool Enabled { get; private set; }
    /// <summary>When it sweeps: a Quartz cron expression in the site's time zone.</summary>
    public string Schedule { get; private set; } = "";
    /// <summary>Its own settings, a JSON object.</summary>
    public string Settings { get; private set; } = "{}";

    public void Set(bool enabled, string schedule, string settings) => (Enabled, Schedule, Settings) = (enabled, schedule, settings);
}
