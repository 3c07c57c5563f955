using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Cmms.Tests.GraphQL.Data;

/// <summary>A small model with every kind of column and relation that the engine meets.</summary>
public sealed class Workshop(DbContextOptions<Workshop> options) : DbContext(options)
{
    /// <summary>Whose machines and plants are seen.</summary>
    public long Site { get; init; } = 1;

    public DbSet<Machine> Machines => Set<Machine>();
    public DbSet<Plant> Plants => Set<Plant>();
    public DbSet<Part> Parts => Set<Part>();
    public DbSet<Tag> Tags => Set<Tag>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Plant>(plant =>
        {
            plant.HasQueryFilter(p => p.SiteId == Site);
            plant.HasAlternateKey(p => new { p.SiteId, p.Id });
            Folded(plant.Property(p => p.Name).Metadata);
        });
        modelBuilder.Entity<Machine>(machine =>
        {
            machine.HasQueryFilter(m => m.SiteId == Site);
            machine.HasAlternateKey(m => new { m.SiteId, m.Id });
            machine.HasOne(m => m.Plant).WithMany(p => p.Machines).HasForeignKey(m => new { m.SiteId, m.PlantId }).HasPrincipalKey(p => new { p.SiteId, p.Id });
            machine.HasOne(m => m.Parent).WithMany(m => m.Children).HasForeignKey(m => new { m.SiteId, m.ParentId }).HasPrincipalKey(m => new { m.SiteId, m.Id });
            machine.HasOne(m => m.Manual).WithOne(m => m.Machine).HasForeignKey<Manual>("MachineId");
            machine.HasMany(m => m.Tags).WithMany(t => t.Machines).UsingEntity<Dictionary<string, object>>(
                "MachineTag", j => j.HasOne<Tag>().WithMany().HasForeignKey("TagId"), j => j.HasOne<Machine>().WithMany().HasForeignKey("MachineId"));
            machine.Property(m => m.Grade).HasConversion<string>();
            Folded(machine.Property(m => m.Name).Metadata);
            Folded(machine.Property(m => m.Note).Metadata);
        });
        modelBuilder.Entity<Part>(part =>
        {
            part.HasOne(p => p.Machine).WithMany(m => m.Parts).HasForeignKey(p => new { p.SiteId, p.MachineId }).HasPrincipalKey(m => new { m.SiteId, m.Id });
            Folded(part.Property(p => p.Name).Metadata);
        });
        modelBuilder.Entity<Tag>(tag => Folded(tag.Property(t => t.Name).Metadata));
        if (Database.ProviderName!.EndsWith("PostgreSQL", StringComparison.Ordinal))
            foreach (var text in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()).Where(p => p.ClrType == typeof(string) || p.GetProviderClrType() == typeof(string)))
                text.SetCollation("C");
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.Properties<Grams>().HaveConversion<GramsAsNumber>();

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries())
            foreach (var folded in entry.Properties.Where(p => p.Metadata.Name.EndsWith("Folded", StringComparison.Ordinal)))
                folded.CurrentValue = entry.Property(folded.Metadata.Name[..^6]).CurrentValue is string text ? Fold(text) : null;
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public static string Fold(string text)
    {
        var folded = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark) folded.Append(char.ToLowerInvariant(c));
        return folded.ToString();
    }

    private static void Folded(IMutableProperty text) =>
        ((IMutableEntityType)text.DeclaringType).AddProperty($"{text.Name}Folded", typeof(string)).IsNullable = text.IsNullable;

    private sealed class GramsAsNumber() : ValueConverter<Grams, long>(grams => grams.Value, number => new Grams(number));
}

/// <summary>A value type of its own, as amounts and instants are: a number in the database.</summary>
public readonly record struct Grams(long Value) : IComparable<Grams>
{
    public int CompareTo(Grams other) => Value.CompareTo(other.Value);
    public static bool operator <(Grams left, Grams right) => left.Value < right.Value;
    public static bool operator >(Grams left, Grams right) => left.Value > right.Value;
    public static bool operator <=(Grams left, Grams right) => left.Value <= right.Value;
    public static bool operator >=(Grams left, Grams right) => left.Value >= right.Value;
}

public enum Grade { Poor, Fair, Good }

public sealed class Plant
{
    public long Id { get; set; }
    public long SiteId { get; set; } = 1;
    public string Name { get; set; } = "";
    public int? Floors { get; set; }
    public List<Machine> Machines { get; } = [];
}

public sealed class Machine
{
    public long Id { get; set; }
    public long SiteId { get; set; } = 1;
    public string Name { get; set; } = "";
    public string? Note { get; set; }
    public string? Code { get; set; }
    public int Number { get; set; }
    public int? Rank { get; set; }
    public Grams Weight { get; set; }
    public Grams? Load { get; set; }
    public DateOnly? Built { get; set; }
    public Grade Grade { get; set; }
    public Grade? Wear { get; set; }
    public bool Active { get; set; }
    public bool? Rented { get; set; }
    public bool IsHeavy => Weight.Value > 100;
    public long? PlantId { get; set; }
    public Plant? Plant { get; set; }
    public long? ParentId { get; set; }
    public Machine? Parent { get; set; }
    public Manual? Manual { get; set; }
    public List<Machine> Children { get; } = [];
    public List<Part> Parts { get; } = [];
    public List<Tag> Tags { get; } = [];
}

/// <summary>One to one, with a foreign key that the class does not show.</summary>
public sealed class Manual
{
    public long Id { get; set; }
    public string Title { get; set; } = "";
    public Machine? Machine { get; set; }
}

public sealed class Part
{
    public long Id { get; set; }
    public long SiteId { get; set; } = 1;
    public string Name { get; set; } = "";
    public int? Quantity { get; set; }
    public long MachineId { get; set; }
    public Machine Machine { get; set; } = null!;
}

public sealed class Tag
{
    public long Id { get; set; }
    public string Name { get; set; } = "";
    public List<Machine> Machines { get; } = [];
}
