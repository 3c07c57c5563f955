using Cmms.Domain.Planning;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Persistence;

public sealed partial class CmmsDb
{
    public DbSet<PmSchedule> PmSchedules => Set<PmSchedule>();
    public DbSet<PmPart> PmParts => Set<PmPart>();
    public DbSet<PmChecklistItem> PmChecklistItems => Set<PmChecklistItem>();
    public DbSet<DatedOccurrence> DatedOccurrences => Set<DatedOccurrence>();
    public DbSet<MovedOccurrence> MovedOccurrences => Set<MovedOccurrence>();
    public DbSet<WorkingHours> WorkingHours => Set<WorkingHours>();
    public DbSet<NonWorkingDate> NonWorkingDates => Set<NonWorkingDate>();
}
