using Cmms.Graph.Access;
using Engines.GraphQL.Execution.Persisted;
using Engines.GraphQL.Server;

namespace Cmms.Graph;

/// <summary>The section <c>GraphQL</c> of the configuration.</summary>
internal sealed record GraphQLSettings
{
    /// <summary>Who may ask for the schema. Default: everyone in development and on the demo plant, elsewhere whoever is signed in.</summary>
    public Introspection? Introspection { get; init; }

    /// <summary>A folder of documents that clients may name by the SHA-256 of their text; relative to where the program runs.</summary>
    public string? TrustedDocuments { get; init; }

    /// <summary>Whether all other documents are refused.</summary>
    public bool TrustedOnly { get; init; }

    /// <summary>How many documents clients may register by themselves; 0 turns automatic persisted queries off.</summary>
    public int AutomaticDocuments { get; init; } = 1_000;

    /// <summary>Operations that take longer are in the log, in milliseconds.</summary>
    public int SlowAfter { get; init; } = 1_000;

    /// <summary>Whether traces carry the text of documents.</summary>
    public bool TraceDocuments { get; init; }

    /// <summary>Other origins whose pages may use this server.</summary>
    public string[] AllowedOrigins { get; init; } = [];

    public GraphQLLimits Limits { get; init; } = new();

    public static GraphQLSettings Of(IConfiguration configuration, IHostEnvironment environment)
    {
        var given = configuration.GetSection("GraphQL").Get<GraphQLSettings>() ?? new GraphQLSettings();
        if (given is { TrustedOnly: true, TrustedDocuments: null }) throw new InvalidOperationException("GraphQL:TrustedOnly needs a folder in GraphQL:TrustedDocuments.");
        return given with
        {
            Introspection = given.Introspection ?? (environment.IsDevelopment() || configuration.GetValue<bool>("Demo") ? Graph.Introspection.Everyone : Graph.Introspection.SignedIn),
            TrustedDocuments = given.TrustedDocuments is { Length: > 0 } folder ? Path.GetFullPath(folder, environment.ContentRootPath) : null,
        };
    }

    public bool MayIntrospect(SiteCaller? caller) => Introspection is Graph.Introspection.Everyone || (Introspection is Graph.Introspection.SignedIn && caller is not null);

    public PersistedOptions Persisted() => new()
    {
        Trusted = TrustedDocuments is null ? null : Engines.GraphQL.Execution.Persisted.TrustedDocuments.Load(TrustedDocuments),
        TrustedOnly = TrustedOnly,
        AutomaticDocuments = AutomaticDocuments,
    };

    public void ApplyTo(GraphQLServerOptions options)
    {
        Limits.ApplyTo(options);
        options.AllowedOrigins.UnionWith(AllowedOrigins);
        options.AllowedHeaders.UnionWith(["X-Site-Id", "X-Entity-Id"]);
    }
}

/// <summary>Who may ask for <c>__schema</c> and <c>__type</c>, and is told by errors what is in the schema.</summary>
internal enum Introspection
{
    Everyone,
    SignedIn,
    Nobody,
}
