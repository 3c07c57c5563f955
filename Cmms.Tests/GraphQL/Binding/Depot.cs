using Cmms.Domain.Persistence;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;
using Engines.GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Cmms.Tests.GraphQL.Binding;

/// <summary>A small database: boxes stand on shelves.</summary>
public sealed class Depot(DbContextOptions<Depot> options, Action closed) : DbContext(options)
{
    public DbSet<Shelf> Shelves => Set<Shelf>();
    public DbSet<Box> Boxes => Set<Box>();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        closed();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Shelf>().HasAlternateKey(s => new { s.SiteId, s.Id });
        modelBuilder.Entity<Box>(box =>
        {
            box.HasOne(b => b.Shelf).WithMany(s => s.Boxes).HasForeignKey(b => new { b.SiteId, b.ShelfId }).HasPrincipalKey(s => new { s.SiteId, s.Id });
            box.HasMany(b => b.Marks).WithOne().HasForeignKey("BoxId").IsRequired();
            box.Property(b => b.Seal).HasAnnotation(TypeRegistry.SecretAnnotation, true);
            box.Property(b => b.Value).HasConversion(new ValueConverter<Price, long>(p => p.Cents, cents => new Price(cents)));
            box.Metadata.AddProperty("NameFolded", typeof(string)).IsNullable = true;
            box.HasQueryFilter(b => !b.IsForeign);
        });
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries<Box>()) entry.Property("NameFolded").CurrentValue = entry.Entity.Name.ToLowerInvariant();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }
}

/// <summary>A shelf.</summary>
public sealed class Shelf
{
    public long Id { get; init; }
    /// <summary>Not shown: part of a key.</summary>
    public long SiteId { get; init; } = 1;
    /// <summary>What it is called.</summary>
    public string Name { get; set; } = "";
    /// <summary>What it costs.</summary>
    public int Rent { get; set; }
    /// <summary>What stands on it.</summary>
    public List<Box> Boxes { get; } = [];
}

/// <summary>A box.</summary>
public sealed class Box
{
    public long Id { get; init; }
    public long SiteId { get; init; } = 1;
    /// <summary>What it is called.</summary>
    public string Name { get; set; } = "";
    /// <summary>What it is worth.</summary>
    public Price Value { get; set; }
    /// <summary>Where it stands.</summary>
    public Shelf? Shelf { get; set; }
    /// <summary>Hidden: it backs a relation.</summary>
    public long? ShelfId { get; set; }
    /// <summary>What the model keeps secret.</summary>
    public string Seal { get; set; } = "sealed";
    /// <summary>Of another site.</summary>
    public bool IsForeign { get; set; }
    /// <summary>What is written on it.</summary>
    public List<Mark> Marks { get; } = [];
}

/// <summary>A mark on a box.</summary>
public sealed class Mark
{
    public long Id { get; init; }
    /// <summary>What it says.</summary>
    public string Text { get; set; } = "";
}

[ObjectType<Shelf>, Boss(Properties = [nameof(Shelf.Rent)])]
internal static class ShelfFields
{
    /// <summary>How many boxes stand on it.</summary>
    public static Task<Dictionary<long, int>> BoxCount(IReadOnlyList<long> shelfIds, Depot db, CancellationToken cancel) =>
        db.Boxes.Where(b => shelfIds.Contains(b.ShelfId!.Value)).GroupBy(b => b.ShelfId!.Value).ToDictionaryAsync(g => g.Key, g => g.Count(), cancel);
}

[ObjectType<Box>, Hide(nameof(Box.IsForeign)), Plain(nameof(Box.Marks)), UseSearch(nameof(Box.Name)), OrderBy(nameof(Box.Name))]
internal static class BoxFields;

/// <summary>What a shelf holds.</summary>
/// <param name="Shelf">The shelf's name.</param>
/// <param name="Boxes">How many boxes.</param>
public sealed record ShelfTotal(string Shelf, int Boxes);

[ObjectType<ShelfTotal>]
internal static class ShelfTotalFields;

[ObjectType<Mark>(Node = false)]
internal static class MarkFields;

[QueryType]
internal static class DepotQueries
{
    /// <summary>The boxes.</summary>
    /// <param name="atLeast">What they must be worth.</param>
    [UsePaging, UseFiltering, UseSorting]
    public static IQueryable<Box> Boxes(Depot db, Price? atLeast = null) => atLeast is { } least ? db.Boxes.Where(b => b.Value == least) : db.Boxes;

    /// <summary>The shelves.</summary>
    public static IQueryable<Shelf> Shelves(Depot db) => db.Shelves.OrderBy(s => s.Name);

    /// <summary>What each shelf holds.</summary>
    public static IQueryable<ShelfTotal> Totals(Depot db) => db.Shelves.OrderBy(s => s.Id).Select(s => new ShelfTotal(s.Name, s.Boxes.Count));

    /// <summary>Shelves, page by page in a way of their own.</summary>
    /// <param name="first">How many.</param>
    [ConnectionOf<Shelf>]
    public static async Task<Connection> Walk(Depot db, int first, CancellationToken cancel) =>
        new([.. (await db.Shelves.OrderByDescending(s => s.Id).Take(first).ToListAsync(cancel)).Select(s => new Edge(s, $"at {s.Name}"))], true, false, 2);

    /// <summary>One box.</summary>
    /// <param name="id">Its id.</param>
    public static Task<Box?> Box([ID<Box>] long id, Depot db, CancellationToken cancel) => db.Boxes.FirstOrDefaultAsync(b => b.Id == id, cancel);
}

[MutationType]
internal static class DepotMutations
{
    /// <summary>Puts a box on a shelf.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shelfId">The shelf.</param>
    [Error<Missing>]
    public static async Task<Box> AddBox(string name, [ID<Shelf>] long? shelfId, Depot db, CancellationToken cancel)
    {
        if (shelfId is { } id && !await db.Shelves.AnyAsync(s => s.Id == id, cancel)) throw new Missing("Shelf", "shelfId");
        var box = new Box { Name = name, ShelfId = shelfId };
        db.Add(box);
        await db.SaveChangesAsync(cancel);
        return box;
    }
}

/// <summary>A depot with two shelves and three boxes (and one of another site), and its schema.</summary>
internal sealed class DepotKit
{
    private readonly DbContextOptions<Depot> _options;

    private DepotKit(DatabaseOptions database)
    {
        _options = new DbContextOptionsBuilder<Depot>().UseSqlite(database.ConnectionString, s => s.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)).Options;
        using var db = Open();
        var options = new BindingOptions { FoldedOf = p => p.DeclaringType.FindProperty($"{p.Name}Folded"), Fold = text => text.ToLowerInvariant() }
            .MapLeaf<Price, decimal>("Decimal", p => p.Cents / 100m, Price.Of).ErrorField(e => (e as GarageError)?.Field)
            .DbContext<Depot>(_ => new ValueTask<DbLease>(new DbLease(Open(), Owned: true)));
        Schema = new SchemaBuilder(options).UseModel(db.Model)
            .AddTypes(typeof(ShelfFields), typeof(BoxFields), typeof(MarkFields), typeof(ShelfTotalFields), typeof(DepotQueries), typeof(DepotMutations)).Build();
    }

    public Schema Schema { get; }
    /// <summary>Contexts that were lent and are not back yet.</summary>
    public int Lent => _lent;
    private int _lent;

    public static async Task<DepotKit> CreateAsync()
    {
        var database = await TestDatabase.EmptyAsync(DatabaseProvider.Sqlite);
        var kit = new DepotKit(database);
        await using var db = kit.Open();
        await TestDatabase.ExecuteAsync(database, db.Database.GenerateCreateScript());
        var (left, right) = (new Shelf { Id = 1, Name = "left" }, new Shelf { Id = 2, Name = "right" });
        var nails = new Box { Id = 1, Name = "Nails", Value = new Price(1050), Shelf = left };
        nails.Marks.AddRange([new Mark { Text = "sharp" }, new Mark { Text = "steel" }]);
        db.AddRange(left, right, nails, new Box { Id = 2, Name = "Screws", Value = new Price(2000), Shelf = left }, new Box { Id = 3, Name = "Tape" }, new Box { Id = 4, Name = "Theirs", IsForeign = true });
        await db.SaveChangesAsync();
        return kit;
    }

    public Task<string> Ask(string document, string? variables = null) => Execution.Kit.Ask(
        Execution.Kit.Executor(Schema, new() { OnError = failure => throw new InvalidOperationException(failure.Exception.Message, failure.Exception) }), document, variables);

    private Depot Open()
    {
        Interlocked.Increment(ref _lent);
        return new Depot(_options, () => Interlocked.Decrement(ref _lent));
    }
}
