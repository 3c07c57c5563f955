using System.Collections.Concurrent;
using Engines.GraphQL.Execution.Planning;
using Engines.GraphQL.Language;
using Engines.GraphQL.Types;
using Engines.GraphQL.Validation;

namespace Engines.GraphQL.Execution;

/// <summary>A valid document with the plans of its operations.</summary>
internal sealed class CachedDocument(DocumentKey key, DocumentNode document, IReadOnlyList<CachedOperation> operations)
{
    public DocumentKey Key => key;
    public ReadOnlyMemory<byte> Text => key.Text;
    public DocumentNode Document => document;
    public IReadOnlyList<CachedOperation> Operations => operations;
    /// <summary>Asked for since the cache last looked for something to forget.</summary>
    public bool Used { get; set; }
}

internal sealed class CachedOperation(OperationDefinitionNode operation, Func<OperationPlan> plan)
{
    private readonly Lazy<(OperationPlan? Plan, GraphQLError? Error)> _plan = new(() =>
    {
        try
        {
            return (plan(), null);
        }
        catch (GraphQLException e)
        {
            return (null, e.Error);
        }
    });

    public OperationDefinitionNode Operation => operation;
    public (OperationPlan? Plan, GraphQLError? Error) Plan => _plan.Value;
}

/// <summary>A document's text, hashed by a key that changes with every start of the process.</summary>
internal readonly struct DocumentKey(ReadOnlyMemory<byte> text) : IEquatable<DocumentKey>
{
    private readonly int _hash = Hash(text.Span);
    private readonly ReadOnlyMemory<byte> _text = text;

    public ReadOnlyMemory<byte> Text => _text;

    public bool Equals(DocumentKey other) => _hash == other._hash && _text.Span.SequenceEqual(other._text.Span);
    public override bool Equals(object? obj) => obj is DocumentKey other && Equals(other);
    public override int GetHashCode() => _hash;

    private static int Hash(ReadOnlySpan<byte> text)
    {
        var hash = new HashCode();
        hash.AddBytes(text);
        return hash.ToHashCode();
    }
}

/// <summary>Texts to parsed, validated and planned documents. Reads take no lock; what was not asked for lately is forgotten first.</summary>
internal sealed class DocumentCache(Schema schema, ExecutionOptions options)
{
    private readonly ConcurrentDictionary<DocumentKey, CachedDocument> _documents = [];
    private readonly CachedDocument?[] _ring = new CachedDocument?[Math.Max(1, options.CachedDocuments)];
    private readonly Lock _lock = new();
    private readonly ValidationOptions _discreet = options.Validation with { RevealSchema = false };
    private int _hand;

    /// <summary>The document of a text, or null and why it is refused. The text is copied when it is kept.</summary>
    /// <param name="reveal">Whether the errors may name what is in the schema.</param>
    /// <param name="pin">It is never forgotten.</param>
    public CachedDocument? Find(ReadOnlyMemory<byte> text, bool reveal, out IReadOnlyList<GraphQLError> errors, bool pin = false)
    {
        errors = [];
        if (_documents.TryGetValue(new DocumentKey(text), out var known))
        {
            known.Used = true;
            return known;
        }
        ReadOnlyMemory<byte> own = text.ToArray();
        if (Read(own, reveal, out errors) is not { } document) return null;
        if (pin) _documents.TryAdd(document.Key, document);
        else if (text.Length <= options.CachedDocumentBytes) Keep(document);
        return document;
    }

    private CachedDocument? Read(ReadOnlyMemory<byte> text, bool reveal, out IReadOnlyList<GraphQLError> errors)
    {
        try
        {
            var document = Parser.Parse(text, options.Parser);
            errors = DocumentValidator.Validate(schema, document, reveal ? options.Validation : _discreet);
            if (errors.Count > 0) return null;
            return new CachedDocument(new DocumentKey(text), document, [.. document.Definitions.OfType<OperationDefinitionNode>()
                .Select(o => new CachedOperation(o, () => Planner.Plan(schema, document, o, options.MaxPlanFields)))]);
        }
        catch (SyntaxException e)
        {
            errors = [e.ToError()];
            return null;
        }
    }

    private void Keep(CachedDocument document)
    {
        lock (_lock)
        {
            if (!_documents.TryAdd(document.Key, document)) return;
            while (_ring[_hand] is { Used: true } spared)
            {
                spared.Used = false;
                _hand = (_hand + 1) % _ring.Length;
            }
            if (_ring[_hand] is { } forgotten) _documents.TryRemove(forgotten.Key, out _);
            _ring[_hand] = document;
            _hand = (_hand + 1) % _ring.Length;
        }
    }
}
