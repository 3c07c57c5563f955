using Cmms.Domain.Organization;
using Cmms.Domain.Planning;
using Cmms.Graph.Access;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Planning;

/// <summary>When something comes round again.</summary>
[ObjectType<Recurrence>]
internal static class RecurrenceFields;

/// <summary>A part that each order of a schedule needs.</summary>
[ObjectType<PmPart>, Authorize(Permission.ViewPlanning)]
internal static class PmPartFields;

/// <summary>A line of the checklist that each order of a schedule gets.</summary>
[ObjectType<PmChecklistItem>, Authorize(Permission.ViewPlanning)]
internal static class PmChecklistItemFields;

/// <summary>What became of a date of a schedule, for one of its assets.</summary>
[ObjectType<DatedOccurrence>, Authorize(Permission.ViewPlanning)]
internal static class DatedOccurrenceFields;
