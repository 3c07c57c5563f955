using System.Globalization;

namespace Bench.Live;

/// <summary>How many listen, to what, and for how long.</summary>
internal sealed record LiveOptions
{
    public int Subscribers { get; private init; } = 2_000;
    /// <summary>Assets; each subscriber listens to one of them.</summary>
    public int Assets { get; private init; } = 40;
    public int ChangesASecond { get; private init; } = 200;
    public int Seconds { get; private init; } = 60;
    public string? Only { get; private init; }
    /// <summary>A demo plant that is kept from run to run; made when it is not there.</summary>
    public string? Seed { get; private init; }
    public string Folder { get; private init; } = Path.GetTempPath();

    public static LiveOptions Of(string[] args)
    {
        var given = args.Select(a => a.Split('=', 2)).ToDictionary(a => a[0], a => a.ElementAtOrDefault(1) ?? "");
        int Number(string name, int usual) => given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
        return new LiveOptions
        {
            Subscribers = Number("subscribers", 2_000), Assets = Number("assets", 40), ChangesASecond = Number("changes", 200), Seconds = Number("seconds", 60),
            Seed = given.GetValueOrDefault("seed"), Only = given.GetValueOrDefault("only"), Folder = given.GetValueOrDefault("data") ?? Path.GetTempPath(),
        };
    }
}
