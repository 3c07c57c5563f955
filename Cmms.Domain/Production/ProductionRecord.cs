using Cmms.Domain.Assets;

namespace Cmms.Domain.Production;

/// <summary>What a machine made in a span of time. It is never changed or removed: what was wrong is put right by another line, below zero.</summary>
public sealed class ProductionRecord : SiteEntity
{
    private ProductionRecord() { } // EF Core

    internal ProductionRecord(Asset asset, ProductionOrder? order, Output made)
    {
        (Asset, AssetId) = (asset, asset.Id);
        (ProductionOrder, ProductionOrderId) = (order, order?.Id);
        (Quantity, Rejected) = (made.Quantity, made.Rejected);
        Unit = Check.OptionalText(made.Unit, 50, "unit") ?? order?.Unit ?? asset.CapacityUnit?.Split('/')[0].Trim();
        (StartedAt, EndedAt) = (made.StartedAt, made.EndedAt);
        Note = Check.OptionalText(made.Note, 2000, "note");
        Because(Note);
    }

    public long AssetId { get; private set; }
    /// <summary>The machine that made it.</summary>
    public Asset Asset { get; private set; } = null!;
    public long? ProductionOrderId { get; private set; }
    /// <summary>The order that it was made for.</summary>
    public ProductionOrder? ProductionOrder { get; private set; }
    /// <summary>How much was made and is good; below zero where an earlier line is put right.</summary>
    public Quantity Quantity { get; private set; }
    /// <summary>How much was made and thrown away.</summary>
    public Quantity Rejected { get; private set; }
    /// <summary>What it is counted in: that of the order, else that of the machine's capacity.</summary>
    public string? Unit { get; private set; }
    /// <summary>When the machine began to make it.</summary>
    public Instant StartedAt { get; private set; }
    /// <summary>When it was made.</summary>
    public Instant EndedAt { get; private set; }
    /// <summary>What there is to say about it.</summary>
    public string? Note { get; private set; }
}

/// <summary>What was made, as somebody says.</summary>
public sealed record Output(Quantity Quantity, Quantity Rejected, string? Unit, Instant StartedAt, Instant EndedAt, string? Note)
{
    /// <exception cref="InvalidValue"/>
    /// <exception cref="EndBeforeStart"/>
    internal void Verify(Instant now)
    {
        if (Quantity == Quantity.Zero && Rejected == Quantity.Zero) throw new InvalidValue("quantity", "must not be zero where nothing is rejected");
        if ((Quantity < Quantity.Zero || Rejected < Quantity.Zero) && string.IsNullOrWhiteSpace(Note)) throw new InvalidValue("note", "must say why an earlier line is put right");
        if (Check.Moment(EndedAt, "endedAt") > now) throw new InvalidValue("endedAt", "must not be in the future");
        EndBeforeStart.Check(Check.Moment(StartedAt, "startedAt"), EndedAt);
        if (EndedAt - StartedAt > TimeSpan.FromDays(7)) throw new InvalidValue("startedAt", "must not lie more than seven days before the end");
    }
}
