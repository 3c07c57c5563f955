using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Events;

/// <summary>The last position of a customer's event log. Its row lock makes the order of positions the order of commits.</summary>
internal sealed class EventHead
{
    private EventHead() { } // EF Core

    public long CustomerId { get; private set; }
    public long Position { get; private set; }
}

internal sealed class EventHeadMapping : IEntityTypeConfiguration<EventHead>
{
    public void Configure(EntityTypeBuilder<EventHead> builder)
    {
        builder.HasAnnotation(Annotations.WrittenBySql, true);
        builder.HasKey(x => x.CustomerId);
        builder.Property(x => x.CustomerId).ValueGeneratedNever();
        builder.HasOne<Customer>().WithMany().HasForeignKey(x => x.CustomerId).OnDelete(DeleteBehavior.Restrict);
    }
}
