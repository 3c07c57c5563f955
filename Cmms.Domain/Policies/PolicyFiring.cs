namespace Cmms.Domain.Policies;

/// <summary>A decision that a policy carried out: what, on which subject, and the facts that led to it. Its claim makes it happen once.</summary>
public sealed class PolicyFiring : SiteEntity
{
    private PolicyFiring() { } // EF Core

    public PolicyFiring(string key, Claim claim, string explanation, string facts)
    {
        (Key, SubjectType, SubjectId, Epoch) = (key, claim.SubjectType, claim.SubjectId, claim.Epoch);
        (Explanation, Facts) = (explanation, facts);
    }

    /// <summary>The policy's key.</summary>
    public string Key { get; private set; } = "";
    public string SubjectType { get; private set; } = "";
    public long SubjectId { get; private set; }
    /// <summary>Which occasion of its subject it answered: the same occasion is answered once.</summary>
    public string Epoch { get; private set; } = "";
    /// <summary>Why, as a sentence.</summary>
    public string Explanation { get; private set; } = "";
    /// <summary>The rules that fired and the facts that they matched, as JSON.</summary>
    public string Facts { get; private set; } = "[]";
}

/// <summary>What makes a decision unique: the subject, and the occasion (epoch) that is derived from data, so that sweep and event tail agree on it.</summary>
public sealed record Claim(string SubjectType, long SubjectId, string Epoch);
