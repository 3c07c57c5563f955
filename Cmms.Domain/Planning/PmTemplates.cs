using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;

namespace Cmms.Domain.Planning;

/// <summary>Replaces what the orders of a schedule are made of.</summary>
public static class PmTemplates
{
    extension(CmmsDb db)
    {
        /// <summary>The next of the site's schedule codes.</summary>
        public async Task<string> NextPmCode(CancellationToken cancel) => $"PM-{await db.NextNumber("pm_schedule", cancel):D6}";

        /// <exception cref="NotFound"/>
        public async Task SetAssets(PmSchedule schedule, IReadOnlyCollection<long> assetIds, CancellationToken cancel)
        {
            await db.Entry(schedule).Collection(s => s.Assets).LoadAsync(cancel);
            schedule.Maintain(await db.FindAll<Asset>(assetIds, cancel));
        }

        /// <exception cref="NotFound"/>
        /// <exception cref="InvalidValue">Someone who cannot be assigned to work.</exception>
        public async Task SetTechnicians(PmSchedule schedule, IReadOnlyCollection<long> technicianIds, CancellationToken cancel)
        {
            await db.Entry(schedule).Collection(s => s.Technicians).LoadAsync(cancel);
            var technicians = await db.FindAll<User>(technicianIds, cancel);
            if (technicians.FirstOrDefault(t => !t.IsAssignable) is { } idle) throw new InvalidValue(nameof(technicianIds), $"names {idle.FullName}, who cannot be assigned to work");
            schedule.Staff(technicians);
        }

        /// <exception cref="NotFound"/>
        public async Task SetVendors(PmSchedule schedule, IReadOnlyCollection<long> vendorIds, CancellationToken cancel)
        {
            await db.Entry(schedule).Collection(s => s.Vendors).LoadAsync(cancel);
            schedule.SupplyFrom(await db.FindAll<Vendor>(vendorIds, cancel));
        }

        /// <exception cref="NotFound"/>
        public async Task SetParts(PmSchedule schedule, IReadOnlyCollection<PartToBuy> lines, CancellationToken cancel)
        {
            await db.Entry(schedule).Collection(s => s.Parts).LoadAsync(cancel);
            if (lines.DistinctBy(l => l.PartId).Count() < lines.Count) throw new InvalidValue("parts", "must name a part once only");
            var parts = (await db.FindAll<Part>([.. lines.Select(l => l.PartId)], i => $"parts[{i}].partId", cancel)).ToDictionary(p => p.Id);
            foreach (var (i, line) in lines.Index()) Check.Positive(line.Quantity, $"parts[{i}].quantity");
            db.PmParts.RemoveRange(schedule.Parts);
            await db.SaveChangesAsync(cancel);
            db.PmParts.AddRange(lines.Select(l => new PmPart(schedule, parts[l.PartId], l.Quantity)));
        }

        public async Task SetChecklist(PmSchedule schedule, IReadOnlyCollection<string> lines, CancellationToken cancel)
        {
            await db.Entry(schedule).Collection(s => s.Checklist).LoadAsync(cancel);
            db.PmChecklistItems.RemoveRange(schedule.Checklist);
            db.PmChecklistItems.AddRange(lines.Select((text, i) => new PmChecklistItem(schedule, i + 1, text)));
        }
    }
}
