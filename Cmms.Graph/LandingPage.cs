namespace Cmms.Graph;

/// <summary>What a browser sees that opens the GraphQL address.</summary>
internal static class LandingPage
{
    private const string Page = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Cmms</title>
        <style>
          body { font: 16px/1.6 system-ui, sans-serif; max-width: 46rem; margin: 4rem auto; padding: 0 1rem; color: #1d2733; background: #fbfaf7 }
          h1 { font-size: 2.2rem; margin-bottom: 0 } pre { background: #1d2733; color: #e8edf2; padding: 1rem; border-radius: .5rem; overflow: auto } a { color: #b3541e }
        </style>
        <h1>Cmms</h1>
        <p>This address speaks GraphQL: assets, machine status, parts, work orders, preventive maintenance and project resources in one schema,
        live over subscriptions.</p>
        <pre>curl -s ADDRESS \
          -H 'Authorization: Bearer YOUR_API_KEY' -H 'X-Site-Id: YOUR_SITE' -H 'Content-Type: application/json' \
          -d '{"query":"{ workOrders(first: 5) { nodes { code title isOverdue asset { name } } } }"}'</pre>
        <p>Subscriptions: <code>graphql-transport-ws</code> and <code>graphql-sse</code>, at the same address. Any GraphQL client works; introspection tells it
        the rest.</p>
        </html>
        """;

    public static Task Write(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        var address = System.Net.WebUtility.HtmlEncode($"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}");
        return http.Response.WriteAsync(Page.Replace("ADDRESS", address, StringComparison.Ordinal), http.RequestAborted);
    }
}
