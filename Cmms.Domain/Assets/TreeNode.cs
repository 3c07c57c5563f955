namespace Cmms.Domain.Assets;

/// <summary>
/// Something in a tree: a location within a location, an asset within an asset. Its path, root and depth are kept beside it, so that lists
/// filter and sort by them; <see cref="Trees"/> keeps them right for a whole subtree.
/// </summary>
public abstract class TreeNode : SiteEntity
{
    /// <summary>Deep enough for any plant, and a bound on every walk.</summary>
    public const int Deepest = 12;

    private const string Separator = " > ";

    /// <summary>What people call it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The names from the top of the tree down to this one: <c>Building A &gt; Main Conference Room</c>.</summary>
    public string Path { get; private set; } = "";

    /// <summary>How many levels are above it.</summary>
    public int Depth { get; private set; }

    public long? ParentId { get; private set; }

    /// <summary>The top of its tree; null for the top itself, which cannot refer to a row that is only being written.</summary>
    public long? RootId { get; private set; }

    /// <summary>Put away: kept for its history, and offered for nothing new.</summary>
    public bool IsArchived { get; private set; }

    /// <summary>When it was put away.</summary>
    public Instant? ArchivedAt { get; private set; }

    /// <summary>Gives it a name and a place and derives the rest; its own descendants are <see cref="Trees"/>' affair.</summary>
    internal void Place(string name, TreeNode? parent)
    {
        if (parent is { Id: 0 }) throw new ArgumentException("A parent is saved before its children.", nameof(parent));
        var depth = parent is null ? 0 : parent.Depth + 1;
        if (depth >= Deepest) throw new InvalidValue(nameof(parent) + "Id", $"leads deeper than {Deepest} levels");
        Name = Check.Text(name);
        Path = parent is null ? Name : parent.Path + Separator + Name;
        (Depth, ParentId, RootId) = (depth, parent?.Id, parent is null ? null : parent.RootId ?? parent.Id);
        Attach(parent);
    }

    /// <summary>Sets the navigation to the parent, which only the concrete type can have.</summary>
    private protected abstract void Attach(TreeNode? parent);

    internal void Archive(Instant now)
    {
        if (IsArchived) return;
        (IsArchived, ArchivedAt) = (true, now);
        Raise(GetType().Name + "Archived");
    }

    internal void Restore()
    {
        if (!IsArchived) return;
        (IsArchived, ArchivedAt) = (false, null);
        Raise(GetType().Name + "Restored");
    }
}
