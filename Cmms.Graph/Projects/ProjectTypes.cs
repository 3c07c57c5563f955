using Cmms.Domain.Projects;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Projects;

/// <summary>A company that projects are done for.</summary>
[ObjectType<Partner>]
internal static class PartnerFields;

/// <summary>A job at a partner's place that equipment and services are assigned to.</summary>
[ObjectType<Project>]
internal static class ProjectFields;

/// <summary>Something that can be assigned to projects: an asset, or a service.</summary>
[ObjectType<Resource>]
internal static class ResourceFields;

/// <summary>A resource at work in a project.</summary>
[ObjectType<ResourceAssignment>]
internal static class ResourceAssignmentFields;
