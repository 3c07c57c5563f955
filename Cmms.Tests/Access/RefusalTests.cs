using System.Net;
using Cmms.Graph.Access;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cmms.Tests.Access;

/// <summary>Who fails again and again waits for it, and nobody else does.</summary>
public sealed class RefusalTests
{
    private static readonly IPAddress s_here = IPAddress.Parse("192.0.2.1"), s_there = IPAddress.Parse("192.0.2.2");
    private readonly TestClock _clock = new();

    private static Task Delay(Refusals refusals, IPAddress from, CancellationToken cancel = default) => refusals.DelayAsync(from, "", cancel).AsTask();

    [Fact]
    public async Task From_the_eleventh_on_a_refusal_takes_longer_each_time_up_to_the_longest()
    {
        var refusals = Make(new FailureSettings());
        for (var i = 0; i < 10; i++) Assert.True(Delay(refusals, s_here).IsCompletedSuccessfully);
        foreach (var milliseconds in (int[])[250, 500, 1_000, 2_000, 4_000, 5_000, 5_000])
        {
            var delay = Delay(refusals, s_here);
            _clock.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
            Assert.False(delay.IsCompleted);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await delay.WaitAsync(TimeSpan.FromSeconds(20));
        }
        Assert.True(Delay(refusals, s_there).IsCompletedSuccessfully);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(Delay(refusals, s_here).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task No_more_than_so_many_wait_at_once_and_who_leaves_waits_no_longer()
    {
        var refusals = Make(new FailureSettings { Free = 0, DelayedAtOnce = 2 });
        using CancellationTokenSource leaves = new();
        var (first, second) = (Delay(refusals, s_here, leaves.Token), Delay(refusals, s_there));
        Assert.True(Delay(refusals, s_there).IsCompletedSuccessfully);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(Delay(refusals, s_here).IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await second.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_network_of_IPv6_is_one_address_and_an_IPv4_address_is_itself_in_either_dress()
    {
        var refusals = Make(new FailureSettings { Free = 1 });
        Assert.True(Count("2001:db8:1:2::1"));
        Assert.False(Count("2001:db8:1:2:ffff::2"));
        Assert.True(Count("2001:db8:1:3::1"));
        Assert.True(Count("192.0.2.9"));
        Assert.False(Count("::ffff:192.0.2.9"));

        bool Count(string address) => Delay(refusals, IPAddress.Parse(address)).IsCompleted;
    }

    [Fact]
    public async Task Over_HTTP_the_answer_stays_the_same_and_a_good_key_does_not_wait()
    {
        await using var graph = await TestGraph.StartAsync(Cmms.Domain.Persistence.DatabaseProvider.Sqlite, ("Auth:Failures:DelayedAtOnce", "5"), ("Auth:Failures:Free", "3"));
        var at_once = await graph.KnockAsync("nobody");
        for (var i = 0; i < 2; i++) Assert.Equal(at_once, await graph.KnockAsync("nobody"));
        var slowed = graph.KnockAsync("nobody");
        Assert.StartsWith("200 ", await graph.KnockAsync("test-admin"), StringComparison.Ordinal);
        Assert.False(slowed.IsCompleted);
        while (!slowed.IsCompleted)
        {
            await Task.Delay(10);
            graph.Plant.Clock.Advance(TimeSpan.FromMilliseconds(250));
        }
        Assert.Equal(at_once, await slowed);
    }

    [Theory]
    [InlineData("Auth:OpenId:Issuer", "https://id.example.test")]
    [InlineData("Auth:OpenId:Issuer", "http://id.example.test", "Auth:OpenId:Audience", "cmms")]
    [InlineData("Auth:OpenId:Issuer", "https://id.example.test", "Auth:OpenId:Audience", "cmms", "Auth:OpenId:MetadataAddress", "ftp://id.example.test")]
    [InlineData("Auth:OpenId:Issuer", "https://id.example.test", "Auth:OpenId:Audience", "cmms", "Auth:OpenId:ClockSkew", "01:00:00")]
    [InlineData("Auth:Failures:Longest", "01:00:00")]
    [InlineData("Auth:Failures:Step", "00:00:00")]
    public void Settings_that_cannot_be_meant_are_refused_at_start(params string[] settings) =>
        Assert.Contains("Auth:", Assert.Throws<InvalidOperationException>(() => AuthSettings.Of(new ConfigurationBuilder().AddInMemoryCollection(
            settings.Chunk(2).ToDictionary(s => s[0], s => (string?)s[1])).Build())).Message, StringComparison.Ordinal);

    private Refusals Make(FailureSettings settings) => new(new AuthSettings { Failures = settings }, _clock, NullLogger<Refusals>.Instance);
}
