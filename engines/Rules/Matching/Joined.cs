using System.Diagnostics.CodeAnalysis;

namespace Engines.Rules.Matching;

/// <summary>
/// Pairs matches with facts of the same key. Facts that are all known are indexed once and matches stream past them; where more may be
/// derived, both sides are kept, and each pair comes out when its later half arrives.
/// </summary>
internal sealed class Joined<TLeft, TRight, TOut>(
    Source<TLeft> matches, FactList<TRight> facts, Func<TLeft, Key> leftKey, Func<TRight, Key> rightKey, Func<TLeft, TRight, bool>? where,
    Func<TLeft, TRight, TOut> combine, bool grows) : Source<TOut> where TRight : notnull
{
    private readonly KeyIndex _rights = new(facts.Count);
    private readonly KeyIndex? _lefts = grows ? new KeyIndex() : null;
    private readonly List<TLeft> _kept = [];
    private TLeft _left = default!;
    private TRight _right = default!;
    private bool _fromRight;
    private int _at = -1;

    public override bool TryNext([MaybeNullWhen(false)] out TOut match)
    {
        while (true)
        {
            while (_at >= 0)
            {
                var left = _fromRight ? _kept[_at] : _left;
                var right = _fromRight ? _right : facts[_at];
                _at = (_fromRight ? _lefts! : _rights).Next(_at);
                if (where is not null && !where(left, right)) continue;
                match = combine(left, right);
                return true;
            }
            if (_rights.Count < facts.Count) TakeFact();
            else if (!TakeMatch())
            {
                match = default;
                return false;
            }
        }
    }

    private void TakeFact()
    {
        _right = facts[_rights.Count];
        var key = rightKey(_right);
        _rights.Add(key);
        if (_lefts is null) return;
        (_fromRight, _at) = (true, _lefts.First(key));
    }

    private bool TakeMatch()
    {
        if (!matches.TryNext(out _left!)) return false;
        var key = leftKey(_left);
        (_fromRight, _at) = (false, _rights.First(key));
        if (_lefts is null) return true;
        _lefts.Add(key);
        _kept.Add(_left);
        return true;
    }
}
