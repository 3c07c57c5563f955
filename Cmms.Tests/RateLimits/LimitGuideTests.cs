using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Cmms.Graph.RateLimits;
using Xunit;

namespace Cmms.Tests.RateLimits;

public sealed partial class LimitGuideTests
{
    [Fact]
    public void The_guide_lists_every_setting_with_its_default() => Assert.Equal(
        typeof(RateLimitSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite)
            .Select(p => $"{p.Name} {Convert.ToString(p.GetValue(new RateLimitSettings()), CultureInfo.InvariantCulture)}".ToLowerInvariant()).Order(StringComparer.Ordinal),
        Row().Matches(File.ReadAllText(Repository.File("docs", "guides", "limits.md"))).Select(m => $"{m.Groups["name"].Value} {m.Groups["default"].Value}".ToLowerInvariant())
            .Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\| `RateLimits:(?<name>\w+)` \| (?<default>[\w:.]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
