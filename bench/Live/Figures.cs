using System.Globalization;

namespace Bench.Live;

/// <summary>What one server took.</summary>
/// <param name="Wrong">How many subscribers did not receive exactly what they should have.</param>
/// <param name="Cpu">Microseconds of the server's process by delivery, all else that it did included: the changes themselves above all.</param>
/// <param name="IdleBytes">In memory by subscriber, when all listen and nothing happens; beyond the server alone.</param>
/// <param name="MostBytes">The same at its highest while changes are delivered.</param>
/// <param name="AfterSeen">Milliseconds from when anybody knew of the change, by its answer or by its first delivery, to each delivery, sorted.</param>
/// <param name="AfterSending">Milliseconds from sending the change to each delivery, sorted.</param>
internal sealed record Figures(
    string Name, int Wrong, double ChangesASecond, long Deliveries, double Cpu, double IdleBytes, double MostBytes, long Alone,
    IReadOnlyList<double> AfterSeen, IReadOnlyList<double> AfterSending)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Name}: {Deliveries} deliveries of {ChangesASecond:0} changes a second; {Wrong} subscribers with another list than expected
          {Cpu:0.0} us CPU a delivery; {Alone >> 20} MiB alone, {IdleBytes / 1024:0.0} KiB a subscriber idle, {MostBytes / 1024:0.0} KiB at most
          from known to receipt:  median {At(AfterSeen, 0.5):0.0} ms, p99 {At(AfterSeen, 0.99):0.0} ms, longest {At(AfterSeen, 1):0.0} ms
          from sending to receipt: median {At(AfterSending, 0.5):0.0} ms, p99 {At(AfterSending, 0.99):0.0} ms, longest {At(AfterSending, 1):0.0} ms
        """);

    public string Beside(Figures peer) => string.Create(CultureInfo.InvariantCulture, $"""
        {Name} to {peer.Name}: CPU a delivery {Cpu / peer.Cpu:0.00}; bytes a subscriber idle {IdleBytes / peer.IdleBytes:0.00}, at most {MostBytes / peer.MostBytes:0.00}; p99 after it is known {At(AfterSeen, 0.99) / At(peer.AfterSeen, 0.99):0.00}, after sending {At(AfterSending, 0.99) / At(peer.AfterSending, 0.99):0.00}
        """);

    private static double At(IReadOnlyList<double> sorted, double part) => sorted.Count == 0 ? double.NaN : sorted[(int)(part * (sorted.Count - 1))];
}
