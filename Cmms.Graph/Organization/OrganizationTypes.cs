using Cmms.Domain.Organization;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Organization;

/// <summary>The company whose sites and people these are.</summary>
[ObjectType<Customer>]
internal static class CustomerFields;

/// <summary>A plant or business unit: the place that everything but people belongs to.</summary>
[ObjectType<Site>]
internal static class SiteFields;

/// <summary>A person.</summary>
[ObjectType<User>, Plain(nameof(User.Roles))]
internal static class UserFields;

/// <summary>What a person is on a site.</summary>
[ObjectType<UserRole>]
internal static class UserRoleFields;

/// <summary>Lets a program act as its user.</summary>
[ObjectType<ApiKey>]
internal static class ApiKeyFields;
