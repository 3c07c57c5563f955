namespace Cmms.Graph;

/// <summary>Lengths of time as screens and sheets add them up.</summary>
internal static class Hours
{
    /// <summary>Rounded half to even to three places.</summary>
    public static decimal Of(TimeSpan time) => decimal.Round((decimal)time.Ticks / TimeSpan.TicksPerHour, 3, MidpointRounding.ToEven);
}
