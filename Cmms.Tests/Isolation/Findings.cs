using System.Collections.Concurrent;
using Xunit;

namespace Cmms.Tests.Isolation;

/// <summary>What was tried, and what went wrong.</summary>
internal sealed class Findings
{
    private readonly ConcurrentQueue<string> _leaks = new();
    private int _tried;

    public int Tried => _tried;

    public void Expect(bool isRight, Func<string> otherwise)
    {
        Interlocked.Increment(ref _tried);
        if (!isRight) _leaks.Enqueue(otherwise());
    }

    public void Verify() => Assert.True(_leaks.IsEmpty, $"{_leaks.Count} of {_tried}:\n{string.Join('\n', _leaks.Distinct().Order(StringComparer.Ordinal).Take(150))}");

    public static string Shorten(string text) => text.Length <= 600 ? text : text[..600] + "…";
}
