namespace Cmms.Domain.Assets;

/// <summary>Why something was done, in words that still mean something years later: ten characters or more (seed 001).</summary>
public readonly record struct Reason
{
    public const int Shortest = 10;
    public const int Longest = 2000;

    private readonly string? _text;
    private Reason(string text) => _text = text;

    public string Text => _text ?? "";

    /// <exception cref="ReasonRequired"/>
    /// <exception cref="ReasonTooShort"/>
    public static Reason Of(string? text, string field = "reason")
    {
        if (string.IsNullOrWhiteSpace(text)) throw new ReasonRequired(field);
        var reason = Check.Text(text, Longest, field);
        return reason.Length >= Shortest ? new Reason(reason) : throw new ReasonTooShort(reason.Length, field);
    }

    public override string ToString() => Text;
}
