using Cmms.Domain.Assets;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Assets;

/// <summary>A machine, vehicle or installation that is maintained.</summary>
[ObjectType<Asset>, Plain(nameof(Asset.AssetTypes), nameof(Asset.Technicians), nameof(Asset.Vendors))]
internal static class AssetFields;

/// <summary>A place: a plant, a building, a room.</summary>
[ObjectType<Location>]
internal static class LocationFields;

/// <summary>What assets are sorted into.</summary>
[ObjectType<AssetType>]
internal static class AssetTypeFields;

/// <summary>A change of an asset's operational status, kept for ever.</summary>
[ObjectType<StatusChange>]
internal static class StatusChangeFields;
