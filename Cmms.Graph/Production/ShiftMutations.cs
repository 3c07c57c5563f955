using Cmms.Domain;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Production;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Production;

[MutationType, Authorize(Permission.ManageProduction)]
internal static class ShiftMutations
{
    /// <summary>Adds a shift to the site's calendar.</summary>
    /// <param name="from">When it begins, local time.</param>
    /// <param name="to">When it ends, local time; the same as or before its beginning: on the next day.</param>
    /// <param name="weekdays">ISO weekdays on which it begins, 1 is Monday; none: on every day.</param>
    [Error<Duplicate>]
    public static async Task<Shift> CreateShift(string name, TimeOnly from, TimeOnly to, IReadOnlyList<int>? weekdays, CmmsDb db, CancellationToken cancel)
    {
        Shift shift = new(name, from, to);
        shift.RunOn(weekdays);
        db.Shifts.Add(shift);
        await db.SaveChangesAsync(cancel);
        return shift;
    }

    /// <summary>Changes a shift, for every day: also what was is then looked at by its new hours.</summary>
    /// <param name="version">The version that was read: the change is refused if the shift has changed since.</param>
    /// <param name="from">When it begins, local time.</param>
    /// <param name="to">When it ends, local time; the same as or before its beginning: on the next day.</param>
    /// <param name="weekdays">ISO weekdays on which it begins, 1 is Monday; none: on every day.</param>
    [Error<NotFound, Duplicate, Conflict>]
    public static async Task<Shift> UpdateShift(
        [ID<Shift>] long id, int? version, Optional<string> name, Optional<TimeOnly> from, Optional<TimeOnly> to, Optional<IReadOnlyList<int>?> weekdays, CmmsDb db, CancellationToken cancel)
    {
        var shift = await db.FindVersion<Shift>(id, version, cancel);
        shift.Name = name.Or(shift.Name);
        shift.From = from.Or(shift.From);
        shift.To = to.Or(shift.To);
        if (weekdays.IsSet) shift.RunOn(weekdays.Value);
        await db.SaveChangesAsync(cancel);
        return shift;
    }

    /// <summary>Puts a shift away: it is no longer worked.</summary>
    [Error<NotFound>]
    public static async Task<Shift> ArchiveShift([ID<Shift>] long id, CmmsDb db, CancellationToken cancel)
    {
        var shift = await db.Find<Shift>(id, cancel);
        shift.Archive();
        await db.SaveChangesAsync(cancel);
        return shift;
    }

    /// <summary>Takes an archived shift up again.</summary>
    [Error<NotFound>]
    public static async Task<Shift> RestoreShift([ID<Shift>] long id, CmmsDb db, CancellationToken cancel)
    {
        var shift = await db.Find<Shift>(id, cancel);
        shift.Restore();
        await db.SaveChangesAsync(cancel);
        return shift;
    }
}
