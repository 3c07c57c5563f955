namespace Cmms.Graph.Access;

/// <summary>The section <c>Auth:OpenId</c>: whose tokens are accepted, and what they must say.</summary>
internal sealed record OpenIdSettings
{
    /// <summary>The provider, exactly as its tokens and its metadata call it.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>For whom the tokens have to be.</summary>
    public string Audience { get; init; } = "";

    /// <summary>How far the provider's clock may be from ours, in either direction.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where the provider's metadata are read; by default where OpenID Connect Discovery has them, under the issuer.</summary>
    public string? MetadataAddress { get; init; }

    /// <summary>Whether metadata and keys are read by HTTPS alone. A provider on this machine may always do without.</summary>
    public bool RequireHttps { get; init; } = true;

    public string SubjectClaim { get; init; } = "sub";
    public string EmailClaim { get; init; } = "email";
    public string EmailVerifiedClaim { get; init; } = "email_verified";

    public string Metadata => MetadataAddress ?? Issuer.TrimEnd('/') + "/.well-known/openid-configuration";

    /// <summary>An address of the provider, when it may be used.</summary>
    public Uri? Address(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && (!RequireHttps || uri.IsLoopback))) ? uri : null;

    public void Check()
    {
        if (Issuer.Length == 0 || Audience.Length == 0) throw new InvalidOperationException("Auth:OpenId needs an Issuer and an Audience.");
        if (Address(Metadata) is null) throw new InvalidOperationException("The addresses in Auth:OpenId begin with https://, or with Auth:OpenId:RequireHttps=false also with http://.");
        if (ClockSkew < TimeSpan.Zero || ClockSkew > TimeSpan.FromMinutes(10)) throw new InvalidOperationException("Auth:OpenId:ClockSkew is 00:00:00 to 00:10:00.");
        if (SubjectClaim.Length == 0 || EmailClaim.Length == 0 || EmailVerifiedClaim.Length == 0) throw new InvalidOperationException("The claims in Auth:OpenId have names.");
    }
}
