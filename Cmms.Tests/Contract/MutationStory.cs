namespace Cmms.Tests.Contract;

/// <summary>A call of a mutation by its document in schema/operations, or a look at what is there, in a story of calls that all succeed.</summary>
/// <param name="Name">The mutation; for a look, its query.</param>
/// <param name="Input">Ids go by name: <c>{pump}</c> stands for what was remembered as pump.</param>
/// <param name="Events">What it leaves in the event log, in order; null for a step that only prepares others.</param>
/// <param name="Remember">What is remembered as what, such as <c>asset.id as pump</c>.</param>
internal sealed record Step(string Name, string? Input, string? Events, string? Remember, string As = "admin");

/// <summary>Each mutation of the schema in a call that works, grouped into stories, each in a plant of its own.</summary>
internal static partial class MutationStories
{
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<Step>> All = new Dictionary<string, IReadOnlyList<Step>>
    {
        [nameof(Organization)] = Organization,
        [nameof(Assets)] = Assets,
        [nameof(Inventory)] = Inventory,
        [nameof(Work)] = Work,
        [nameof(Requests)] = Requests,
        [nameof(Production)] = Production,
        [nameof(Planning)] = Planning,
        [nameof(Projects)] = Projects,
        [nameof(Policies)] = Policies,
    };

    /// <summary>A call that is proved here: it works, it leaves its events, and everything that can be wrong with its input is refused.</summary>
    private static Step Call(string mutation, string input, string events, string? remember = null, string @as = "admin") => new(mutation, input, events, remember, @as);

    /// <summary>A call that prepares others.</summary>
    private static Step Given(string mutation, string input, string? remember = null, string @as = "admin") => new(mutation, input, null, remember, @as);

    private static Step Look(string query, string remember, string @as = "admin") => new(query, null, null, remember, @as);
}
