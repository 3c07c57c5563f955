using System.IO.Compression;
using System.Text;
using static Cmms.Tests.GraphQL.Server.Hostile.HostileRequest;

namespace Cmms.Tests.GraphQL.Server.Hostile;

/// <summary>What hurt other servers, or would hurt a naive one. The documents are written for the schema of Cmms.</summary>
internal static class HostileTable
{
    private const string Refused = "400 GRAPHQL_VALIDATION_FAILED";
    private const string Unparsed = "400 GRAPHQL_PARSE_FAILED";
    private const string TooMuch = "400 QUERY_TOO_COMPLEX";
    private const string NoRequest = "400 BAD_REQUEST";
    private const string WrongInput = "400 BAD_USER_INPUT";
    private const string WrongField = "200 BAD_USER_INPUT";
    private const string TooLarge = "413 BAD_REQUEST";

    public static IReadOnlyList<HostileRequest> All { get; } =
    [
        // Who asks, and how.
        Get("a mutation by GET", "405 BAD_REQUEST", "query=mutation%7B__typename%7D"),
        Get("a mutation by GET, chosen by its name", "405 BAD_REQUEST", "query=query%20A%7B__typename%7D%20mutation%20B%7B__typename%7D&operationName=B"),
        Body("a form", "415 BAD_REQUEST", "query=mutation%7B__typename%7D", "application/x-www-form-urlencoded"),
        Body("JSON as text/plain", "415 BAD_REQUEST", """{"query":"mutation{__typename}"}""", "text/plain"),
        Body("JSON without a type", "415 BAD_REQUEST", () => new ByteArrayContent("""{"query":"{__typename}"}"""u8.ToArray()), contentType: null),
        Form("a multipart request without a preflight header", NoRequest, () => Forms.Of("""{"query":"mutation{__typename}"}""", "{}"), preflight: null),
        Body("a page of another origin", "200", () => new StringContent("""{"query":"{__typename}"}"""), null, r => { r.Content!.Headers.ContentType = new("application/json"); r.Headers.Add("Origin", "https://evil.test"); }),
        Get("a preflight of another origin", "204", "", "OPTIONS", r => { r.Headers.Add("Origin", "https://evil.test"); r.Headers.Add("Access-Control-Request-Method", "POST"); }),
        Get("a method that is none", "405 BAD_REQUEST", "query=%7B__typename%7D", "GRAPHQL"),
        Get("PUT", "405 BAD_REQUEST", "query=%7B__typename%7D", "PUT"),
        Get("a document twice", NoRequest, "query=%7B__typename%7D&query=%7Bme%7Bid%7D%7D"),
        Get("a subscription for a client of JSON", "406 BAD_REQUEST", "query=subscription%7BpolicyFired%7B__typename%7D%7D"),
        Get("an address of 30 kB", "414", "query=%7B__typename%7D&x=" + new string('x', 30_000)),
        Body("a key that is none", "401 UNAUTHENTICATED", () => new StringContent("{}"), null, r => { r.Content!.Headers.ContentType = new("application/json"); r.Headers.TryAddWithoutValidation("Authorization", "Bearer ' OR 1=1 --" + new string('a', 5_000)); }),
        Body("a site that is none", WrongField, () => new StringContent("""{"query":"{ parts { nodes { id } } }"}"""), null, r => { r.Content!.Headers.ContentType = new("application/json"); r.Headers.TryAddWithoutValidation("X-Site-Id", "1; DROP TABLE site; --" + new string('9', 5_000)); }),

        // Bodies.
        Body("20 MB", TooLarge, () => new Blank(20_000_000), change: null),
        Body("a body without end", TooLarge, () => new Forms.Endless("{\"query\":\""u8.ToArray(), Encoding.ASCII.GetBytes(new string(' ', 16_384)))),
        Body("a gzip bomb", "415 BAD_REQUEST", () => new ByteArrayContent(Bomb()), change: r => r.Content!.Headers.ContentEncoding.Add("gzip")),
        Body("variables 20,000 lists deep", NoRequest, $$$"""{"query":"{__typename}","variables":{"a":{{{new string('[', 20_000)}}}{{{new string(']', 20_000)}}}}}"""),
        Body("100 operations in an array", NoRequest, $"[{string.Join(',', Enumerable.Repeat("""{"query":"{__typename}"}""", 100))}]"),
        Body("an empty array", NoRequest, "[]"),
        Body("invalid UTF-8", NoRequest, () => new ByteArrayContent([.. "{\"query\":\"{__typename #"u8, 0xC3, 0x28, 0xFF, .. "}\"}"u8])),
        Body("UTF-16", NoRequest, () => new ByteArrayContent(Encoding.Unicode.GetBytes("""{"query":"{__typename}"}"""))),
        Body("a lone surrogate", NoRequest, """{"query":"{__typename}","variables":{"a":"\ud800"}}"""),
        Body("a query twice", NoRequest, """{"query":"{__typename}","query":"mutation{__typename}"}"""),
        Body("a variable twice, written otherwise", NoRequest, """{"query":"{__typename}","variables":{"a":1,"\u0061":2}}"""),
        Body("a million zeros", NoRequest, $"{{\"query\":{new string('0', 1_000_000)}}}"),
        Body("900 kB of one number", WrongInput, $$$"""{"query":"query($n: Int) { parts(first: $n) { nodes { id } } }","variables":{"n":1{{{new string('0', 900_000)}}}}}"""),
        Body("50,000 unknown members", "200", $$"""{"query":"{__typename}"{{string.Concat(Enumerable.Range(0, 50_000).Select(i => $",\"x{i}\":1"))}}}"""),
        Body("__proto__ and constructor everywhere", WrongInput, """{"query":"query A($__proto__: Int) { parts(first: $__proto__) { nodes { id } } }","operationName":"__proto__","variables":{"__proto__":{"constructor":1}},"extensions":{"__proto__":{}},"__proto__":{}}""") with { NeverSays = "TypeError" },
        Body("a hash that is another document's", WrongInput, $$$$"""{"query":"{__typename}","extensions":{"persistedQuery":{"version":1,"sha256Hash":"{{{{new string('a', 64)}}}}"}}}"""),
        Body("a document by a path", "400 PERSISTED_QUERY_NOT_FOUND", """{"documentId":"../../../../etc/passwd"}"""),

        // Files. All but one are refused before they are read.
        Form("one file in 5,000 places", TooLarge, () => Forms.Of(Forms.Operations(5_000), $$"""{"0":[{{string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"variables.files.{i}\""))}}]}""", ("0", "a", []))),
        Form("200 files", NoRequest, () => Forms.Of(Forms.Operations(200), Forms.Map(200), [.. Enumerable.Range(0, 200).Select(i => ($"{i}", "a", new byte[10]))])),
        Form("200 parts that nobody asked for", NoRequest, () => Forms.Of("""{"query":"{__typename}"}""", "{}", [.. Enumerable.Range(0, 200).Select(i => ($"{i}", "a", new byte[10]))])),
        Form("a file that climbs", "200", () => Forms.Of(
            """{"query":"mutation($image: Upload) { setUserAvatar(input: { userId: \"VXNlcjox\", image: $image }) { errors { __typename } } }","variables":{"image":null}}""",
            """{"0":["variables.image"]}""", ("0", "../../../../etc/cron.d/x", new byte[10]))) with { Says = "UnsupportedFileError", NeverSays = "cron" },
        Form("a file without end", NoRequest, () => Forms.Endless.File()),
        Form("an array of operations in a form", NoRequest, () => Forms.Of("""[{"query":"{__typename}"}]""", "{}")),
        Form("operations of 2 MB", TooLarge, () => Forms.Of($$"""{"query":"{{new string(' ', 2_000_000)}}"}""", "{}")),
        Body("a boundary of 1 kB", NoRequest, () => new ByteArrayContent("--x--"u8.ToArray()), "multipart/form-data; boundary=" + new string('x', 1_000), r => r.Headers.Add("GraphQL-Preflight", "1")),
        Body("a part whose head has no end", NoRequest, () => new ByteArrayContent(Encoding.ASCII.GetBytes("--x\r\n" + new string('a', 500_000))), "multipart/form-data; boundary=x", r => r.Headers.Add("GraphQL-Preflight", "1")),

        // Documents to read.
        Document("10,000 fields", Unparsed, Selection(Repeat(" __typename", 10_000))),
        Document("20,000 levels", Unparsed, Repeat("{a", 20_000) + new string('}', 20_000)),
        Document("20,000 opening braces", Unparsed, new string('{', 20_000)),
        Document("a value 5,000 lists deep", Unparsed, $"{{ nodes(ids: {new string('[', 3_900)}{new string(']', 3_900)}) {{ id }} }}"),
        Document("a type 3,000 lists deep", Unparsed, $"query($a: {new string('[', 3_000)}Int{new string(']', 3_000)}) {{ __typename }}"),
        Document("900 kB of commas", "200", "{ __typename" + new string(',', 900_000) + "}"),
        Document("900 kB of comment", "200", "{ __typename } #" + new string('x', 900_000)),
        Document("a string without end", Unparsed, "{ node(id: \"" + new string('x', 500_000)),
        Document("a block string of 200,000 lines", WrongField, "{ node(id: \"\"\"" + Repeat(" \n", 200_000) + "\"\"\") { id } }"),
        Document("100,000 escapes", WrongField, "{ node(id: \"" + Repeat("\\u0041", 100_000) + "\") { id } }"),
        Document("a lone surrogate in the document", Unparsed, """{ node(id: "\uD800") { id } }"""),
        Document("a name of 500 kB", Refused, "{ " + new string('a', 500_000) + " }"),
        Document("an integer of 100,000 digits", Refused, "{ parts(first: 1" + new string('0', 100_000) + ") { nodes { id } } }"),
        Document("1e400", Refused, "{ parts(first: 1e400) { nodes { id } } }"),
        Document("garbage", Unparsed, "}{!!\u0000\uFEFF@"),
        Document("SDL in the place of a request", Refused, "type Query { a: Int } extend type Mutation { b: Int }"),

        // Documents to validate.
        Document("101 aliases of one field", TooMuch, Selection(string.Concat(Enumerable.Range(0, 101).Select(i => $" a{i}: __typename")))),
        Document("101 aliases further down", TooMuch, "{ parts { nodes {" + string.Concat(Enumerable.Range(0, 101).Select(i => $" a{i}: name")) + " } } }"),
        Document("aliases behind fragments", TooMuch, "{ ...A ...A2 } fragment A on Query {" + string.Concat(Enumerable.Range(0, 60).Select(i => $" a{i}: __typename")) + " } fragment A2 on Query {" + string.Concat(Enumerable.Range(60, 60).Select(i => $" a{i}: __typename")) + " }"),
        Document("500 guesses of an id", TooMuch, Selection(string.Concat(Enumerable.Range(0, 500).Select(i => $" a{i}: workOrder(id: \"{i}\") {{ id }}")))),
        Document("101 mutations", TooMuch, "mutation {" + string.Concat(Enumerable.Range(0, 101).Select(i => $" a{i}: markAllNotificationsRead(input: {{}}) {{ __typename }}")) + " }"),
        Document("5,000 unknown directives", Unparsed, "{ __typename" + Repeat(" @aa", 5_000) + " }"),
        Document("3,000 unknown directives", TooMuch, "{ __typename" + Repeat(" @aa", 3_000) + " }"),
        Document("1,000 times @include at one place", TooMuch, "{ __typename" + Repeat(" @include(if: true)", 1_000) + " }"),
        Document("a cycle of fragments", Refused, "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"),
        Document("a cycle of 500 fragments", TooMuch, "{ ...F0 } " + string.Concat(Enumerable.Range(0, 500).Select(i => $"fragment F{i} on Query {{ ...F{(i + 1) % 500} }} "))),
        Document("fragments of 2^25 spreads", TooMuch, "{ ...F0 } " + string.Concat(Enumerable.Range(0, 25).Select(i => $"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }} ")) + "fragment F25 on Query { __typename }"),
        Document("a chain of 700 fragments", TooMuch, "{ ...F0 } " + string.Concat(Enumerable.Range(0, 700).Select(i => $"fragment F{i} on Query {{ ...F{i + 1} }} ")) + "fragment F700 on Query { __typename }"),
        Document("1,100 fragments that nobody spreads", Refused, "{ __typename } " + string.Concat(Enumerable.Range(0, 1_100).Select(i => $"fragment F{i} on Query {{ id }} "))) with { NeverSays = "Did you mean" },
        Document("1,500 operations", WrongInput, string.Concat(Enumerable.Range(0, 1_500).Select(i => $"query Q{i} {{ __typename }} "))),
        Document("1,000 variables that nobody uses", Refused, "query(" + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"$v{i}: Int ")) + ") { __typename }"),
        Document("5,000 equal fields in 100 fragments", TooMuch, "{ parts { nodes {" + Repeat(" ... on Part {" + Repeat(" name", 50) + " }", 100) + " } } }"),
        Document("fields whose merging is quadratic", TooMuch, "{ parts { nodes {" + string.Concat(Enumerable.Range(0, 99).Select(i => $" ... on Part {{ x: vendors {{ a b c d e f g h i j k l m n o p q r s t u v w x y z }} }}")) + " } } }"),
        Document("2,000 equal fields", TooMuch, "{ parts { nodes {" + Repeat(" name", 2_000) + " } } }"),
        Document("100 fields of one name that cannot be merged", Refused, "{ parts { nodes {" + Repeat(" x: name x: number", 50) + " } } }"),
        Document("16 levels of parents", TooMuch, "{ assets { nodes {" + Repeat(" parent {", 16) + " id" + new string('}', 16) + " } } }"),
        Document("introspection in circles", TooMuch, "{ __schema { types {" + Repeat(" fields { type {", 12) + " name" + new string('}', 24) + " } } }"),
        Document("30 introspections at once", TooMuch, Selection(string.Concat(Enumerable.Range(0, 30).Select(i => $" a{i}: __schema {{ types {{ name description fields {{ name description args {{ name description }} type {{ name }} }} }} }}")))),
        Document("the schema in rows of rows", TooMuch, "{ __schema { types { fields { type { fields { name type { possibleTypes { name } } } } } } } }"),
        Document("an alias of 500 kB", TooMuch, "{ parts(first: 100) { nodes { " + new string('a', 500_000) + ": name } } }"),
        Document("a subscription to two things", Refused, "subscription { policyFired { __typename } stockChanged { __typename } }"),
        Document("a misspelt field", Refused, "{ partz { nodes { id } } }") with { NeverSays = "Did you mean" },
        Document("a misspelt field, by nobody", Refused, "{ partz { nodes { id } } }") with { Anonymous = true, NeverSays = "Query" },
        Document("a field of a type that nobody should know, by nobody", Refused, "{ parts { nodes { secret } } }") with { Anonymous = true, NeverSays = "Part" },
        Document("an input that nobody should know, by nobody", WrongInput, "query($w: PartFilterInput) { parts(where: $w) { nodes { id } } }", """{"w":{"name":{"eqq":1}}}""") with { Anonymous = true, NeverSays = "OperationFilterInput" },
        Document("the schema, by nobody", "400 INTROSPECTION_DISABLED", "{ __schema { types { name } } }") with { Anonymous = true },
        Document("a type, by nobody, behind a fragment", "400 INTROSPECTION_DISABLED", "{ ...A } fragment A on Query { x: __type(name: \"Part\") { name } }") with { Anonymous = true },
        Document("data, by nobody", "401 UNAUTHENTICATED", "{ parts { nodes { id } } }") with { Anonymous = true },

        // Documents to execute.
        Document("a page of a million", TooMuch, "{ parts(first: 1000000) { nodes { id } } }"),
        Document("a page of minus one", WrongField, "{ parts(first: -1) { nodes { id } } }"),
        Document("a page of more than an Int", Refused, "{ parts(first: 99999999999) { nodes { id } } }"),
        Document("an offset of two billion", "200", "{ parts(offset: 2147483647) { nodes { id } } }"),
        Document("a negative offset", WrongField, "{ parts(offset: -1) { nodes { id } } }"),
        Document("lists of lists of lists", TooMuch, "{ assets(first: 50) { nodes { children(first: 50) { nodes { children(first: 50) { nodes { children(first: 50) { nodes { id } } } } } } } } }") with { Says = "\"requested\"" },
        Document("a zero character as an id", WrongField, """{ node(id: "\u0000'\";--") { id } }"""),
        Document("a zero character to search for", WrongField, "query($s: String) { parts(search: $s) { nodes { id } } }", """{"s":"\u0000'\";--"}"""),
        Document("a zero character to compare with", WrongField, "query($s: String) { parts(where: { name: { eq: $s } }) { nodes { id } } }", """{"s":"a\u0000b"}"""),
        Document("a zero character to store", "200", "mutation($s: String!) { createPart(input: { name: $s }) { part { id } errors { __typename } } }", """{"s":"a\u0000b"}""") with { Says = "InvalidValueError" },
        Document("a name of 900 kB to store", "200", "mutation($s: String!) { createPart(input: { name: $s }) { part { id } errors { __typename } } }", $"{{\"s\":\"{new string('x', 900_000)}\"}}") with { Says = "InvalidValueError" },
        Document("a quantity of 10^300", WrongInput, "mutation($n: Decimal) { createPart(input: { name: \"x\", minimum: $n }) { part { id } errors { __typename } } }", """{"n":1e300}"""),
        Document("SQL to search for", "200", "query($s: String) { parts(search: $s) { nodes { id } } }", """{"s":"'; DROP TABLE part; --"}"""),
        Document("only wildcards to search for", "200", "query($s: String) { parts(search: $s) { nodes { id } totalCount } }", $"{{\"s\":\"{Repeat("%_", 1_900)}\"}}"),
        Document("900 kB to search for", WrongField, "query($s: String) { parts(search: $s) { nodes { id } } }", $"{{\"s\":\"{Repeat("ab ", 300_000)}\"}}"),
        Document("a cursor that is none", WrongField, "{ parts(after: \"AAAA\") { nodes { id } } }"),
        Document("a cursor of 900 kB", WrongField, "query($c: String) { parts(after: $c) { nodes { id } } }", $"{{\"c\":\"{new string('A', 900_000)}\"}}"),
        Document("an id of another type", WrongField, "{ part(id: \"V29ya09yZGVyOjE=\") { id } }"),
        Document("an id beyond all numbers", WrongField, $"{{ part(id: \"{Convert.ToBase64String(Encoding.UTF8.GetBytes("Part:" + new string('9', 400)))}\") {{ id }} }}"),
        Document("7,000 ids at once", "400 BAD_USER_INPUT", "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", $"{{\"ids\":[{string.Join(',', Enumerable.Repeat($"\"{Convert.ToBase64String("Part:1"u8)}\"", 7_000))}]}}"),
        Document("conditions 29 levels deep", "200", "query($w: PartFilterInput) { parts(where: $w) { nodes { id } } }", $"{{\"w\":{Repeat("{\"and\":[", 28)}{{\"name\":{{\"eq\":\"x\"}}}}{Repeat("]}", 28)}}}"),
        Document("20,000 conditions", "400 BAD_USER_INPUT", "query($w: PartFilterInput) { parts(where: $w) { nodes { id } } }", $"{{\"w\":{{\"or\":[{string.Join(',', Enumerable.Repeat("{\"name\":{\"eq\":\"x\"}}", 20_000))}]}}}}"),
        Document("50,000 values to compare with", "400 BAD_USER_INPUT", "query($w: PartFilterInput) { parts(where: $w) { nodes { id } } }", $"{{\"w\":{{\"name\":{{\"in\":[{string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"x{i}\""))}]}}}}}}"),
        Document("10,000 orders at once", "400 BAD_USER_INPUT", "query($o: [PartSortInput!]) { parts(order: $o) { nodes { id } } }", $"{{\"o\":[{string.Join(',', Enumerable.Repeat("{\"name\":\"ASC\"}", 10_000))}]}}"),
        Document("a day that no calendar has", Refused, "{ events(from: \"9999-99-99T99:99:99Z\") { nodes { type } } }"),
        Document("the end of time", "200", "{ events(from: \"9999-12-31T23:59:59.9999999Z\") { nodes { type } } }"),
        Document("10,000 kinds of events", "400 BAD_USER_INPUT", "query($t: [String!]) { events(types: $t) { nodes { type } } }", $"{{\"t\":[{string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"t{i}\""))}]}}"),
    ];

    private static string Selection(string fields) => "{" + fields + " }";

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    // 100 MB of spaces in 100 kB.
    private static byte[] Bomb()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var spaces = Encoding.ASCII.GetBytes(new string(' ', 100_000));
            for (var i = 0; i < 1_000; i++) gzip.Write(spaces);
        }
        return packed.ToArray();
    }

    /// <summary>So many spaces, a few at a time.</summary>
    private sealed class Blank(long length) : HttpContent
    {
        private static readonly byte[] s_spaces = Encoding.ASCII.GetBytes(new string(' ', 16_384));

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            for (var left = length; left > 0; left -= s_spaces.Length) await stream.WriteAsync(s_spaces.AsMemory(0, (int)Math.Min(left, s_spaces.Length)));
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
