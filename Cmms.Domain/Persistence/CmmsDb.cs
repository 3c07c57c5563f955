using Cmms.Domain.Persistence.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Cmms.Domain.Persistence;

/// <summary>The one DbContext. Leased only through <see cref="CmmsDbFactory"/>, for one scope.</summary>
public sealed partial class CmmsDb(DbContextOptions<CmmsDb> options) : DbContext(options)
{
    private Scope? _scope;
    private WriteTransaction? _transaction;
    private bool? _isSqlite;

    /// <summary>Whose rows this lease sees.</summary>
    public Scope Scope => _scope ?? throw new InvalidOperationException("This context has no scope: lease it from CmmsDbFactory, and not after its return.");

    /// <summary>Who changes, when and why; only within a write transaction.</summary>
    public Change Change => (_transaction ?? throw new InvalidOperationException("Changes need a write transaction: CmmsDbFactory.BeginAsync.")).Change;

    public Instant Now => Change.At;
    public Actor Actor => Change.By;

    // The query filters read these of whichever context runs the query: null sees every customer, and no row has a site 0.
    internal long? CustomerFilter => Scope.CustomerId;
    internal long SiteFilter => Scope.SiteId ?? 0;
    internal long[]? KnownSites => Scope.Sites;
    internal bool IsSqlite => _isSqlite ??= Database.IsSqlite(); // EF Core looks at an assembly's attributes each time

    internal CmmsDb Lease(Scope scope)
    {
        _scope = scope;
        ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always; // without a transaction SQLite's WAL grows for ever
        Database.AutoSavepointsEnabled = false; // any failure rolls the whole transaction back
        return this;
    }

    internal void Enter(WriteTransaction transaction)
    {
        _transaction = transaction;
        ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        ChangeTracker.Tracking += OwnNew;
    }

    /// <summary>From all to one customer, or from a customer to one of its sites; never wider.</summary>
    internal void Narrow(Scope scope)
    {
        if (!Scope.Contains(scope)) throw new InvalidOperationException("A scope can only be narrowed.");
        _scope = scope;
    }

    /// <summary>To another scope within that in which the transaction began, which has made sure of it.</summary>
    internal void Turn(Scope scope) => _scope = scope;

    /// <summary>Forgets every row that it knows; what is found from now on is tracked, or only read.</summary>
    internal void Track(bool tracks)
    {
        ChangeTracker.Clear();
        ChangeTracker.QueryTrackingBehavior = tracks ? QueryTrackingBehavior.TrackAll : QueryTrackingBehavior.NoTracking;
    }

    public override void Dispose()
    {
        Return();
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        Return();
        return base.DisposeAsync();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>(); // the mappings name the indexes that are worth their writes
        if (IsSqlite) configurationBuilder.Properties<Instant>().HaveConversion<InstantAsMicroseconds>();
        else configurationBuilder.Properties<Instant>().HaveConversion<InstantAsTimestamp>();
        if (!IsSqlite) configurationBuilder.Properties<DateTime>().HaveColumnType("timestamp without time zone"); // local times; moments are Instants
        configurationBuilder.Properties<Quantity>().HaveConversion<QuantityAsThousandths>();
        configurationBuilder.Properties<Money>().HaveConversion<MoneyAsTenThousandths>();
        configurationBuilder.Properties<Actor>().HaveConversion<ActorAsText>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<DurationAsMicroseconds>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CmmsDb).Assembly);
        if (IsSqlite) modelBuilder.Ignore<RateBucket>();
        SchemaConventions.Apply(modelBuilder, this);
    }

    private void OwnNew(object? sender, EntityTrackingEventArgs added)
    {
        if (added.State is not EntityState.Added || added.Entry.Entity is not CustomerEntity row) return;
        // By way of the entry: EF Core has put a value of its own in place of an owner that it does not know.
        if (row.CustomerId == 0 && CustomerFilter is not null) added.Entry.Property(nameof(CustomerEntity.CustomerId)).CurrentValue = CustomerFilter;
        if (row is SiteEntity { SiteId: 0 } && SiteFilter != 0) added.Entry.Property(nameof(SiteEntity.SiteId)).CurrentValue = SiteFilter;
    }

    private void Return()
    {
        ChangeTracker.Tracking -= OwnNew;
        (_scope, _transaction) = (null, null);
    }
}
