using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Cmms.Tests.Demo;

/// <summary>Graph and Worker as the processes that they are in use.</summary>
internal sealed class Programs : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
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
        ProcessStartInfo start = new("dotnet", [Path.Combine(Root, name, "bin", build, name + ".dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in settings) start.Environment[key] = value;
        return new Programs(name, Process.Start(start)!);
    }

    /// <summary>Waits for a line that holds a text, and answers what follows it.</summary>
    public async Task<string> SaysAsync(string text)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(3));
        List<string> said = [];
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(patience.Token))
            {
                said.Add(line);
                if (line.IndexOf(text, StringComparison.Ordinal) is >= 0 and var at) return line[(at + text.Length)..].Trim();
            }
        }
        catch (OperationCanceledException)
        {
            // Said below, with what it did say.
        }
        throw new InvalidOperationException($"{_name} never said '{text}':\n{string.Join('\n', said)}");
    }

    /// <summary>At once, without a chance to tidy up.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null) _lines.Writer.TryComplete();
        else _lines.Writer.TryWrite(line);
    }

    private static string FindRoot([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", ".."));
}
