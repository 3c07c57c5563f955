using System.Globalization;
using Xunit.Abstractions;

namespace Cmms.Tests.GraphQL.Conformance;

/// <summary>Each run tries other documents; the number that it prints, in CMMS_ORACLE_SEED, tries the same ones again.</summary>
internal static class OracleSeed
{
    public static Random Next(ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CMMS_ORACLE_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var given)
            ? given : Random.Shared.Next();
        output.WriteLine($"CMMS_ORACLE_SEED={seed.ToString(CultureInfo.InvariantCulture)}");
        return new Random(seed);
    }
}
