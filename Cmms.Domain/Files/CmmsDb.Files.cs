using Cmms.Domain.Files;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Persistence;

public sealed partial class CmmsDb
{
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<StoredFile> StoredFiles => Set<StoredFile>();
}
