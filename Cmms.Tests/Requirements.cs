namespace Cmms.Tests;

/// <summary>What CMMS_TEST_REQUIRE asks for: instead of leaving it out where the machine lacks it, a test fails; <c>soak</c> makes the long tests long.</summary>
internal static class Requirements
{
    private static readonly string[] s_named = (Environment.GetEnvironmentVariable("CMMS_TEST_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);

    public static bool Soak => Include("soak");

    public static bool Include(string name) => s_named.Contains(name);
}
