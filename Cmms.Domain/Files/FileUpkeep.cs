using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Files;

/// <summary>Puts files that are kept in their place, and removes those that nothing refers to any more.</summary>
public static class FileUpkeep
{
    /// <summary>How long nobody removes a file that nothing refers to: by then the transaction in which it arrived has ended.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(1);
    private const int AtOnce = 200;

    public static async Task RunAsync(CmmsDbFactory factory, Instant now, CancellationToken cancel)
    {
        await RemoveAsync(factory, now, cancel);
        foreach (var arrived in factory.Files.Arrived().Chunk(AtOnce))
        {
            await using var db = factory.For(Scope.System);
            var names = arrived.Select(f => f.Name).ToList();
            var kept = await db.StoredFiles.Where(f => names.Contains(f.Name)).Select(f => f.Name).ToHashSetAsync(cancel);
            foreach (var (name, at) in arrived)
            {
                if (kept.Contains(name)) factory.Files.Settle(name);
                else if (at < now - Grace) factory.Files.Forget(name);
            }
        }
    }

    /// <summary>The rows go first: a file without one is lost to nobody, a row without a file would be.</summary>
    private static async Task RemoveAsync(CmmsDbFactory factory, Instant now, CancellationToken cancel)
    {
        var before = now - Grace;
        await using (var read = factory.For(Scope.System))
            if (!await Left(read, before).AnyAsync(cancel)) return;
        while (true)
        {
            await using var transaction = await factory.BeginAsync(Scope.System, new Change(Actor.System, now), cancel);
            var left = await Left(transaction.Db, before).OrderBy(f => f.StoredAt).Take(AtOnce).Select(f => f.Name).ToListAsync(cancel);
            if (left.Count == 0) return;
            await transaction.Db.StoredFiles.Where(f => left.Contains(f.Name)).ExecuteDeleteAsync(cancel);
            await transaction.CommitAsync(cancel);
            foreach (var name in left) factory.Files.Remove(name);
        }
    }

    private static IQueryable<StoredFile> Left(CmmsDb db, Instant before)
    {
        var attachments = db.AnybodysAttachments;
        return db.StoredFiles.Where(f => f.StoredAt < before && !attachments.Any(a => a.CustomerId == f.CustomerId && a.FileName == f.Name));
    }
}
