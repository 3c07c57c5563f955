using System.Text.Json;
using Cmms.Domain.Assets;
using Cmms.Domain.Events;
using Cmms.Domain.Inventory;
using Cmms.Domain.Notifications;
using Cmms.Domain.Persistence;
using Cmms.Domain.Policies;
using Cmms.Domain.Projects;
using Cmms.Domain.Work;
using Cmms.Graph.Access;
using Cmms.Graph.Events;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Live;

/// <summary>What every message of a subscription holds.</summary>
/// <param name="Cursor">The place of this message: given as 'after', it goes on from here without a gap.</param>
/// <param name="Event">What happened; null in the first message of a subscription without 'after', which only gives its cursor.</param>
internal abstract record LiveMessage(string Cursor, Event? Event);

internal sealed record WorkOrderMessage(string Cursor, Event? Event) : LiveMessage(Cursor, Event);

internal sealed record WorkRequestMessage(string Cursor, Event? Event) : LiveMessage(Cursor, Event);

internal sealed record AssetMessage(string Cursor, Event? Event) : LiveMessage(Cursor, Event);

internal sealed record StockMessage(string Cursor, Event? Event) : LiveMessage(Cursor, Event);

internal sealed record NotificationMessage(string Cursor, Event? Event) : LiveMessage(Cursor, Event);

internal sealed record AssignmentMessage(string Cursor, Event? Event) : LiveMessage(Cursor, Event);

internal sealed record FiringMessage(string Cursor, Event? Event) : LiveMessage(Cursor, Event);

internal sealed record EventMessage(string Cursor, Event? Event) : LiveMessage(Cursor, Event);

/// <summary>A work order has changed.</summary>
[ObjectType<WorkOrderMessage>]
internal static class WorkOrderMessageFields
{
    /// <summary>The order as it is now; null once it is gone.</summary>
    public static Task<IReadOnlyList<WorkOrder?>> WorkOrder(IReadOnlyList<WorkOrderMessage> messages, CmmsDb db, CancellationToken cancel) =>
        Subjects.Of<WorkOrder>(messages, db, cancel);
}

/// <summary>A request for maintenance has changed.</summary>
[ObjectType<WorkRequestMessage>]
internal static class WorkRequestMessageFields
{
    /// <summary>The request as it is now; null once it is gone.</summary>
    public static Task<IReadOnlyList<WorkRequest?>> WorkRequest(IReadOnlyList<WorkRequestMessage> messages, CmmsDb db, CancellationToken cancel) =>
        Subjects.Of<WorkRequest>(messages, db, cancel);
}

/// <summary>An asset's operational status has changed.</summary>
[ObjectType<AssetMessage>]
internal static class AssetMessageFields
{
    /// <summary>The asset as it is now; null once it is gone.</summary>
    public static Task<IReadOnlyList<Asset?>> Asset(IReadOnlyList<AssetMessage> messages, CmmsDb db, CancellationToken cancel) =>
        Subjects.Of<Asset>(messages, db, cancel);
}

/// <summary>A part's stock or cost has changed.</summary>
[ObjectType<StockMessage>]
internal static class StockMessageFields
{
    /// <summary>The part as it is now; null once it is gone.</summary>
    public static Task<IReadOnlyList<Part?>> Part(IReadOnlyList<StockMessage> messages, CmmsDb db, CancellationToken cancel) =>
        Subjects.Of<Part>(messages, db, cancel);
}

/// <summary>The caller has been told of something.</summary>
[ObjectType<NotificationMessage>]
internal static class NotificationMessageFields
{
    /// <summary>The notification as it is now; null once it is gone.</summary>
    public static Task<IReadOnlyList<Notification?>> Notification(IReadOnlyList<NotificationMessage> messages, CmmsDb db, CancellationToken cancel) =>
        Subjects.Of<Notification>(messages, db, cancel);
}

/// <summary>A resource's assignment has changed.</summary>
[ObjectType<AssignmentMessage>]
internal static class AssignmentMessageFields
{
    /// <summary>The assignment as it is now; null once it is gone.</summary>
    public static Task<IReadOnlyList<ResourceAssignment?>> Assignment(IReadOnlyList<AssignmentMessage> messages, CmmsDb db, CancellationToken cancel) =>
        Subjects.Of<ResourceAssignment>(messages, db, cancel);
}

/// <summary>A policy has carried out a decision.</summary>
[ObjectType<FiringMessage>]
internal static class FiringMessageFields
{
    /// <summary>What it decided, and why.</summary>
    public static Task<IReadOnlyList<PolicyFiring?>> Firing(IReadOnlyList<FiringMessage> messages, CmmsDb db, CancellationToken cancel) =>
        Subjects.Of<PolicyFiring>(messages, db, cancel);
}

/// <summary>Something was created, changed or archived.</summary>
[ObjectType<EventMessage>]
internal static class EventMessageFields
{
    /// <summary>What it happened to, as it is now; null once it is gone.</summary>
    [GraphQLType("Node")]
    public static Task<IReadOnlyList<object?>> Subject(IReadOnlyList<EventMessage> messages, CmmsDb db, SiteCaller caller, CancellationToken cancel) =>
        Subjects.Of([.. messages.Select(m => m.Event)], db, caller, cancel);

    /// <summary>The fields that changed, as they were.</summary>
    public static IReadOnlyList<JsonElement?> Before(IReadOnlyList<EventMessage> messages, SiteCaller caller, [Service] EventValues values) =>
        [.. messages.Select(m => m.Event is { } e ? values.Side(e, 0, caller) : (JsonElement?)null)];

    /// <summary>The fields that changed, as they became.</summary>
    public static IReadOnlyList<JsonElement?> After(IReadOnlyList<EventMessage> messages, SiteCaller caller, [Service] EventValues values) =>
        [.. messages.Select(m => m.Event is { } e ? values.Side(e, 1, caller) : (JsonElement?)null)];
}
