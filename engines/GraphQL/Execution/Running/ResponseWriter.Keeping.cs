using System.Buffers;
using Engines.GraphQL.Execution.Idempotency;
using Engines.GraphQL.Execution.Planning;

namespace Engines.GraphQL.Execution.Running;

/// <summary>Root fields one at a time: taken back, kept to be given again, or given again.</summary>
internal sealed partial class ResponseWriter
{
    private List<ShownSecret>? _secrets;

    /// <summary>The end of what is written.</summary>
    public Place Here => new(_output.Position, _told?.Position ?? 0, _errors.Count, _any, _dataLost);

    /// <summary>Forgets what was written since, and goes on with another run of the same operation.</summary>
    public void TakeBack(Place to, OperationRun again)
    {
        run = again;
        TruncateTo(to.Output);
        _told?.TruncateTo(to.Told);
        _errors.RemoveRange(to.Errors, _errors.Count - to.Errors);
        (_any, _dataLost, _depth, _lost) = (to.Any, to.DataLost, 0, 0);
    }

    /// <summary>The one root field that was written since, without what is shown only once.</summary>
    public KeptAnswer Since(Place start)
    {
        ArrayBufferWriter<byte> field = new(), errors = new();
        var at = start.Any ? start.Output + 1 : start.Output;
        errors.Write(ToldSince(start.Told));
        foreach (var secret in _secrets ?? [])
        {
            if (secret.Start < at) continue;
            field.Write(_output.Written.Span[at..secret.Start]);
            field.Write("null"u8);
            at = secret.End;
            if (errors.WrittenCount > 0) errors.Write(","u8);
            using var told = new JsonOutput();
            ErrorJson.Write(secret.Missing, told);
            errors.Write(told.Written.Span);
        }
        field.Write(_output.Written.Span[at..]);
        return new KeptAnswer(field.WrittenMemory, errors.WrittenMemory);
    }

    /// <summary>A root field as it was answered before.</summary>
    public void Splice(KeptAnswer kept)
    {
        Separate();
        _output.Raw(kept.Field.Span);
        if (kept.Errors.Length > 0) Told().Raw(kept.Errors.Span);
    }

    private bool Secret(FieldPlan field, object? value)
    {
        var start = _output.Position;
        var whole = Value(field, field.Shape, value);
        if (value is not null && whole)
            (_secrets ??= []).Add(new(start, _output.Position, new GraphQLError("It was shown once, in the first answer.", ErrorCodes.ShownOnce, run.LocationsOf(field), Path())));
        return whole;
    }

    private void TruncateTo(int position)
    {
        _output.TruncateTo(position);
        _secrets?.RemoveAll(secret => secret.End > position);
    }

    private void Separate()
    {
        if (_any) _output.Raw((byte)',');
        _any = true;
    }

    /// <summary>Ready for one more error.</summary>
    private JsonOutput Told()
    {
        _told ??= new JsonOutput();
        if (_told.Position > 0) _told.Raw((byte)',');
        return _told;
    }

    private ReadOnlySpan<byte> ToldSince(int from) => _told is null ? default
        : _told.Written.Span[from..] is [(byte)',', ..] later ? later[1..] : _told.Written.Span[from..];

    /// <summary>An end that the answer had.</summary>
    internal readonly record struct Place(int Output, int Told, int Errors, bool Any, bool DataLost);

    private readonly record struct ShownSecret(int Start, int End, GraphQLError Missing);
}
