using Cmms.Graph.Live;
using Engines.GraphQL.Types;

namespace Cmms.Tests.Isolation;

/// <summary>Every subscription while the victim acts, and once more from the beginning of the log, also asked for the victim's objects.</summary>
internal sealed class SubscriptionCases(World world, Findings findings) : IAsyncDisposable
{
    private const string Fence = "Fence";
    private readonly Selections _selections = new(world.Schema);
    private readonly List<Listener> _live = [];
    private readonly List<Listener> _replayed = [];

    private IEnumerable<Asker> Everybody => world.Intruders.Append(world.Owner);

    /// <summary>From now on.</summary>
    public async Task ListenAsync()
    {
        foreach (var asker in Everybody) _live.Add(await Listener.OpenAsync(world, asker, [.. world.Schema.Subscription!.Fields.Select(f => (f.Name, Document(f, "")))]));
        // The first message of each says that it listens.
        foreach (var listener in _live)
            foreach (var field in world.Schema.Subscription!.Fields) await listener.UntilAsync((name, _) => name == field.Name);
    }

    /// <summary>From the beginning, with and without the victim's ids.</summary>
    public async Task ReplayAsync(Belongings belongings)
    {
        foreach (var asker in Everybody)
        {
            List<(string, string)> subscriptions = [];
            var after = $"after: \"{EventCursor.Encode(asker.At.CustomerId, 0)}\"";
            foreach (var field in world.Schema.Subscription!.Fields)
            {
                subscriptions.Add((field.Name, Document(field, after)));
                foreach (var argument in field.Arguments.Where(ViewCases.IsId))
                    foreach (var id in belongings.Of(world.Victim, TypeOf(field, argument)).Take(10)) subscriptions.Add(($"{field.Name} {id}", Document(field, $"{after}, {argument.Name}: \"{id}\"")));
                var other = world.Places.First(p => p.CustomerId != asker.At.CustomerId).CustomerId;
                subscriptions.Add(($"{field.Name} cursor", Document(field, $"after: \"{EventCursor.Encode(other, 1)}\"")));
                subscriptions.Add(($"{field.Name} nonsense", Document(field, "after: \"nonsense\"")));
            }
            _replayed.Add(await Listener.OpenAsync(world, asker, subscriptions));
        }
    }

    /// <summary>When everybody has heard of a last change of one's own, there is nothing more to come.</summary>
    public async Task VerifyAsync()
    {
        foreach (var place in new[] { world.Victim, world.South, world.Other })
            await world.Graph.PayloadAsync("mutation($name: String!) { createLocation(input: { name: $name }) { location { id } } }", new { name = $"{Fence} {place.Marker}" }, place.Owner, place.Header);
        foreach (var listener in _live.Concat(_replayed)) await listener.UntilAsync((name, text) => name == "eventOccurred" && text.Contains(Fence, StringComparison.Ordinal));
        await Task.Delay(300); // the other subscriptions of the same sockets
        var belongings = await Belongings.ReadAsync(world.Plant, world.Schema);

        foreach (var listener in _live.Concat(_replayed))
        {
            foreach (var (name, text) in listener.Messages)
                if (listener.Asker != world.Owner) findings.Expect(world.StrangeIn(text, listener.Asker, belongings) is null, () => $"{listener.Asker} is told of {world.StrangeIn(text, listener.Asker, belongings)} by {name}: {Findings.Shorten(text)}");
            foreach (var field in world.Schema.Subscription!.Fields)
                findings.Expect(listener.Messages.Any(m => m.Name == field.Name && IsNews(m.Text)), () => $"{listener.Asker} is not even told of the own by {field.Name}");
        }
        foreach (var listener in _replayed)
        {
            foreach (var field in world.Schema.Subscription!.Fields)
            {
                string Of(string name) => string.Concat(listener.Messages.Where(m => m.Name == $"{field.Name} {name}").Select(m => m.Text.Replace($" {name}\"", "\"", StringComparison.Ordinal)));
                findings.Expect(Of("nonsense").Contains("BAD_USER_INPUT", StringComparison.Ordinal) && Of("cursor") == Of("nonsense"), () => $"{field.Name} takes another customer's cursor of {listener.Asker}: {Findings.Shorten(Of("cursor"))}");
                foreach (var argument in field.Arguments.Where(ViewCases.IsId))
                {
                    var about = listener.Messages.Where(m => m.Name.StartsWith($"{field.Name} ", StringComparison.Ordinal) && belongings.Of(world.Victim, TypeOf(field, argument)).Contains(m.Name[(field.Name.Length + 1)..])).ToList();
                    if (listener.Asker == world.Owner) findings.Expect(about.Exists(m => IsNews(m.Text)), () => $"{field.Name}({argument.Name}) tells the owner nothing");
                    else findings.Expect(about.Count == 0, () => $"{field.Name}({argument.Name}) tells {listener.Asker} something: {Findings.Shorten(about[0].Text)}");
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _live.Concat(_replayed)) await listener.DisposeAsync();
    }

    private static bool IsNews(string text) => text.Contains("\"occurredAt\"", StringComparison.Ordinal);

    private string Document(FieldDefinition field, string arguments) => $"subscription {{ {field.Name}{(arguments.Length == 0 ? "" : $"({arguments})")} {_selections.Of(field.Type.Named, 1)} }}";

    /// <summary>Of what an argument takes the id: it says so by its name, or the message does.</summary>
    private string TypeOf(FieldDefinition field, InputValue argument)
    {
        var name = argument.Name.EndsWith("Id", StringComparison.Ordinal) ? char.ToUpperInvariant(argument.Name[0]) + argument.Name[1..^2] : "";
        if (name == "Subject") return "Asset";
        if (world.Schema.FindType(name) is ObjectType) return name;
        return ((ObjectType)field.Type.Named).Fields.Select(f => f.Type.Named).OfType<ObjectType>().First(t => Selections.IsNode(t) && t.Name != "Event").Name;
    }
}
