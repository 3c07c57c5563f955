using System.Text.Json;
using Engines.GraphQL.Binding;

namespace Cmms.Graph.Imports;

[QueryType]
internal static class ExportQueries
{
    /// <summary>Where a list is to be had as a CSV file, by the same credential and for the same site: everything that the caller may see of it, as an import takes it.</summary>
    /// <param name="kind">Which list.</param>
    /// <param name="where">Only what meets these conditions: the same as the `where` of the list, as JSON.</param>
    public static Uri ExportUrl(ExportKind kind, JsonElement? where) =>
        new(ListExport.PathOf(kind) + (where is { ValueKind: JsonValueKind.Object } conditions ? $"?where={Uri.EscapeDataString(conditions.GetRawText())}" : ""), UriKind.Relative);
}

/// <summary>What is to be had as a file.</summary>
internal enum ExportKind
{
    /// <summary>Parts with their stock and cost.</summary>
    Parts,
    /// <summary>Assets, parents before what is part of them.</summary>
    Assets,
    /// <summary>Locations, parents before what lies in them.</summary>
    Locations,
}
