using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading.Channels;
using Engines.GraphQL;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Cmms.Tests.GraphQL.Server;

/// <summary>A schema whose fields show what a transport does to them: they wait, count, fill the line, and tell when they are cancelled.</summary>
internal sealed class ProbeSchema
{
    private static readonly UploadScalar s_upload = new();
    private static readonly InputObjectType s_folder = new InputObjectType("Folder").Add(new InputValue("label", Scalars.String)).Add(new InputValue("cover", s_upload));
    private readonly Channel<string> _seen = Channel.CreateUnbounded<string>();
    private int _touched;

    public ProbeSchema()
    {
        var query = new ObjectType("Query");
        query.Add(Field("hello", Scalars.String, _ => new("world")));
        query.Add(Field("echo", Scalars.String, c => new(c.Argument<string>("text")), new InputValue("text", Scalars.String)));
        query.Add(Field("required", Scalars.ID, c => new(c.Argument<string>("id")), new InputValue("id", new NonNullType(Scalars.ID))));
        query.Add(Field("services", Scalars.String, c => new(c.Request.Services.GetHashCode().ToString(System.Globalization.CultureInfo.InvariantCulture))));
        query.Add(Field("touched", Scalars.Int, _ => new(_touched)));
        query.Add(Field("broken", Scalars.String, _ => throw new InvalidOperationException("secret connection string")));
        query.Add(Field("wait", Scalars.String, async c =>
        {
            _seen.Writer.TryWrite("waiting");
            try
            {
                await Task.Delay(Timeout.Infinite, c.Cancel);
            }
            finally
            {
                _seen.Writer.TryWrite("cancelled");
            }
            return null;
        }));
        var mutation = new ObjectType("Mutation");
        mutation.Add(Field("touch", Scalars.Int, _ => new(Interlocked.Increment(ref _touched))));
        mutation.Add(Field("store", new ListType(Scalars.String), StoreAsync, new InputValue("files", new ListType(new NonNullType(s_upload))), new InputValue("input", s_folder)));
        var subscription = new ObjectType("Subscription");
        subscription.Add(new FieldDefinition("count", Scalars.Int)
        {
            Arguments = { new InputValue("to", Scalars.Int) },
            Resolver = new StreamResolver(c => CountAsync(c.Argument<int>("to"), c.Cancel)),
        });
        subscription.Add(new FieldDefinition("forever", Scalars.Int) { Resolver = new StreamResolver(c => ForeverAsync(c.Cancel)) });
        subscription.Add(new FieldDefinition("flood", Scalars.String) { Resolver = new StreamResolver(c => FloodAsync(c.Cancel)) });
        Schema = new Schema(query, mutation, subscription, [query, mutation, subscription], []);
    }

    public Schema Schema { get; }
    public int Touched => _touched;

    /// <summary>What the fields <c>wait</c> and <c>forever</c> told, in order; fails after five seconds of silence.</summary>
    public async Task<string> SeenAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        return await _seen.Reader.ReadAsync(patience.Token);
    }

    // Name, type, length and the beginning of the hash of each file that came.
    private static async ValueTask<object?> StoreAsync(BatchContext context)
    {
        var files = (context.Arguments.GetValueOrDefault("files") as IEnumerable<object?> ?? []).Append((context.Arguments.GetValueOrDefault("input") as InputFields)?.GetValueOrDefault("cover"));
        var shown = new List<string>();
        foreach (var file in files.OfType<UploadedFile>())
        {
            await using var content = file.OpenRead();
            shown.Add($"{file.Name} {file.ContentType} {file.Length} {Convert.ToHexStringLower(await SHA256.HashDataAsync(content, context.Cancel))[..8]}");
        }
        return shown;
    }

    private static FieldDefinition Field(string name, GraphQLType type, Func<BatchContext, ValueTask<object?>> resolve, params InputValue[] arguments) => new(name, type)
    {
        Arguments = [.. arguments],
        Resolver = new BatchResolver(async c => [await resolve(c)]),
    };

    private static async IAsyncEnumerable<object?> CountAsync(int to, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var i = 1; i <= to; i++)
        {
            await Task.Yield();
            cancel.ThrowIfCancellationRequested();
            yield return i;
        }
    }

    private async IAsyncEnumerable<object?> ForeverAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        yield return 1;
        _seen.Writer.TryWrite("waiting");
        try
        {
            await Task.Delay(Timeout.Infinite, cancel);
        }
        finally
        {
            _seen.Writer.TryWrite("cancelled");
        }
    }

    private static async IAsyncEnumerable<object?> FloodAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var wave = new string('~', 100_000);
        while (!cancel.IsCancellationRequested)
        {
            await Task.Yield();
            yield return wave;
        }
    }
}
