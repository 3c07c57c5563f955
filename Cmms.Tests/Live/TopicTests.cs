using System.Reflection;
using Cmms.Domain.Events;
using Cmms.Domain.Persistence;
using Cmms.Graph.Live;
using Xunit;

namespace Cmms.Tests.Live;

/// <summary>Events are filed under headings, wake whom they concern, and are kept only so far.</summary>
public sealed class TopicTests : IDisposable
{
    private static readonly Scope s_here = Scope.Site(1, 1);
    private readonly CmmsDbFactory _none = new(new DatabaseOptions { ConnectionString = "Data Source=:memory:" });

    public void Dispose() => _none.Dispose();

    [Fact]
    public async Task An_event_wakes_those_whom_it_concerns_and_nobody_else()
    {
        var feed = new CustomerFeed(1, 0, _none);
        var (one, other, all) = (new Listener(), new Listener(), new Listener());
        Join(feed, one, Heading.Subject("Asset", 1));
        Join(feed, other, Heading.Subject("Asset", 2));
        Join(feed, all, Heading.Type("AssetCreated"));
        feed.Publish([Happened(1, "AssetCreated", "Asset", 1)]);
        await one.SleepAsync();
        await all.SleepAsync();
        Assert.False(other.SleepAsync().AsTask().IsCompleted);
    }

    [Fact]
    public void Equal_interests_are_one_topic_with_the_same_messages_and_it_ends_with_its_last_listener()
    {
        var feed = new CustomerFeed(1, 0, _none);
        var (one, other) = (new Listener(), new Listener());
        var (a, b) = (Join(feed, one, Heading.Subject("Asset", 1)), Join(feed, other, Heading.Subject("Asset", 1)));
        Assert.Same(a, b);
        Assert.Equal(1, feed.Topics);
        feed.Publish([Happened(1, "AssetCreated", "Asset", 1)]);
        Assert.True(a.TryFind(0, out var first) && b.TryFind(0, out var second) && ReferenceEquals(first, second) && first is not null);
        feed.Leave(a, one);
        feed.Leave(b, other);
        Assert.Equal(0, feed.Topics);
        Assert.NotSame(a, Join(feed, one, Heading.Subject("Asset", 1)));
    }

    [Fact]
    public void Interests_that_differ_in_anything_are_not_equal()
    {
        Interest[] all =
        [
            new(s_here, [Heading.Everything]), new(Scope.Site(1, 2), [Heading.Everything]), new(s_here, [Heading.Type("A")]), new(s_here, [Heading.Type("B")]), new(s_here, [Heading.Type("A"), Heading.Type("B")]),
            new(s_here, [Heading.Type("A", 1)]), new(s_here, [Heading.Subject("A")]), new(s_here, [Heading.Subject("A", 1)]), new(s_here, [Heading.Recipient(1)]), new(s_here, [Heading.Recipient(2)]),
            new(s_here, [Heading.Everything], _ => true, "x"), new(s_here, [Heading.Everything], _ => true, "y"),
            new(s_here.Knowing([1]), [Heading.Everything]), new(s_here.Knowing([1, 2]), [Heading.Everything]),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(new Interest(s_here, [Heading.Type("A")], _ => true, "x"), new Interest(s_here, [Heading.Type("A")], _ => true, "x"));
    }

    [Fact]
    public void A_heading_covers_exactly_what_is_filed_under_it()
    {
        Event[] events = [Happened(1, "AssetCreated", "Asset", 1), Happened(2, "AssetChanged", "Asset", 2), Happened(3, "NotificationCreated", "Notification", 1, """{"user":[null,7]}""")];
        Heading[] headings =
        [
            Heading.Everything, Heading.Type("AssetCreated"), Heading.Type("AssetCreated", 1), Heading.Type("AssetCreated", 2), Heading.Subject("Asset"), Heading.Subject("Asset", 2),
            Heading.Recipient(7), Heading.Recipient(8), Heading.Type("NotificationCreated"),
        ];
        foreach (var happened in events)
            Assert.Equal(headings.Where(h => h.Covers(happened)), headings.Where(h => Heading.Of(happened).Contains(h)));
    }

    [Fact]
    public void Who_is_behind_the_window_is_told_so_and_the_window_holds_no_more_than_it_may()
    {
        var window = new EventWindow(0, most: 100, mostBytes: 1 << 20);
        for (var i = 1; i <= 1_000; i++) window.Add([Happened(i, "A", "A", 1)]);
        Assert.InRange(window.Events.Count, 50, 100);
        Assert.Null(window.After(window.Start - 1, 500));
        Assert.Equal(window.Start + 1, window.After(window.Start, 500)![0].Position);
        Assert.Equal(1_000, window.After(window.Start, 500)![^1].Position);
        Assert.Empty(window.After(1_000, 500)!);
        var large = new EventWindow(0, most: 100, mostBytes: 1 << 20);
        for (var i = 1; i <= 200; i++) large.Add([Happened(i, "A", "A", 1, new string('x', 20_000))]);
        Assert.InRange(large.Events.Count, 1, 26);
        Assert.Equal(200, large.Last);
    }

    [Fact]
    public void A_topic_forgets_with_its_window()
    {
        var feed = new CustomerFeed(1, 0, _none);
        var topic = Join(feed, new Listener(), Heading.Subject("Asset", 1));
        feed.Publish([Happened(1, "AssetCreated", "Asset", 1)]);
        for (var i = 2; i < 20_000; i += 100) feed.Publish([.. Enumerable.Range(i, 100).Select(n => Happened(n, "PartCreated", "Part", n))]);
        Assert.False(topic.TryFind(0, out _));
        Assert.True(topic.TryFind(20_000, out var none) && none is null);
    }

    [Fact]
    public async Task A_listener_sleeps_through_nothing()
    {
        const int Calls = 200_000;
        var listener = new Listener();
        var called = 0;
        var listening = Task.Run(async () =>
        {
            while (Volatile.Read(ref called) < Calls) await listener.SleepAsync();
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Calls / 4; i++)
            {
                Interlocked.Increment(ref called);
                listener.Wake();
            }
        })));
        await listening.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static Topic<EventMessage> Join(CustomerFeed feed, Listener listener, params Heading[] headings) =>
        feed.Join(new Interest(Scope.Customer(1), headings), 0, (cursor, e) => new EventMessage(cursor, e), listener);

    private static Event Happened(long position, string type, string subject, long id, string changes = "{}")
    {
        var happened = (Event)Activator.CreateInstance(typeof(Event), nonPublic: true)!;
        void Set(string name, object value) => typeof(Event).GetProperty(name, BindingFlags.Public | BindingFlags.Instance)!.SetValue(happened, value);
        Set(nameof(Event.CustomerId), 1L);
        Set(nameof(Event.Position), position);
        Set(nameof(Event.Type), type);
        Set(nameof(Event.SubjectType), subject);
        Set(nameof(Event.SubjectId), id);
        Set(nameof(Event.Changes), changes);
        return happened;
    }
}
