using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Production;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Production;

[MutationType, Authorize(Permission.ManageProduction)]
internal static class ProcessMutations
{
    /// <summary>Adds a step of production.</summary>
    /// <param name="code">A short name for plans and screens.</param>
    /// <param name="position">Its place in the line, from 1.</param>
    [Error<Duplicate>]
    public static async Task<Process> CreateProcess(string name, string? code, string? description, CmmsDb db, CancellationToken cancel, int position = 1)
    {
        Process process = new(name) { Code = code, Description = description, Position = position };
        db.Processes.Add(process);
        await db.SaveChangesAsync(cancel);
        return process;
    }

    /// <summary>Changes what is known about a step of production.</summary>
    /// <param name="version">The version that was read: the change is refused if the process has changed since.</param>
    /// <param name="position">Its place in the line, from 1.</param>
    [Error<NotFound, Duplicate, Conflict>]
    public static async Task<Process> UpdateProcess(
        [ID<Process>] long id, int? version, Optional<string> name, Optional<string?> code, Optional<string?> description, Optional<int> position, CmmsDb db, CancellationToken cancel)
    {
        var process = await db.FindVersion<Process>(id, version, cancel);
        process.Name = name.Or(process.Name);
        process.Code = code.Or(process.Code);
        process.Description = description.Or(process.Description);
        process.Position = position.Or(process.Position);
        await db.SaveChangesAsync(cancel);
        return process;
    }

    /// <summary>Puts a step of production away: kept for its history and its machines, offered for nothing new.</summary>
    [Error<NotFound>]
    public static async Task<Process> ArchiveProcess([ID<Process>] long id, CmmsDb db, CancellationToken cancel)
    {
        var process = await db.Find<Process>(id, cancel);
        process.Archive();
        await db.SaveChangesAsync(cancel);
        return process;
    }

    /// <summary>Takes an archived step of production up again.</summary>
    [Error<NotFound>]
    public static async Task<Process> RestoreProcess([ID<Process>] long id, CmmsDb db, CancellationToken cancel)
    {
        var process = await db.Find<Process>(id, cancel);
        process.Restore();
        await db.SaveChangesAsync(cancel);
        return process;
    }
}
