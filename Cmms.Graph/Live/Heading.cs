using System.Text.Json;
using Cmms.Domain.Events;

namespace Cmms.Graph.Live;

/// <summary>Under what events are filed, so that those who wait for one kind of them need not be asked about all others.</summary>
internal readonly record struct Heading
{
    private Heading(Sort sort, string name, long? id) => (_sort, _name, _id) = (sort, name, id);

    private const string NotificationCreated = "NotificationCreated";
    private readonly Sort _sort;
    private readonly string _name;
    private readonly long? _id;

    private enum Sort { Everything, Type, Subject, Recipient }

    public static Heading Everything => new(Sort.Everything, "", null);

    /// <summary>What happened; of one subject, or of all.</summary>
    public static Heading Type(string type, long? subject = null) => new(Sort.Type, type, subject);

    /// <summary>What it happened to: one, or all of the type.</summary>
    public static Heading Subject(string type, long? id = null) => new(Sort.Subject, type, id);

    /// <summary>Notifications to a user.</summary>
    public static Heading Recipient(long? user) => new(Sort.Recipient, "", user);

    /// <summary>All under which an event stands; an interest has one of them at most.</summary>
    public static IEnumerable<Heading> Of(Event happened)
    {
        yield return Subject(happened.SubjectType, happened.SubjectId);
        yield return Subject(happened.SubjectType);
        yield return Type(happened.Type, happened.SubjectId);
        yield return Type(happened.Type);
        yield return Everything;
        if (happened.Type == NotificationCreated) yield return Recipient(UserOf(happened));
    }

    /// <summary>Whether an event stands under it.</summary>
    public bool Covers(Event happened) => _sort switch
    {
        Sort.Everything => true,
        Sort.Type => happened.Type == _name && (_id is null || happened.SubjectId == _id),
        Sort.Subject => happened.SubjectType == _name && (_id is null || happened.SubjectId == _id),
        _ => happened.Type == NotificationCreated && UserOf(happened) == _id,
    };

    /// <summary>Whose notification it is stands in the event of its creation.</summary>
    private static long? UserOf(Event created)
    {
        using var changes = JsonDocument.Parse(created.Changes);
        return changes.RootElement.TryGetProperty("user", out var user) && user[1].TryGetInt64(out var id) ? id : null;
    }
}
