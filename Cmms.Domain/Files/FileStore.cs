namespace Cmms.Domain.Files;

/// <summary>
/// The folder with the contents of attachments. A file arrives in one folder in it, and whoever keeps it leaves it there: so nothing is copied while a transaction
/// waits, and what a killed process or a transaction that was given up leaves behind is found there and nowhere else.
/// </summary>
public sealed class FileStore(string folder)
{
    /// <summary>Where files arrive.</summary>
    public string Arrivals => Directory.CreateDirectory(Path.Combine(folder, "arrivals")).FullName;

    /// <summary>The content; null where there is none of that name.</summary>
    public FileStream? Open(string name)
    {
        foreach (var path in (string[])[PathOf(name), Path.Combine(Arrivals, name), PathOf(name)])
        {
            try
            {
                return new FileStream(path, new FileStreamOptions { Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous, BufferSize = 0 });
            }
            catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
            {
                // It is where it arrived, or has gone to its place meanwhile, or there is none.
            }
        }
        return null;
    }

    /// <summary>Where something made of a file, such as a small picture, is or can be put.</summary>
    public string PathOf(string name, string? what = null)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, name[..2])).FullName;
        return Path.Combine(place, what is null ? name : $"{name}.{what}");
    }

    /// <summary>Those that are still where they arrived, and when that was.</summary>
    internal IEnumerable<(string Name, Instant At)> Arrived() => new DirectoryInfo(Arrivals).EnumerateFiles().Select(f => (f.Name, Instant.From(f.LastWriteTimeUtc)));

    /// <summary>Gives a file that is kept its place.</summary>
    internal void Settle(string name) => File.Move(Path.Combine(Arrivals, name), PathOf(name));

    /// <summary>Removes one that nobody kept.</summary>
    internal void Forget(string name) => File.Delete(Path.Combine(Arrivals, name));

    /// <summary>Removes a file and what was made of it.</summary>
    internal void Remove(string name)
    {
        Forget(name);
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(PathOf(name))!, name + "*").ToList()) File.Delete(file);
    }
}
