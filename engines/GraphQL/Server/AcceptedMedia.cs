using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Engines.GraphQL.Server;

internal enum ResponseMedia
{
    Json,
    GraphQLResponse,
    EventStream,
}

/// <summary>What a client can read, by its <c>Accept</c> header.</summary>
/// <param name="Preferred">Null: nothing that we write.</param>
/// <param name="EventStream">Whether a subscription can be answered.</param>
/// <param name="Html">Whether it asks for pages by name, as browsers do.</param>
internal readonly record struct AcceptedMedia(ResponseMedia? Preferred, bool EventStream, bool Html)
{
    // In our order of preference where the client has none: old clients expect application/json of a wildcard.
    private static readonly (ResponseMedia Media, string Type, string Subtype)[] Offered =
    [
        (ResponseMedia.Json, "application", "json"),
        (ResponseMedia.GraphQLResponse, "application", "graphql-response+json"),
        (ResponseMedia.EventStream, "text", "event-stream"),
    ];

    public static AcceptedMedia Of(HttpRequest request)
    {
        var header = request.Headers.Accept;
        if (header.Count == 0) return new AcceptedMedia(ResponseMedia.Json, EventStream: true, Html: false);
        if (!MediaTypeHeaderValue.TryParseList(header, out var wanted)) wanted = [];
        var (best, bestQuality, bestRank) = (default(ResponseMedia?), 0.0, int.MaxValue);
        var eventStream = false;
        foreach (var (media, type, subtype) in Offered)
        {
            var (quality, rank) = Match(wanted, type, subtype);
            if (media is ResponseMedia.EventStream) eventStream = quality > 0;
            if (quality > bestQuality || (quality > 0 && quality >= bestQuality && rank < bestRank)) (best, bestQuality, bestRank) = (media, quality, rank);
        }
        return new AcceptedMedia(best, eventStream, wanted.Any(m => m.MatchesMediaType("text/html") && m is { MatchesAllTypes: false, MatchesAllSubTypes: false }));
    }

    public static string ContentTypeOf(ResponseMedia media) => media switch
    {
        ResponseMedia.GraphQLResponse => "application/graphql-response+json; charset=utf-8",
        ResponseMedia.EventStream => "text/event-stream; charset=utf-8",
        _ => "application/json; charset=utf-8",
    };

    // The most specific range decides the quality (RFC 9110, 12.5.1); the rank breaks ties: named before wildcards, then as listed.
    private static (double Quality, int Rank) Match(IList<MediaTypeHeaderValue> wanted, string type, string subtype)
    {
        var (quality, specificity, rank) = (0.0, -1, int.MaxValue);
        for (var i = 0; i < wanted.Count; i++)
        {
            var range = wanted[i];
            if (range.Charset.HasValue && !range.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) continue;
            var specific = range.MatchesAllTypes ? 0
                : !range.Type.Equals(type, StringComparison.OrdinalIgnoreCase) ? -1
                : range.MatchesAllSubTypes ? 1
                : range.SubType.Equals(subtype, StringComparison.OrdinalIgnoreCase) ? 2 : -1;
            if (specific > specificity) (quality, specificity, rank) = (range.Quality ?? 1, specific, ((2 - specific) * wanted.Count) + i);
        }
        return (quality, rank);
    }
}
