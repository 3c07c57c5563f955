using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Persistence;

public sealed partial class CmmsDb
{
    /// <summary>Within a write transaction alone. Stamps, checks the scope, folds texts and puts the changes on record.</summary>
    /// <exception cref="Duplicate"/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var transaction = _transaction ?? throw new InvalidOperationException("Changes need a write transaction: CmmsDbFactory.BeginAsync.");
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false; // else every look at the entries would detect them again
        var saved = true;
        try
        {
            var saving = await Saving.PrepareAsync(this, cancellationToken);
            if (saving.IsEmpty) return 0;
            saved = false;
            var count = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            transaction.Record(saving.Drafts());
            saved = true;
            return count;
        }
        catch (DbUpdateException exception) when (Violations.Translate(this, exception) is { } error)
        {
            throw error;
        }
        finally
        {
            if (!saved) transaction.Fail();
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <inheritdoc cref="WriteTransaction.UndoAtEnd"/>
    internal void UndoAtEnd() => (_transaction ?? throw new InvalidOperationException("Nothing is open.")).UndoAtEnd();

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("SaveChangesAsync");
}
