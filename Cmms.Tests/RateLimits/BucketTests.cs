using System.Net;
using Cmms.Domain;
using Cmms.Graph.RateLimits;
using Xunit;

namespace Cmms.Tests.RateLimits;

public sealed class BucketTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(5);
    private readonly TestClock _clock = new();

    [Fact]
    public void Memory_is_bounded_and_who_asked_for_most_is_remembered()
    {
        Buckets buckets = new(s_window, capacity: 1_000);
        for (var i = 0; i < 100_000; i++)
        {
            buckets.Add($"address:{i}", 1, 0, _clock.Now);
            if (i % 100 == 0) buckets.Add("busy", 1, 0, _clock.Now);
            if (i == 0) buckets.Add("dear", 1, 5_000, _clock.Now);
            Assert.InRange(buckets.Size, 1, 1_000);
        }
        Assert.Equal((1_000, 5_000.0), (buckets.Find("busy", _clock.Now).Requests, buckets.Find("dear", _clock.Now).Cost));
    }

    [Fact]
    public void Windows_that_have_ended_are_forgotten()
    {
        Buckets buckets = new(s_window);
        for (var i = 0; i < 500; i++) buckets.Add($"address:{i}", 1, 0, _clock.Now);
        _clock.Advance(s_window);
        buckets.Add("address:next", 1, 0, _clock.Now);
        Assert.Equal(1, buckets.Size);
    }

    [Fact]
    public void To_look_begins_no_window()
    {
        Buckets buckets = new(s_window);
        buckets.Find("address:1", _clock.Now);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((1, _clock.Now + s_window), (buckets.Add("address:1", 1, 0, _clock.Now).Requests, buckets.Find("address:1", _clock.Now).ResetsAt));
    }

    [Fact]
    public void What_all_have_counted_replaces_what_one_knew_but_for_what_it_counted_meanwhile()
    {
        Buckets buckets = new(s_window);
        var mine = buckets.Add("key:1", 5, 70, _clock.Now);
        buckets.Learn(mine with { Requests = 9, Cost = 30 }, _clock.Now);
        Assert.Equal(mine with { Requests = 9, Cost = 70 }, buckets.Find("key:1", _clock.Now));
        var later = mine with { Requests = 1, Cost = 2, ResetsAt = mine.ResetsAt - TimeSpan.FromSeconds(1) };
        buckets.Learn(later, _clock.Now);
        Assert.Equal(later, buckets.Find("key:1", _clock.Now));
    }

    [Theory]
    [InlineData("192.0.2.7", "address:192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "address:192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "address:2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "address:2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "address:2001:db8:1:3::/64")]
    [InlineData("fe80::1%3", "address:fe80::/64")]
    [InlineData(null, "address:local")]
    public void Addresses_of_one_network_of_64_bits_are_one(string? address, string name) =>
        Assert.Equal(name, ClientAddress.NameOf(address is null ? null : IPAddress.Parse(address)));
}
