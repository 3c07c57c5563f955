using Cmms.Domain.Assets;

namespace Cmms.Domain.Production;

/// <summary>Something to be made, on a machine that is operational (seed 001). What is made of it is on record line by line.</summary>
public sealed class ProductionOrder : SiteEntity
{
    private readonly List<ProductionRecord> _records = [];
    private ProductionOrder() { } // EF Core

    /// <param name="code">The next of the site's sequence.</param>
    public ProductionOrder(string code, string product, Quantity quantity, string unit)
    {
        Code = code;
        Describe(product, quantity, unit, null, null);
    }

    /// <summary>The number that people use, such as PO-000123; unique in the site.</summary>
    public string Code { get; private set; } = "";
    /// <summary>What is made.</summary>
    public string Product { get; private set; } = "";
    /// <summary>How much of it is wanted.</summary>
    public Quantity Quantity { get; private set; }
    /// <summary>What it is counted in: kg, m, units.</summary>
    public string Unit { get; private set; } = "";
    /// <summary>How much of it has been made and is good.</summary>
    public Quantity Produced { get; private set; }
    /// <summary>How much was made and thrown away.</summary>
    public Quantity Rejected { get; private set; }
    /// <summary>What else is to be known.</summary>
    public string? Notes { get; private set; }
    /// <summary>By when it should be made.</summary>
    public Instant? DueAt { get; private set; }
    /// <summary>How far it has come.</summary>
    public ProductionStatus Status { get; private set; }
    /// <summary>When the first of it was made.</summary>
    public Instant? StartedAt { get; private set; }
    /// <summary>When it was declared done or given up.</summary>
    public Instant? FinishedAt { get; private set; }

    public long? ProcessId { get; private set; }
    /// <summary>The process that it goes through; an order of a process is made on a machine of it.</summary>
    public Process? Process { get; private set; }
    public long? AssetId { get; private set; }
    /// <summary>The machine that makes it.</summary>
    public Asset? Asset { get; private set; }
    /// <summary>What was made of it.</summary>
    public IReadOnlyList<ProductionRecord> Records => _records;

    /// <summary>It is neither done nor given up.</summary>
    public bool IsOpen => Status is not (ProductionStatus.Completed or ProductionStatus.Cancelled);

    /// <summary>What is still to be made.</summary>
    public Quantity Remaining() => Quantity.Max(Quantity - Produced, Quantity.Zero);

    public void Describe(string product, Quantity quantity, string unit, Instant? dueAt, string? notes)
    {
        (Product, Quantity, Unit) = (Check.Text(product), Check.Positive(quantity), Check.Text(unit, 50));
        (DueAt, Notes) = (Check.Moment(dueAt), Check.OptionalText(notes));
    }

    /// <exception cref="InvalidTransition"/>
    public void RequireOpen(string action)
    {
        if (!IsOpen) throw Cannot(action);
    }

    /// <exception cref="InvalidValue">The process is archived, or its machine belongs to another.</exception>
    public void GoThrough(Process? process)
    {
        if (process is { IsArchived: true } && process.Id != ProcessId) throw new InvalidValue("processId", "is archived");
        if (process is not null && Asset is { ProcessId: { } other } && other != process.Id) throw new InvalidValue("processId", $"is not the one that {Asset.Name} belongs to");
        (Process, ProcessId) = (process, process.Key());
    }

    /// <summary>Gives it to a machine, also while it is paused: so work goes on elsewhere when a machine stands still.</summary>
    /// <exception cref="AssetNotOperational"/>
    /// <exception cref="InvalidTransition"/>
    /// <exception cref="InvalidValue">The machine is archived, or belongs to another process.</exception>
    public void AssignTo(Asset asset)
    {
        RequireOpen("assigned");
        if (asset.IsArchived) throw new InvalidValue("assetId", "is archived");
        if (ProcessId is { } process && asset.ProcessId is { } other && other != process) throw new InvalidValue("assetId", "belongs to another process than the order");
        asset.RequireOperational();
        (Asset, AssetId) = (asset, asset.Id);
        Raise("ProductionOrderAssigned");
    }

    /// <exception cref="InvalidTransition"/>
    public void Pause(string? reason)
    {
        if (Status is not (ProductionStatus.Planned or ProductionStatus.InProgress)) throw Cannot(nameof(ProductionStatus.Paused));
        Status = ProductionStatus.Paused;
        Raise("ProductionOrderPaused", Check.OptionalText(reason, 2000));
    }

    /// <exception cref="InvalidTransition"/>
    /// <exception cref="AssetNotOperational">Its machine does not run.</exception>
    public void Resume(Asset? asset)
    {
        if (Status is not ProductionStatus.Paused) throw Cannot("resumed");
        asset?.RequireOperational("id");
        Status = StartedAt is null ? ProductionStatus.Planned : ProductionStatus.InProgress;
        Raise("ProductionOrderResumed");
    }

    /// <exception cref="InvalidTransition">Nothing of it was made, or it is finished already.</exception>
    public void Complete(Instant now)
    {
        if (StartedAt is null || !IsOpen) throw Cannot(nameof(ProductionStatus.Completed));
        (Status, FinishedAt) = (ProductionStatus.Completed, now);
        Raise("ProductionOrderCompleted");
    }

    /// <exception cref="InvalidTransition"/>
    public void Cancel(string? reason, Instant now)
    {
        RequireOpen(nameof(ProductionStatus.Cancelled));
        (Status, FinishedAt) = (ProductionStatus.Cancelled, now);
        Raise("ProductionOrderCancelled", Check.OptionalText(reason, 2000));
    }

    /// <exception cref="InvalidTransition">It is paused or finished.</exception>
    /// <exception cref="InvalidValue">A correction takes away more than was made.</exception>
    internal void Count(ProductionRecord record)
    {
        if (Status is ProductionStatus.Paused || !IsOpen) throw Cannot("produced");
        (Produced, Rejected) = (Produced + record.Quantity, Rejected + record.Rejected);
        if (Produced < Quantity.Zero) throw new InvalidValue("quantity", "takes away more than was made of the order");
        if (Rejected < Quantity.Zero) throw new InvalidValue("rejected", "takes away more than was rejected of the order");
        StartedAt = StartedAt is { } started ? Instant.Min(started, record.StartedAt) : record.StartedAt;
        Status = ProductionStatus.InProgress;
        Raise("ProductionOrderProduced");
    }

    private InvalidTransition Cannot(string to) => new(Code, Status.ToString(), to);
}

/// <summary>How far a production order has come.</summary>
public enum ProductionStatus
{
    /// <summary>Nothing of it has been made.</summary>
    Planned,
    /// <summary>Some of it has been made.</summary>
    InProgress,
    /// <summary>It waits, as while its machine stands still.</summary>
    Paused,
    /// <summary>Declared done.</summary>
    Completed,
    /// <summary>Given up.</summary>
    Cancelled,
}
