namespace Cmms.Domain.Work;

/// <summary>An order is split by its assets, and at least one must stay.</summary>
public sealed class NothingToSplit(int assets)
    : DomainError("NOTHING_TO_SPLIT", $"The work order has {assets} assets; splitting needs at least two, and one that stays.", "assetIds")
{
    /// <summary>The assets that the order has.</summary>
    public int Assets => assets;
}

/// <summary>Merging needs at least two open orders of one type.</summary>
public sealed class NothingToMerge(string why) : DomainError("NOTHING_TO_MERGE", $"These work orders cannot be merged: {why}.", "ids");
