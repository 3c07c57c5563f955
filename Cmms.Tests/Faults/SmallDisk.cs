using System.Diagnostics;

namespace Cmms.Tests.Faults;

/// <summary>A file system of 16 MB in memory, which soon is full. Only root may mount one.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string Size = "16m";

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Why there can be none here, or null.</summary>
    public static string? Lacking => !OperatingSystem.IsLinux() || Environment.UserName != "root" ? "Only root on Linux can mount a small file system." : null;

    public static async Task<SmallDisk> MountAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cmms-disk-").FullName;
        await RunAsync("mount", "-t", "tmpfs", "-o", $"size={Size}", "tmpfs", folder);
        return new SmallDisk(folder);
    }

    /// <summary>Takes all that is left.</summary>
    public async Task FillAsync()
    {
        await using var file = File.Create(Ballast, bufferSize: 1);
        var some = new byte[4096];
        for (var left = new DriveInfo(Folder).AvailableFreeSpace; left > 0; left -= some.Length) await file.WriteAsync(some);
    }

    public void Free() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "--lazy", Folder);
        Directory.Delete(Folder);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed.");
    }
}
