using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cmms.Domain.Imports;
using Cmms.Domain.Persistence;
using Cmms.Tests.Contract;
using Cmms.Tests.Work;
using Xunit;
using static Cmms.Tests.Work.Doors;

namespace Cmms.Tests.Imports;

public sealed class ImportTests
{
    private const string Look = """
        { parts(order: [{ number: ASC }]) { nodes { name number description area onHand minimum desired unitCost averageUnitCost stockValue leadTime isNonStock partType { name } storeroom { name } measurementUnit { shortName }
          vendors { isPreferred vendorPartNumber vendor { name } } transactions { nodes { kind quantity } } } } }
        """;

    /// <summary>The part of seed 003, as another system's file has it.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task Parts_come_in_from_the_files_of_other_systems_and_come_in_again_unchanged(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await graph.RunAsync("CreateVendor", new { name = "Grainger" });
        const string file = """
            csv:Part Name;SKU;Descripción;Bin;Category;Warehouse;UoM;Qty;Min;Max;Price;Lead Time (days);Supplier;Supplier Part Number;Non-stock part
            Air Filter;FL_A;"Fiberglass; panel filter";Filters bin;Filters;Main Warehouse;itm;6;5;8;26.15;7;Grainger;77-A;
            Welding;W-1;;;Services;;;;;;80;;;;yes
            """;
        Assert.Equal("""{"rows":2,"created":2,"updated":0,"unchanged":0,"isDryRun":false,"isApplied":true,"rowErrors":[]}""", await Import(graph, "Parts", file, new { missing = "CREATE" }));
        Assert.Equal("""{"parts":{"nodes":[{"name":"Air Filter","number":"FL_A","description":"Fiberglass; panel filter","area":"Filters bin","onHand":6,"minimum":5,"desired":8,"unitCost":26.15,"averageUnitCost":26.15,"stockValue":156.9,"leadTime":7,"isNonStock":false,"partType":{"name":"Filters"},"storeroom":{"name":"Main Warehouse"},"measurementUnit":{"shortName":"itm"},"vendors":[{"isPreferred":true,"vendorPartNumber":"77-A","vendor":{"name":"Grainger"}}],"transactions":{"nodes":[{"kind":"INITIAL","quantity":6}]}},{"name":"Welding","number":"W-1","description":null,"area":null,"onHand":0,"minimum":null,"desired":null,"unitCost":80,"averageUnitCost":80,"stockValue":0,"leadTime":null,"isNonStock":true,"partType":{"name":"Services"},"storeroom":null,"measurementUnit":null,"vendors":[],"transactions":{"nodes":[]}}]}}""",
            (await graph.DataAsync(Look)).GetRawText());

        Assert.Equal("""{"rows":2,"created":0,"updated":0,"unchanged":2,"isDryRun":false,"isApplied":true,"rowErrors":[]}""", await Import(graph, "Parts", file));
        Assert.Equal("""{"rows":2,"created":1,"updated":1,"unchanged":0,"isDryRun":false,"isApplied":true,"rowErrors":[]}""", await Import(graph, "Parts", "csv:number,name,desired,minimum\nFL_A,Air filter,4,2\n,Loose screw,,"));
        Assert.Equal("""{"parts":{"nodes":[{"name":"Air filter","minimum":2,"desired":4,"area":"Filters bin"}]}}""",
            (await graph.DataAsync("{ parts(where: { number: { eq: \"FL_A\" } }) { nodes { name minimum desired area } } }")).GetRawText());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_wrong_is_told_row_by_row_and_nothing_of_the_file_is_kept(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        await graph.RunAsync("CreatePart", new { name = "Seal", number = "S-1", onHand = 5, unitCost = 2, qrCode = "QR-1" });
        const string file = """
            csv:name,number,on hand,unit cost,minimum,desired,type,qr code
            Good,G-1,1,1,,,,
            ,N-1,1,1,,,,
            Twice,T-1,1,1,,,,
            Twice,T-1,1,1,,,,
            Cheap,C-1,1,-1,,,,
            Precise,P-1,1,1.005,,,,
            Grain,R-1,0.0005,1,,,,
            Wordy,W-1,many,1,,,,
            Upside,U-1,1,1,9,3,,
            Stranger,X-1,1,1,,,Unheard of,
            Label,L-1,1,1,,,,QR-1
            Seal,S-1,6,,,,,
            Seal,S-1b,1,1,,,,QR-2
            """;
        var before = await DatabaseImage.TakeAsync(graph.Plant.Database);
        var answer = JsonElement.Parse(await Import(graph, "Parts", file));
        Assert.Equal((13, false), (answer.GetProperty("rows").GetInt32(), answer.GetProperty("isApplied").GetBoolean()));
        Assert.Equal(
        [
            "3 name INVALID_VALUE", "5 number DUPLICATE", "6 unit cost INVALID_VALUE", "7 unit cost INVALID_VALUE", "8 on hand INVALID_VALUE", "9 on hand INVALID_VALUE", "10 desired INVALID_VALUE",
            "11 type NOT_FOUND", "12 qr code DUPLICATE", "13 on hand INVALID_VALUE",
        ], answer.GetProperty("rowErrors").EnumerateArray().Select(e => $"{e.GetProperty("line")} {e.GetProperty("column").GetString() ?? "-"} {e.GetProperty("code").GetString()}"));
        Assert.Contains("5 by the ledger", answer.GetProperty("rowErrors")[9].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await DatabaseImage.TakeAsync(graph.Plant.Database));

        foreach (var (content, code) in ((string, string)[])
        [
            ("", "UNSUPPORTED_FILE"), ("name\n", "INVALID_VALUE"), ("name,colour\nA,red", "INVALID_VALUE"), ("name,Part Name\nA,B", "INVALID_VALUE"), ("description\nA", "INVALID_VALUE"), ("name\nA,B", "INVALID_VALUE"),
            ("name\n" + string.Concat(Enumerable.Repeat("A\n", ImportTable.MostRows + 1)), "INVALID_VALUE"), ("name\n" + new string('A', 5 * 1024 * 1024), "FILE_TOO_LARGE"),
        ])
            Assert.StartsWith($"[{{\"__typename\":\"{TypeOf(code)}\",\"code\":\"{code}\"", Errors(await graph.RunAsync("ImportParts", new { file = "csv:" + content })), StringComparison.Ordinal);
        Assert.Equal(before, await DatabaseImage.TakeAsync(graph.Plant.Database));

        static string TypeOf(string code) => code switch { "UNSUPPORTED_FILE" => "UnsupportedFileError", "FILE_TOO_LARGE" => "FileTooLargeError", _ => "InvalidValueError" };
    }

    /// <summary>Five thousand rows have to be done within the time of a request, so each row counts.</summary>
    [Theory, Sqlite, PostgreSql]
    public async Task A_row_more_costs_few_statements_whatever_the_size_of_the_file(DatabaseProvider provider)
    {
        using StatementLog log = new();
        await using var graph = await TestGraph.StartAsync(provider);
        var (few, many) = (await CountAsync(40), await CountAsync(120));
        Assert.InRange((many - few) / 80.0, 1, 10);
        var (again, all) = (await CountAsync(40), await CountAsync(120));
        Assert.InRange((all - again) / 80.0, 0, 3);

        async Task<int> CountAsync(int rows)
        {
            log.Count(graph.Plant.Database.Options);
            Assert.Contains($"\"rows\":{rows}", await Import(graph, "Parts", "csv:name,number,on hand,minimum,desired,unit cost,type,unit\n" + string.Join('\n',
                Enumerable.Range(0, rows).Select(i => $"Bearing {i},{rows}-{i},{i + 1},5,20,{i}.5,Spares,pcs")), new { missing = "CREATE" }), StringComparison.Ordinal);
            return log.Statements.Count;
        }
    }

    [Theory, Sqlite, PostgreSql]
    public async Task A_dry_run_does_the_same_and_leaves_nothing(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        const string file = "csv:name,number,on hand,unit cost,type\nSeal,S-1,5,2,Seals\nBelt,B-1,3,4,Belts";
        var before = await DatabaseImage.TakeAsync(graph.Plant.Database);
        var tried = await Import(graph, "Parts", file, new { dryRun = true, missing = "CREATE" });
        Assert.Equal("""{"rows":2,"created":2,"updated":0,"unchanged":0,"isDryRun":true,"isApplied":false,"rowErrors":[]}""", tried);
        Assert.Equal(before, await DatabaseImage.TakeAsync(graph.Plant.Database));

        // In one transaction with others, it alone is undone.
        var both = await graph.DataAsync("""
            mutation($file: ImportPartsInput!) @atomic {
              createPart(input: { name: "Kept" }) { part { name } errors { __typename } }
              importParts(input: $file) { import { created } errors { __typename } query { parts { totalCount } } }
            }
            """, new { file = new { file, dryRun = true, missing = "CREATE" } });
        Assert.Equal("""{"import":{"created":2},"errors":null,"query":{"parts":{"totalCount":1}}}""", both.GetProperty("importParts").GetRawText());
        Assert.Equal("Kept", Assert.Single((await graph.DataAsync("{ parts { nodes { name } } }")).GetProperty("parts").GetProperty("nodes").EnumerateArray()).GetProperty("name").GetString());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task Trees_come_in_whatever_the_order_of_their_rows(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        Assert.Contains("\"created\":4", await Import(graph, "Locations", "csv:name,code,parent\nRoof,,Building A > Tower\nTower,,Building A\nBuilding A,A,\nCellar,A-C,A"), StringComparison.Ordinal);
        Assert.Contains("\"unchanged\":4", await Import(graph, "Locations", "csv:name,code,parent\nRoof,,Building A > Tower\nTower,,Building A\nBuilding A,A,\nCellar,A-C,A"), StringComparison.Ordinal);
        Assert.Contains("\"updated\":1", await Import(graph, "Locations", "csv:code,parent\nA-C,Building A > Tower"), StringComparison.Ordinal);
        Assert.Equal(["Building A", "Building A > Tower", "Building A > Tower > Cellar", "Building A > Tower > Roof"], await Paths("locations"));
        Assert.Contains("\"code\":\"TREE_CYCLE\"", await Import(graph, "Locations", "csv:name,code,parent\nX,X,Y\nY,Y,X"), StringComparison.Ordinal);
        Assert.Contains("\"column\":\"padre\",\"code\":\"TREE_CYCLE\"", await Import(graph, "Locations", "csv:nombre,codigo,padre\nBuilding A,A,A-C"), StringComparison.Ordinal);

        await graph.RunAsync("CreateProcess", new { name = "Weaving", code = "P2" });
        const string assets = """
            csv:Asset Name,Tag,Parent,Location,Type,Proceso,Serial No,Purchase Date,Purchase Price,Capacity,Unit,Technicians,Condition
            Motor,M-1,TEL-01,,,,,,,,,,
            Telar Circular,TEL-01,,Building A > Tower,Loom; Machine,p2,77-1,2024-05-01,84000,120,m/h,technician@example.test,WORKING
            """;
        Assert.Contains("\"created\":2", await Import(graph, "Assets", assets, new { missing = "CREATE" }), StringComparison.Ordinal);
        Assert.Contains("\"unchanged\":2", await Import(graph, "Assets", assets), StringComparison.Ordinal);
        Assert.Equal(["Telar Circular", "Telar Circular > Motor"], await Paths("assets"));
        Assert.Equal("""{"asset":{"location":{"path":"Building A > Tower"},"assetTypes":[{"name":"Loom"},{"name":"Machine"}],"process":{"name":"Weaving"},"serialNumber":"77-1","purchaseDate":"2024-05-01","purchaseCost":84000,"theoreticalCapacity":120,"capacityUnit":"m/h","technicians":[{"name":"Technician"}],"status":"OPERATIONAL"}}""",
            (await graph.DataAsync("{ asset(code: \"TEL-01\") { location { path } assetTypes { name } process { name } serialNumber purchaseDate purchaseCost theoreticalCapacity capacityUnit technicians { name } status } }")).GetRawText());
        Assert.Contains("\"column\":\"Technicians\",\"code\":\"INVALID_VALUE\"", await Import(graph, "Assets", "csv:name,Technicians\nFan,viewer@example.test"), StringComparison.Ordinal);

        async Task<IEnumerable<string?>> Paths(string list) => (await graph.DataAsync($"{{ {list}(order: [{{ path: ASC }}]) {{ nodes {{ path }} }} }}")).GetProperty(list).GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("path").GetString());
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_exported_can_be_imported_and_is_what_the_caller_may_see(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        var rows = new StringBuilder("csv:name,number,on hand,unit cost,description\n");
        for (var i = 0; i < 230; i++) rows.Append(CultureInfo.InvariantCulture, $"Part {i},P-{i:D3},{i},1.5,\"=SUM(A{i}) \"\"quoted\"\", é\"\n");
        Assert.Contains("\"created\":230", await Import(graph, "Parts", rows.ToString()), StringComparison.Ordinal);
        await Import(graph, "Locations", "csv:name,code,parent\nHall,H,\nCorner,,H");
        await Import(graph, "Assets", "csv:name,code,location,parent\nLoom,L-1,Hall > Corner,\nMotor,,,L-1");

        foreach (var (kind, list, count) in new[] { ("PARTS", "Parts", 230), ("LOCATIONS", "Locations", 2), ("ASSETS", "Assets", 2) })
        {
            var url = (await graph.DataAsync($"{{ exportUrl(kind: {kind}) }}", null, "viewer")).GetProperty("exportUrl").GetString()!;
            var (status, type, text) = await Get(url, "viewer");
            Assert.Equal((HttpStatusCode.OK, "text/csv"), (status, type));
            Assert.Equal(count + 1, text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
            var again = await Import(graph, list, "csv:" + text);
            Assert.True(again.Contains($"\"created\":{(list == "Assets" ? 1 : 0)},\"updated\":0,\"unchanged\":{count - (list == "Assets" ? 1 : 0)}", StringComparison.Ordinal), again); // an asset without a code is another each time
            Assert.DoesNotContain("\n=", text, StringComparison.Ordinal);
            Assert.DoesNotContain(",=", text, StringComparison.Ordinal);
            Assert.Single((await Get(url, "neighbour")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
            Assert.Equal(HttpStatusCode.Unauthorized, (await Get(url, null)).Status);
        }

        var some = (await graph.DataAsync("query($w: JSON) { exportUrl(kind: PARTS, where: $w) }", new { w = new { number = new { startsWith = "P-00" } } })).GetProperty("exportUrl").GetString()!;
        Assert.Equal(11, (await Get(some, "viewer")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(HttpStatusCode.Forbidden, (await Get("/export/parts", "requester")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Get("/export/parts?where={\"colour\":{\"eq\":1}}", "viewer")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Get("/export/parts?where=[", "viewer")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Get("/export/users", "viewer")).Status);

        async Task<(HttpStatusCode Status, string? Type, string Text)> Get(string path, string? who)
        {
            using HttpClient http = new();
            using HttpRequestMessage request = new(HttpMethod.Get, new Uri(graph.Address, path));
            if (who is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"test-{who}");
            using var response = await http.SendAsync(request);
            return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
        }
    }

    private static async Task<string> Import(TestGraph graph, string kind, string file, object? more = null)
    {
        var input = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        input["file"] = file.Replace("\r\n", "\n", StringComparison.Ordinal);
        var payload = await graph.RunAsync($"Import{kind}", input);
        Assert.Equal("[]", Errors(payload));
        return payload.GetProperty("import").GetRawText();
    }
}
