using System.Text;
using Engines.GraphQL;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Engines.GraphQL.Execution;
using Engines.GraphQL.Types;

namespace Cmms.Tests.GraphQL.Data;

[QueryType]
internal static class WorkshopQueries
{
    /// <summary>All machines.</summary>
    [UsePaging, UseFiltering, UseSorting, UseSearch(nameof(Machine.Name), "Plant.Name"), OrderBy(nameof(Machine.Name))]
    public static IQueryable<Machine> Machines(Workshop db) => db.Machines;

    /// <summary>Machines that can be had.</summary>
    [UsePaging(MaxPageSize = 5, DefaultPageSize = 2), UseFiltering]
    public static IQueryable<Machine> ActiveMachines(Workshop db, bool active) => db.Machines.Where(m => m.Active == active);

    /// <summary>All plants.</summary>
    [UseFiltering, UseSorting]
    public static IQueryable<Plant> Plants(Workshop db) => db.Plants;
}

[ObjectType<Machine>, Hide(nameof(Machine.SiteId))]
internal static class MachineFields;

[ObjectType<Plant>, Hide(nameof(Plant.SiteId))]
internal static class PlantFields
{
    /// <summary>How many floors, for those who may know.</summary>
    [Never]
    public static int? Floors([Parent] Plant plant) => plant.Floors;
}

[ObjectType<Part>, Hide(nameof(Part.SiteId))]
internal static class PartFields;

[ObjectType<Tag>]
internal static class TagFields;

/// <summary>In the place of <see cref="PlantFields"/>: a plant is nobody's to see.</summary>
[ObjectType<Plant>, Never, Hide(nameof(Plant.SiteId))]
internal static class HiddenPlantFields;

[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class NeverAttribute : FieldGuardAttribute
{
    public override FieldGuard Create() => new Guard();

    private sealed class Guard : FieldGuard
    {
        public override string Requirement => "NOBODY";
        public override GraphQLError? Deny(RequestContext request) => new("Nobody may.", ErrorCodes.Forbidden);
    }
}

/// <summary>The workshop behind a whole schema.</summary>
internal sealed class WorkshopGraph
{
    private readonly RequestExecutor _executor;

    public WorkshopGraph(WorkshopDatabase database, Type? plantFields = null)
    {
        using var db = database.Open();
        var options = new BindingOptions
        {
            FoldedOf = property => property.DeclaringType.FindProperty($"{property.Name}Folded"), Fold = Workshop.Fold,
        };
        options.DbContext<Workshop>(_ => new ValueTask<DbLease>(new DbLease(database.Open(), Owned: true))).MapLeaf<Grams, long>("Long", g => g.Value, n => new Grams(n));
        _executor = new RequestExecutor(
            new SchemaBuilder(options).UseModel(db.Model).AddTypes(typeof(WorkshopQueries), typeof(MachineFields), plantFields ?? typeof(PlantFields), typeof(PartFields), typeof(TagFields)).Build(),
            new ExecutionOptions { OnError = report => throw new InvalidOperationException("", report.Exception) });
    }

    public Schema Schema => _executor.Schema;

    public async Task<string> Ask(string document)
    {
        using var result = (SingleResult)await _executor.ExecuteAsync(new GraphQLRequest { Document = Encoding.UTF8.GetBytes(document) }, new RequestScope(new NoServices(), CancellationToken.None));
        return Encoding.UTF8.GetString(result.Json.Span);
    }

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
