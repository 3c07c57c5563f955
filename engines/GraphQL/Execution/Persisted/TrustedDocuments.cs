using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Engines.GraphQL.Execution.Persisted;

/// <summary>A document that was written down before the server started.</summary>
/// <param name="Name">Where it stands, for people.</param>
/// <param name="Text">In UTF-8, as it was written.</param>
public sealed record TrustedDocument(string Name, ReadOnlyMemory<byte> Text);

/// <summary>
/// The documents of a folder: each <c>.graphql</c> file under the SHA-256 of its bytes, and those of each <c>.json</c> manifest, as Relay's compiler,
/// GraphQL Code Generator and Apollo write them, under the ids that stand there as well.
/// </summary>
public sealed class TrustedDocuments
{
    private const string HashPrefix = "sha256:";
    private readonly Dictionary<string, TrustedDocument> _byId = new(StringComparer.Ordinal);
    private readonly List<TrustedDocument> _all = [];

    private TrustedDocuments()
    {
    }

    public IReadOnlyList<TrustedDocument> All => _all;

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">A manifest is none, or two documents have one id.</exception>
    public static TrustedDocuments Load(string folder)
    {
        var documents = new TrustedDocuments();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, file);
            if (file.EndsWith(".graphql", StringComparison.OrdinalIgnoreCase)) documents.Add(new TrustedDocument(name, File.ReadAllBytes(file)), id: null);
            else if (file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) documents.AddManifest(name, File.ReadAllBytes(file));
        }
        return documents;
    }

    /// <param name="id">A SHA-256 in hexadecimal digits, with or without <c>sha256:</c> before it, or an id out of a manifest.</param>
    public TrustedDocument? Find(string id)
    {
        if (_byId.GetValueOrDefault(id) is { } known) return known;
        var hash = id.StartsWith(HashPrefix, StringComparison.OrdinalIgnoreCase) ? id[HashPrefix.Length..] : id;
        return hash.Length == 2 * SHA256.HashSizeInBytes ? _byId.GetValueOrDefault(hash.ToLowerInvariant()) : null;
    }

    /// <summary>The hash by which a document's text is known.</summary>
    public static string HashOf(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(SHA256.HashData(text));

    private void AddManifest(string name, byte[] json)
    {
        try
        {
            using var manifest = JsonDocument.Parse(json);
            if (manifest.RootElement.TryGetProperty("operations", out var operations) && operations.ValueKind is JsonValueKind.Array)
                foreach (var operation in operations.EnumerateArray()) Add(name, operation.GetProperty("id").GetString()!, operation.GetProperty("body"));
            else
                foreach (var operation in manifest.RootElement.EnumerateObject()) Add(name, operation.Name, operation.Value);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{name} is no manifest of documents: {e.Message}", e);
        }
    }

    private void Add(string manifest, string id, JsonElement text) =>
        Add(new TrustedDocument($"{manifest}: {id}", Encoding.UTF8.GetBytes(text.GetString() ?? throw new InvalidOperationException($"'{id}' has no text."))), id);

    private void Add(TrustedDocument document, string? id)
    {
        var hash = HashOf(document.Text.Span);
        // The same document may stand in a file and in a manifest.
        document = _byId.GetValueOrDefault(hash) ?? document;
        if (_byId.TryAdd(hash, document)) _all.Add(document);
        if (id is not null && !_byId.TryAdd(id, document) && _byId[id] != document)
            throw new InvalidDataException($"{document.Name} has the id of {_byId[id].Name}.");
    }
}
