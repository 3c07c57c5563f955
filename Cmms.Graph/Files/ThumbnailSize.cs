using Cmms.Domain.Files;
using NetVips;

namespace Cmms.Graph.Files;

/// <summary>A size of small pictures. Each is made when it is first asked for and kept beside its picture; it shows nothing of where or with what it was taken.</summary>
/// <param name="Name">As in its address.</param>
/// <param name="Edge">The most pixels on a side.</param>
internal sealed record ThumbnailSize(string Name, int Edge)
{
    public static readonly ThumbnailSize Small = new("small", 160), Medium = new("medium", 640), Large = new("large", 1600);

    /// <summary>The most pixels of a picture that is opened: what is small as a file may be large as a picture.</summary>
    private const long MostPixels = 100_000_000;
    private static readonly SemaphoreSlim s_two = new(2);
    private static readonly Lazy<bool> s_isThere = new(Prepare);

    public static ThumbnailSize? Named(string? name) => name switch { "small" => Small, "medium" => Medium, "large" => Large, _ => null };

    /// <summary>A WebP picture, no larger than its original; null where that cannot be read as a picture.</summary>
    public async Task<byte[]?> Of(FileStore files, string name, CancellationToken cancel)
    {
        var path = files.PathOf(name, $"{Name}.webp");
        if (File.Exists(path)) return await File.ReadAllBytesAsync(path, cancel);
        await s_two.WaitAsync(cancel);
        try
        {
            await using var content = files.Open(name);
            if (content is null || Make(content) is not { } made) return null;
            await KeepAsync(path, made, cancel);
            return made;
        }
        finally
        {
            s_two.Release();
        }
    }

    /// <summary>False on a system that libvips is not brought along for: there, only the pictures themselves are shown.</summary>
    private static bool Prepare()
    {
        if (!ModuleInitializer.VipsInitialized) return false;
        // Two at once, each by one thread, are enough beside everything else; nothing is asked for twice.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        return true;
    }

    private byte[]? Make(Stream content)
    {
        if (!s_isThere.Value) return null;
        try
        {
            using (var whole = Image.NewFromStream(content, access: Enums.Access.Sequential))
                if ((long)whole.Width * whole.Height > MostPixels) return null;
            content.Position = 0;
            using var small = Image.ThumbnailStream(content, Edge, height: Edge, size: Enums.Size.Down, outputProfile: "srgb");
            return small.WebpsaveBuffer(q: 80, keep: Enums.ForeignKeep.None);
        }
        catch (VipsException)
        {
            return null;
        }
    }

    /// <summary>Whole or not at all; without room it is made again the next time.</summary>
    private static async Task KeepAsync(string path, byte[] made, CancellationToken cancel)
    {
        var part = $"{path}.{Guid.NewGuid():N}";
        try
        {
            await File.WriteAllBytesAsync(part, made, cancel);
            File.Move(part, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(part);
        }
    }
}
