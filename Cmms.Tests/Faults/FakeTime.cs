using System.Globalization;

namespace Cmms.Tests.Faults;

/// <summary>The wall clock of other processes, which can be set at any time, by way of libfaketime; their monotonic clock goes on as it does.</summary>
internal sealed class FakeTime : IDisposable
{
    private static readonly string[] s_places = ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/faketime/libfaketimeMT.so.1"];
    private readonly string _file = Path.GetTempFileName();

    public FakeTime() => Set(TimeSpan.Zero);

    /// <summary>Why there can be none here, or null.</summary>
    public static string? Lacking => Array.Exists(s_places, File.Exists) ? null : "There is no libfaketime on this machine (Debian: faketime).";

    public IEnumerable<(string Key, string Value)> Environment =>
    [
        ("LD_PRELOAD", s_places.First(File.Exists)), ("FAKETIME_TIMESTAMP_FILE", _file), ("FAKETIME_NO_CACHE", "1"), ("DONT_FAKE_MONOTONIC", "1"),
    ];

    /// <summary>How far their clock is from the real one, from now on.</summary>
    public void Set(TimeSpan offset)
    {
        var beside = _file + ".new";
        File.WriteAllText(beside, string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? "-" : "+")}{offset.Duration().TotalSeconds:0}\n"));
        File.Move(beside, _file, overwrite: true);
    }

    public void Dispose() => File.Delete(_file);
}
