namespace Engines.GraphQL.Server;

/// <summary>What files clients may send. Enforced while they arrive; what exceeds a limit is 413.</summary>
public sealed class UploadOptions
{
    public int MaxFiles { get; set; } = 20;

    public long MaxFileBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>All files of a request together.</summary>
    public long MaxBytes { get; set; } = 50 * 1024 * 1024;

    /// <summary>Places in the variables that the map of a request names.</summary>
    public int MaxPlaces { get; set; } = 100;

    /// <summary>Multipart requests that may arrive at once, whoever sends them; one more gets 429.</summary>
    public int MaxConcurrent { get; set; } = 16;

    /// <summary>How long a multipart request may take to arrive; then 408.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Where files wait for their resolvers; unless they may be kept, under names that are gone as soon as they are open.</summary>
    public string Folder { get; set; } = Path.GetTempPath();

    /// <summary>
    /// Whether resolvers may keep files where they are (<see cref="UploadedFile.Keep"/>). Then each has reached the disk and has its name until the request has been
    /// answered, and what a killed process leaves behind is the host's to remove.
    /// </summary>
    public bool MayBeKept { get; set; }
}
