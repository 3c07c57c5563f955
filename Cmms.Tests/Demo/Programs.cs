using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Cmms.Tests.Demo;

/// <summary>Graph and Worker as the processes that they are in use.</summary>
internal sealed class Programs : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private readonly List<string> _said = [];
    private int _open = 2; // standard output and error
    private readonly string _name;

    private Programs(string name, Process process)
    {
        (_name, _process) = (name, process);
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static string Root { get; } = FindRoot();

    public static Programs Start(string name, IReadOnlyDictionary<string, string> settings)
    {
        // …/bin/Debug/net10.0/, of this project and of that one.
        var build = Path.Combine(new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, new DirectoryInfo(AppContext.BaseDirectory).Name);
        ProcessStartInfo start = new("dotnet", [Path.Combine(Root, name, "bin", build, name + ".dll")]);
        start.Environment["DOTNET_TieredPGO"] = "0"; // quicker at its first steps
        start.Environment["RateLimits__Enabled"] = "false"; // a test asks for more than people do
        foreach (var (key, value) in settings) start.Environment[key] = value;
        return Start(name, start);
    }

    public static Programs Start(string name, ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        return new Programs(name, Process.Start(start)!);
    }

    public int Id => _process.Id;

    /// <summary>Everything that it has said and that was waited for.</summary>
    public string Said => string.Join('\n', _said);

    /// <summary>Waits for a line that holds a text, and answers what follows it.</summary>
    public async Task<string> SaysAsync(string text)
    {
        using CancellationTokenSource patience = new(s_patience);
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(patience.Token))
            {
                _said.Add(line);
                if (line.IndexOf(text, StringComparison.Ordinal) is >= 0 and var at) return line[(at + text.Length)..].Trim();
            }
        }
        catch (OperationCanceledException)
        {
            // Said below, with what it did say.
        }
        throw new InvalidOperationException($"{_name} never said '{text}':\n{Said}");
    }

    /// <summary>Its exit code. What it has started may hold its output open for longer.</summary>
    public async Task<int> ExitAsync()
    {
        using CancellationTokenSource patience = new(s_patience);
        while (!_process.HasExited) await Task.Delay(50, patience.Token);
        return _process.ExitCode;
    }

    /// <summary>At once, without a chance to tidy up.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await ExitAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is not null) _lines.Writer.TryWrite(line);
        else if (Interlocked.Decrement(ref _open) == 0) _lines.Writer.TryComplete();
    }

    private static string FindRoot([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));
}
