using Cmms.Domain.Organization;
using Engines.GraphQL.Binding;
using Engines.GraphQL.Data;

namespace Cmms.Graph.Organization;

/// <summary>The company whose sites and people these are.</summary>
[ObjectType<Customer>]
internal static class CustomerFields;

/// <summary>A plant or business unit: the place that everything but people belongs to.</summary>
[ObjectType<Site>, OrderBy(nameof(Site.Name)), UseSearch(nameof(Site.Name), nameof(Site.Code))]
internal static class SiteFields;

/// <summary>What a person is on a site.</summary>
[ObjectType<UserRole>]
internal static class UserRoleFields;

/// <summary>Lets a program act as its user.</summary>
[ObjectType<ApiKey>, OrderBy(nameof(ApiKey.CreatedAt), Descending = true), UseSearch(nameof(ApiKey.Name))]
internal static class ApiKeyFields;
