using Engines.GraphQL.Execution;

namespace Engines.GraphQL.Binding.Leaves;

internal sealed class UrlScalar : TextScalar<Uri>
{
    public UrlScalar() : base("URL", "an absolute address such as https://example.org/manual.pdf")
    {
        Description = "An absolute address, as RFC 3986 writes it.";
        SpecifiedBy = "https://scalars.graphql.org/chillicream/url.html";
    }

    public static string Format(Uri value) => value.IsAbsoluteUri ? value.AbsoluteUri : value.OriginalString;

    protected override bool TryParse(string text, out Uri value) => Uri.TryCreate(text, UriKind.Absolute, out value!) && text.Contains(':', StringComparison.Ordinal);

    protected override string Text(Uri value) => Format(value);
}

internal sealed class UuidScalar : TextScalar<Guid>
{
    public UuidScalar() : base("UUID", "a UUID such as 0192f0c1-8d5e-7c3b-9a51-0c1f3e5d7a90")
    {
        Description = "A universally unique identifier, as RFC 9562 writes it.";
        SpecifiedBy = "https://scalars.graphql.org/chillicream/uuid.html";
    }

    public static void Write(JsonOutput json, Guid value)
    {
        Span<char> text = stackalloc char[36];
        value.TryFormat(text, out var length, "D");
        json.String(text[..length]);
    }

    protected override bool TryParse(string text, out Guid value) => Guid.TryParseExact(text, "D", out value);

    protected override string Text(Guid value) => value.ToString("D");
}
