using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Events;

/// <summary>One entry of the event log: what happened, to what, by whom, when and why. It never changes.</summary>
public sealed class Event
{
    private Event() { } // EF Core

    public long CustomerId { get; private set; }

    /// <summary>Its number among the customer's events.</summary>
    public long Id => Position;

    /// <summary>Counts the customer's events; the order of positions is the order of commits.</summary>
    public long Position { get; private set; }

    /// <summary>The site whose own it is, or that it is about; null for what belongs to the customer.</summary>
    public long? SiteId { get; private set; }

    /// <summary>What happened, such as <c>WorkOrderStarted</c>.</summary>
    public string Type { get; private set; } = "";

    /// <summary>The type of what changed.</summary>
    public string SubjectType { get; private set; } = "";

    public long SubjectId { get; private set; }
    public Actor Actor { get; private set; }

    /// <summary>The API key by which a person did it; null for their own session, a policy or the system.</summary>
    public long? ByKey { get; private set; }

    /// <summary>The request, or the run of a policy, that it was part of.</summary>
    public string? RequestId { get; private set; }

    /// <summary>The position of the event that led to this one.</summary>
    public long? CausePosition { get; private set; }

    /// <summary>When it happened.</summary>
    public Instant At { get; private set; }

    /// <summary>Why, in the words of who did it.</summary>
    public string? Reason { get; private set; }

    /// <summary>The reason as it is searched.</summary>
    public string? ReasonFolded { get; private set; }

    /// <summary>JSON: <c>{ field: [before, after] }</c> under the names of the schema.</summary>
    public string Changes { get; private set; } = "{}";

    /// <summary>Whether it may be read in a scope of its customer, as the query filter has it.</summary>
    public bool IsWithin(Scope scope) =>
        SiteId is not { } site || site == scope.SiteId || (SubjectType is nameof(Site) or nameof(UserRole) && scope.Knows(site));
}

internal sealed class EventMapping : IEntityTypeConfiguration<Event>
{
    public void Configure(EntityTypeBuilder<Event> builder)
    {
        builder.HasAnnotation(Annotations.WrittenBySql, true);
        builder.HasKey(x => new { x.CustomerId, x.Position });
        builder.Ignore(x => x.Id);
        builder.Property(x => x.Position).ValueGeneratedNever();
        builder.Property(x => x.ByKey).HasColumnName("key_id"); // no reference, as the actor is none: the log outlives what it speaks of
        builder.Property(x => x.ReasonFolded);
        builder.HasIndex(x => new { x.CustomerId, x.SubjectType, x.SubjectId, x.Position });
        builder.HasIndex(x => new { x.CustomerId, x.Type, x.Position });
        builder.HasIndex(x => new { x.CustomerId, x.Actor, x.Position });
        builder.HasIndex(x => new { x.CustomerId, x.At, x.Position });
        builder.HasIndex(x => new { x.CustomerId, x.RequestId, x.Position }).HasFilter("\"request_id\" IS NOT NULL");
        builder.HasIndex(x => new { x.CustomerId, x.CausePosition, x.Position }).HasFilter("\"cause_position\" IS NOT NULL");
        builder.HasOne<Customer>().WithMany().HasForeignKey(x => x.CustomerId).OnDelete(DeleteBehavior.Restrict);
        SchemaConventions.ReferToSite(builder.Metadata);
    }
}
