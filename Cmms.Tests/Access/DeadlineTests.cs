using Cmms.Domain;
using Cmms.Graph.Access;
using Xunit;

namespace Cmms.Tests.Access;

/// <summary>The end of a credential comes whatever is done to the clock on the wall.</summary>
public sealed class DeadlineTests
{
    [Theory]
    [InlineData(0, 60, "it stands in no other's way")]
    [InlineData(40 * 24 * 60, 1, "put forward, it has come within a minute")]
    [InlineData(-24 * 60, 60, "put back, what has passed counts")]
    public void It_comes_once(int jump, int minutes, string why)
    {
        JumpingClock clock = new();
        var reached = 0;
        using Deadline deadline = new(clock, clock.Now + TimeSpan.FromHours(1), () => reached++);
        clock.Jump = TimeSpan.FromMinutes(jump);
        clock.Time.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        Assert.True(reached == 0, why);
        clock.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(reached == 1, why);
        clock.Time.Advance(TimeSpan.FromHours(5));
        Assert.Equal(1, reached);
    }

    private sealed class JumpingClock : TimeProvider
    {
        public TestClock Time { get; } = new();
        public TimeSpan Jump { get; set; }

        public override long TimestampFrequency => Time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => Time.GetUtcNow() + Jump;

        public override long GetTimestamp() => Time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => Time.CreateTimer(callback, state, dueTime, period);
    }
}
