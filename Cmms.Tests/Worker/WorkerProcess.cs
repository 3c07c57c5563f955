using System.Diagnostics;
using System.Threading.Channels;
using Cmms.Domain.Persistence;

namespace Cmms.Tests.Worker;

/// <summary>A Worker as a process of its own, on a database; what it says can be waited for.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _said = [];
    private int _open = 2; // standard output and error

    private WorkerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Say(line.Data);
        process.ErrorDataReceived += (_, line) => Say(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;
    public int ExitCode => _process.ExitCode;

    /// <summary>Everything that it has said, for a failed test.</summary>
    public string Said
    {
        get
        {
            lock (_said) return string.Join('\n', _said);
        }
    }

    public static WorkerProcess Start(DatabaseOptions database, params (string Name, string Value)[] settings)
    {
        // As it was built, with what it needs beside it: this program's own folder leaves out what ASP.NET brings.
        var folder = Path.GetDirectoryName(typeof(WorkerProcess).Assembly.Location)!;
        var program = Path.Combine(folder.Replace("Cmms.Tests", "Cmms.Worker", StringComparison.Ordinal), "Cmms.Worker.dll");
        ProcessStartInfo start = new(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", ["exec", program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Database__Provider"] = database.Provider.ToString();
        start.Environment["Database__ConnectionString"] = database.ConnectionString;
        start.Environment["Database__Files"] = database.Files;
        start.Environment["Database__Migrate"] = "false"; // the tests' databases are made already
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return new WorkerProcess(Process.Start(start)!);
    }

    /// <summary>Until it says this; false where it does not in time.</summary>
    public async Task<bool> Says(string text, TimeSpan within)
    {
        using CancellationTokenSource patience = new(within);
        try
        {
            while (true)
                if ((await _lines.Reader.ReadAsync(patience.Token)).Contains(text, StringComparison.Ordinal)) return true;
        }
        catch (Exception exception) when (exception is OperationCanceledException or ChannelClosedException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL: nothing of it is finished or cleaned up.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> Stop()
    {
        await Signal("TERM");
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await Kill();
        _process.Dispose();
    }

    private void Say(string? line)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref _open) == 0) _lines.Writer.Complete();
            return;
        }
        lock (_said) _said.Add(line);
        _lines.Writer.TryWrite(line);
    }
}
