using System.Text.RegularExpressions;

namespace Cmms.Domain.Policies;

/// <summary>How a site wants one of the policies: on or off, when its sweep runs, and its own settings.</summary>
public sealed partial class PolicySetting : SiteEntity
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

    /// <exception cref="InvalidValue">The schedule does not have the six or seven fields of a cron expression.</exception>
    public void Set(bool enabled, string schedule, string settings)
    {
        if (!CronFields().IsMatch(schedule)) throw new InvalidValue(nameof(schedule), "must be a cron expression with seconds, such as '0 0 6 * * ?'");
        (Enabled, Schedule, Settings) = (enabled, schedule, settings);
    }

    [GeneratedRegex(@"\A[0-9A-Za-z*?,/#LW-]{1,60}( [0-9A-Za-z*?,/#LW-]{1,60}){5,6}\z")]
    private static partial Regex CronFields();
}
