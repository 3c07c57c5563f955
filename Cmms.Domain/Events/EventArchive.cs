using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace Cmms.Domain.Events;

/// <summary>
/// Where events of one customer go before they are removed: files of JSON lines, compressed, each named by the customer and its first and last position. A file is
/// there whole or not at all, and what is in one is never written again, so a run after a crash leaves no gap and writes nothing twice.
/// </summary>
internal sealed class EventArchive : IDisposable
{
    private const string Ending = ".ndjson.gz";
    private readonly string _folder;
    private readonly string _customer;
    private readonly FileStream _lock;

    private EventArchive(string folder, string customer, FileStream @lock) => (_folder, _customer, _lock) = (folder, customer, @lock);

    /// <summary>The last position that is in a file; 0 for none.</summary>
    public long Last => Directory.EnumerateFiles(_folder, $"{_customer}-*{Ending}").Select(LastOf).DefaultIfEmpty(0).Max();

    /// <summary>Null where another process is at it.</summary>
    public static EventArchive? Open(string folder, long customerId)
    {
        Directory.CreateDirectory(folder);
        var customer = customerId.ToString(CultureInfo.InvariantCulture);
        try
        {
#pragma warning disable CA2000 // The archive owns it.
            return new EventArchive(folder, customer, new FileStream(Path.Combine(folder, $"{customer}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
#pragma warning restore CA2000
        }
        catch (IOException) when (File.Exists(Path.Combine(folder, $"{customer}.lock")))
        {
            return null;
        }
    }

    public async Task WriteAsync(IReadOnlyList<Event> events, CancellationToken cancel)
    {
        var last = Last;
        var missing = events.Where(e => e.Position > last).ToList();
        if (missing.Count == 0) return;
        var name = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_customer}-{missing[0].Position:D12}-{missing[^1].Position:D12}{Ending}"));
        await using (var file = new FileStream(name + ".part", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await using (var zip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
                foreach (var happened in missing) await zip.WriteAsync(Line(happened), cancel);
            file.Flush(flushToDisk: true);
        }
        File.Move(name + ".part", name, overwrite: true);
    }

    public void Dispose() => _lock.Dispose();

    private static ReadOnlyMemory<byte> Line(Event happened)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, ChangesJson.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("customer", happened.CustomerId);
            json.WriteNumber("position", happened.Position);
            if (happened.SiteId is { } site) json.WriteNumber("site", site);
            json.WriteString("type", happened.Type);
            json.WriteString("subjectType", happened.SubjectType);
            json.WriteNumber("subjectId", happened.SubjectId);
            json.WriteString("actor", happened.Actor.ToString());
            if (happened.ByKey is { } key) json.WriteNumber("apiKey", key);
            if (happened.RequestId is { } request) json.WriteString("requestId", request);
            if (happened.CausePosition is { } cause) json.WriteNumber("cause", cause);
            json.WriteString("at", happened.At.ToString());
            if (happened.Reason is { } reason) json.WriteString("reason", reason);
            json.WritePropertyName("changes");
            json.WriteRawValue(happened.Changes);
            json.WriteEndObject();
        }
        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    private static long LastOf(string file) =>
        Path.GetFileName(file)[..^Ending.Length].Split('-') is [_, _, var last] && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : 0;
}
