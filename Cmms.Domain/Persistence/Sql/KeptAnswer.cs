using Cmms.Domain.Organization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Persistence.Sql;

/// <summary>What one root field of a mutation answered that came with an idempotency key; the credential that sent it may have it again.</summary>
internal sealed class KeptAnswer
{
    private KeptAnswer() { } // EF Core

    public long CustomerId { get; private set; }
    public Actor Credential { get; private set; }
    /// <summary>What the client calls its request.</summary>
    public string Key { get; private set; } = "";
    /// <summary>The root field's place in the document.</summary>
    public int Ordinal { get; private set; }
    /// <summary>What the request asks, so that another one under the same key is recognised.</summary>
    public byte[] Fingerprint { get; private set; } = [];
    public Instant KeptAt { get; private set; }
    /// <summary>The field as it stands in the response.</summary>
    public byte[] Field { get; private set; } = [];
    /// <summary>The errors that belong to it.</summary>
    public byte[] Errors { get; private set; } = [];
}

internal sealed class KeptAnswerMapping : IEntityTypeConfiguration<KeptAnswer>
{
    public void Configure(EntityTypeBuilder<KeptAnswer> builder)
    {
        builder.HasAnnotation(Annotations.WrittenBySql, true);
        builder.HasKey(x => new { x.CustomerId, x.Credential, x.Key, x.Ordinal });
        builder.HasOne<Customer>().WithMany().HasForeignKey(x => x.CustomerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(x => x.KeptAt);
    }
}
