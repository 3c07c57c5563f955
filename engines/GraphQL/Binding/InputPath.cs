using System.Globalization;

namespace Engines.GraphQL.Binding;

/// <summary>Where in the arguments of a field a value stands.</summary>
internal sealed record InputPath(InputPath? Above, string Segment)
{
    public InputPath Then(string segment) => new(this, segment);
    public InputPath Then(int index) => new(this, index.ToString(CultureInfo.InvariantCulture));

    public IReadOnlyList<string> Segments()
    {
        var segments = new List<string>();
        for (var path = this; path is not null; path = path.Above) segments.Add(path.Segment);
        segments.Reverse();
        return segments;
    }
}

/// <summary>An input that a C# type refused.</summary>
internal sealed class InputRefusedException(InputPath path, Exception refusal) : Exception(refusal.Message, refusal)
{
    public InputPath Path => path;
    public Exception Refusal => InnerException!;
}
