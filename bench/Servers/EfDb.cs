using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Bench.Servers;

/// <summary>The tables that the EF Core server needs, as it would map them itself.</summary>
internal sealed class EfDb(DbContextOptions<EfDb> options) : DbContext(options)
{
    public DbSet<EfKey> Keys => Set<EfKey>();
    public DbSet<EfOrder> Orders => Set<EfOrder>();
    public DbSet<EfTechnician> Technicians => Set<EfTechnician>();
    public DbSet<EfLocation> Locations => Set<EfLocation>();
    public DbSet<EfEvent> Events => Set<EfEvent>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<EfKey>().ToTable("api_key");
        modelBuilder.Entity<EfUser>().ToTable("user");
        modelBuilder.Entity<EfRole>(role =>
        {
            role.ToTable("user_role");
            role.HasOne(r => r.User).WithMany(u => u.Roles).HasForeignKey(r => r.UserId);
        });
        modelBuilder.Entity<EfSite>().ToTable("site");
        modelBuilder.Entity<EfOrder>().ToTable("work_order");
        modelBuilder.Entity<EfAsset>().ToTable("asset");
        modelBuilder.Entity<EfLocation>(location =>
        {
            location.ToTable("location");
            location.Property(l => l.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<EfTechnician>(technician =>
        {
            technician.ToTable("work_order_technician");
            technician.HasKey(t => new { t.SiteId, t.WorkOrderId, t.UserId });
            technician.HasOne<EfOrder>().WithMany(o => o.Technicians).HasForeignKey(t => new { t.SiteId, t.WorkOrderId }).HasPrincipalKey(o => new { o.SiteId, o.Id });
        });
        modelBuilder.Entity<EfEvent>(entry =>
        {
            entry.ToTable("event");
            entry.HasKey(e => new { e.CustomerId, e.Position });
        });
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(t => t.GetProperties())) property.SetColumnName(Snake(property.Name));
    }

    private static string Snake(string name)
    {
        var snake = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && snake.Length > 0) snake.Append('_');
            snake.Append(char.ToLowerInvariant(letter));
        }
        return snake.ToString();
    }
}

internal sealed class EfKey
{
    public long Id { get; set; }
    public string Hash { get; set; } = "";
    public long UserId { get; set; }
    public long CustomerId { get; set; }
    public long? RevokedAt { get; set; }
    public long? ExpiresAt { get; set; }
    public EfUser User { get; set; } = null!;
}

internal sealed class EfUser
{
    public long Id { get; set; }
    public string Name { get; set; } = "";
    public string FullNameFolded { get; set; } = "";
    public string Status { get; set; } = "";
    public List<EfRole> Roles { get; set; } = [];
}

internal sealed class EfRole
{
    public long Id { get; set; }
    public long UserId { get; set; }
    public long SiteId { get; set; }
    public string Role { get; set; } = "";
    public EfUser User { get; set; } = null!;
    public EfSite Site { get; set; } = null!;
}

internal sealed class EfSite
{
    public long Id { get; set; }
    public string Code { get; set; } = "";
    public string Status { get; set; } = "";
}

internal sealed class EfOrder
{
    public long Id { get; set; }
    public long SiteId { get; set; }
    public string Code { get; set; } = "";
    public string Title { get; set; } = "";
    public string? Description { get; set; }
    public int Priority { get; set; }
    public string Phase { get; set; } = "";
    public long? DueAt { get; set; }
    public long? ArchivedAt { get; set; }
    public long CreatedAt { get; set; }
    public int Version { get; set; }
    public long? AssetId { get; set; }
    public EfAsset? Asset { get; set; }
    public List<EfTechnician> Technicians { get; set; } = [];
}

internal sealed class EfAsset
{
    public long Id { get; set; }
    public string Name { get; set; } = "";
    public long? LocationId { get; set; }
    public EfLocation? Location { get; set; }
}

internal sealed class EfLocation
{
    public long Id { get; set; }
    public long SiteId { get; set; }
    public string Name { get; set; } = "";
    public string? Description { get; set; }
    public string? DescriptionFolded { get; set; }
    public int Version { get; set; }
    public long UpdatedAt { get; set; }
    public string UpdatedBy { get; set; } = "";
}

internal sealed class EfTechnician
{
    public long SiteId { get; set; }
    public long WorkOrderId { get; set; }
    public long UserId { get; set; }
    public EfUser User { get; set; } = null!;
}

internal sealed class EfEvent
{
    public long CustomerId { get; set; }
    public long Position { get; set; }
    public long? SiteId { get; set; }
    public string Type { get; set; } = "";
    public string SubjectType { get; set; } = "";
    public long SubjectId { get; set; }
    public string Actor { get; set; } = "";
    public string? RequestId { get; set; }
    public long At { get; set; }
    public string Changes { get; set; } = "{}";
}
