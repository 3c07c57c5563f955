using Engines.GraphQL.Execution;
using Engines.GraphQL.Server;

namespace Cmms.Graph;

/// <summary>The section <c>GraphQL:Limits</c> of the configuration. docs/guides/limits.md says what each is for; a test holds it to these defaults.</summary>
internal sealed record GraphQLLimits
{
    public int BodyBytes { get; init; } = 1_048_576;
    public int Tokens { get; init; } = 8_000;
    public int Depth { get; init; } = 15;
    public int Aliases { get; init; } = 100;
    public int Directives { get; init; } = 4;
    public int FragmentVisits { get; init; } = 1_000;
    public int Comparisons { get; init; } = 100_000;
    public int QueryRootFields { get; init; } = 30;
    public int MutationRootFields { get; init; } = 100;
    public int CredentialFields { get; init; } = 5;
    public int IntrospectionOfType { get; init; } = 16;
    public int IntrospectionLists { get; init; } = 2;
    public int ListItems { get; init; } = 1_000;
    public int PlanFields { get; init; } = 10_000;
    public double Cost { get; init; } = 10_000;
    public int AnswerBytes { get; init; } = 16_777_216;
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);
    public int CachedDocuments { get; init; } = 256;
    public int RequestsPerCaller { get; init; } = 256;
    public int SubscriptionsPerCaller { get; init; } = 500;
    public int OperationsPerSocket { get; init; } = 100;
    public int Sockets { get; init; } = 10_000;
    public int SocketMessageBytes { get; init; } = 1_048_576;

    public ExecutionOptions ApplyTo(ExecutionOptions options) => options with
    {
        Parser = options.Parser with { MaxTokens = Tokens },
        Validation = options.Validation with
        {
            MaxDepth = Depth,
            MaxAliases = Aliases,
            MaxDirectives = Directives,
            MaxFragmentVisits = FragmentVisits,
            MaxComparisons = Comparisons,
            MaxQueryRootFields = QueryRootFields,
            MaxMutationRootFields = MutationRootFields,
            MaxIntrospectionOfType = IntrospectionOfType,
            MaxIntrospectionLists = IntrospectionLists,
        },
        MaxCredentialFields = CredentialFields,
        MaxListItems = ListItems,
        MaxPlanFields = PlanFields,
        MaxCost = Cost,
        MaxAnswerBytes = AnswerBytes,
        Deadline = Deadline,
        CachedDocuments = CachedDocuments,
    };

    public void ApplyTo(GraphQLServerOptions options)
    {
        (options.MaxBodyBytes, options.MaxWebSocketMessageBytes) = (BodyBytes, SocketMessageBytes);
        (options.MaxRequestsPerCaller, options.MaxSubscriptionsPerCaller) = (RequestsPerCaller, SubscriptionsPerCaller);
        (options.MaxOperationsPerSocket, options.MaxSockets) = (OperationsPerSocket, Sockets);
    }
}
