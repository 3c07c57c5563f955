using Cmms.Domain;
using Cmms.Domain.Persistence;
using Cmms.Domain.Persistence.Sql;

namespace Cmms.Graph;

/// <summary>Whether the database had room when something was last written. Once it had none, it is tried out before it is said to be ready again.</summary>
internal sealed class Room(CmmsDbFactory factory, TimeProvider clock)
{
    private volatile bool _isFull;

    /// <summary>A write found no room.</summary>
    public void Lacked() => _isFull = true;

    public async Task<bool> IsThereAsync(CancellationToken cancel)
    {
        if (_isFull && await Storage.HasRoomAsync(factory, new Change(default, clock.Now), cancel)) _isFull = false;
        return !_isFull;
    }
}
