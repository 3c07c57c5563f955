namespace Cmms.Domain.Files;

/// <summary>The content of attachments, a file in the <see cref="FileStore"/>. It stays while any attachment refers to it.</summary>
public sealed class StoredFile
{
    private StoredFile() { } // EF Core

    internal StoredFile(long customerId, string name, Instant storedAt) => (CustomerId, Name, StoredAt) = (customerId, name, storedAt);

    public long CustomerId { get; private set; }

    /// <summary>What it is called there: 128 random bits, which also sign its addresses.</summary>
    public string Name { get; private set; } = "";

    public Instant StoredAt { get; private set; }
}
