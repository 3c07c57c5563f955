using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Cmms.Tests.Demo;

/// <summary><c>dotnet run cmms.cs</c> in a session of its own, as a terminal starts it.</summary>
internal sealed class Terminal : IAsyncDisposable
{
    private readonly Programs _programs;

    private Terminal(Programs programs) => _programs = programs;

    public static Terminal Start(params string[] arguments)
    {
        // What these tests were built with is there already; other tests run it, so nothing may write it again now.
        string[] built = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Debug{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? ["--no-build"] : [];
        ProcessStartInfo start = new("setsid", ["dotnet", "run", "cmms.cs", "--", .. arguments, .. built]) { WorkingDirectory = Programs.Root };
        return new Terminal(Programs.Start("cmms.cs", start));
    }

    public Task<string> SaysAsync(string text) => _programs.SaysAsync(text);

    /// <summary>Waits until each has been said, in whatever order: there are two who speak.</summary>
    public async Task SaysAllAsync(params string[] texts)
    {
        for (var left = texts.ToList(); left.Count > 0;)
        {
            var line = await _programs.SaysAsync("");
            left.RemoveAll(text => line.Contains(text, StringComparison.Ordinal));
        }
    }

    /// <summary>What Ctrl-C does: the signal goes to all that the terminal runs.</summary>
    public Task InterruptAsync() => SignalAsync("INT", $"-{_programs.Id}");

    /// <summary>Only the command that was given hears of it, as from a supervisor.</summary>
    public Task TerminateAsync() => SignalAsync("TERM", $"{_programs.Id}");

    public string Said => _programs.Said;

    /// <summary>One of the two is gone without a word.</summary>
    public Task KillAsync(string program) => SignalAsync("KILL", $"{Assert.Single(Running(program))}");

    public Task<int> ExitAsync() => _programs.ExitAsync();

    /// <summary>Those of our programs that are still in this session.</summary>
    public IReadOnlyList<int> Running(string program = "Cmms.") => [.. Processes(program)];

    public async ValueTask DisposeAsync()
    {
        foreach (var left in Running()) await SignalAsync("KILL", $"{left}");
        await _programs.DisposeAsync();
    }

    private IEnumerable<int> Processes(string program)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process)) continue;
            string? stat = Read(folder + "/stat"), command = Read(folder + "/cmdline");
            if (stat is null || command?.Contains(program, StringComparison.Ordinal) != true || command.Contains("MSBuild", StringComparison.Ordinal)) continue;
            // After the name in brackets: state, parent, group, session. A zombie has ended; its parent has only not looked yet.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            if (fields[0] != "Z" && fields[3] == _programs.Id.ToString(CultureInfo.InvariantCulture)) yield return process;
        }
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return null; // it has ended meanwhile
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static async Task SignalAsync(string signal, string target)
    {
        using var kill = Process.Start("kill", ["-s", signal, "--", target]);
        await kill.WaitForExitAsync(); // one that has ended meanwhile cannot be told
    }
}

/// <summary>A fact that starts a session and looks at its processes, which only Linux shows in this way.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TerminalFactAttribute : FactAttribute
{
    public TerminalFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "Sessions and signals are tried on Linux only.";
    }
}
