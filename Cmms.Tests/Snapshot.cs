using System.Runtime.CompilerServices;
using Xunit.Sdk;

namespace Cmms.Tests;

/// <summary>Holds a text against the one that was reviewed and checked in, in <c>__snapshots__</c> beside the test.</summary>
public static class Snapshot
{
    /// <summary>A difference fails and leaves <c>name.received.snap</c>; a new snapshot is written, and fails once so that somebody reads it.</summary>
    public static void Match(string text, [CallerMemberName] string name = "", [CallerFilePath] string file = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(file)!, "__snapshots__");
        var (expected, received) = (Path.Combine(folder, name + ".snap"), Path.Combine(folder, name + ".received.snap"));
        var actual = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (!File.Exists(expected))
        {
            if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 }) throw new XunitException($"There is no snapshot {expected}.");
            Directory.CreateDirectory(folder);
            File.WriteAllText(expected, actual);
            throw new XunitException($"The snapshot {expected} is new: read it, and run again.");
        }
        var before = File.ReadAllText(expected).ReplaceLineEndings("\n");
        if (before == actual)
        {
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, actual);
        throw new XunitException($"{FirstDifference(before, actual)}\nReceived: {received}\nTo accept it: mv '{received}' '{expected}'");
    }

    private static string FirstDifference(string before, string actual)
    {
        var (old, now) = (before.Split('\n'), actual.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(old.Length, now.Length)).First(i => i >= old.Length || i >= now.Length || old[i] != now[i]);
        return $"Line {line + 1} differs.\n- {(line < old.Length ? old[line] : "(end)")}\n+ {(line < now.Length ? now[line] : "(end)")}";
    }
}
