using Cmms.Domain;
using Cmms.Domain.Assets;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Binding;
using Xunit;

namespace Cmms.Tests.Assets;

public sealed class AssetGraphTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Assets_locations_and_types_are_kept_through_their_doors(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        await calls.DoesAsync("createLocation", """{"name":"Building A","code":"A"}""", "LocationCreated", "location.id as building");
        await calls.DoesAsync("createLocation", """{"name":"Hall 1","parentId":"{building}","generateQrCode":true}""", "LocationCreated", "location.id as hall");
        await calls.DoesAsync("createAssetType", """{"name":"Pumps"}""", "AssetTypeCreated", "assetType.id as pumps");
        await calls.DoesAsync("createAsset", """{"name":"Line","locationId":"{hall}"}""", "AssetCreated", "asset.id as line");
        var made = await calls.DoesAsync("createAsset", """
            {"name":"Pump","code":"P-1","parentId":"{line}","locationId":"{hall}","assetTypeIds":["{pumps}"],"purchaseCost":1200.5,"theoreticalCapacity":80.125,
             "capacityUnit":"kg/h","purchaseDate":"2025-03-01","warrantyExpirationDate":"2027-03-01","lifeExpectancyMonths":36,"qrCode":"QR-PUMP"}
            """, "AssetCreated", "asset.id as pump");
        Snapshot.Match(calls.Readable(made), "An_asset_is_created");

        await calls.DoesAsync("updateAsset", """{"id":"{pump}","version":1,"name":"Pump 1","removeQrCode":true}""", "AssetChanged");
        await calls.DoesAsync("updateAsset", """{"id":"{pump}","qrCode":"QR-2"}""", "AssetChanged");
        var changed = await calls.DoesAsync("changeAssetStatus", """{"id":"{line}","status":"MAINTENANCE","reason":"Gearbox makes noise","maintenanceKind":"CORRECTIVE"}""", "DowntimeCreated AssetStatusChanged", "statusChange.id as change");
        Snapshot.Match(calls.Readable(changed), "A_status_is_changed");
        await calls.DoesAsync("changeAssetStatus", """{"id":"{line}","status":"OUT_OF_SERVICE","reason":"Gearbox is broken"}""", "AssetStatusChanged DowntimeEnded DowntimeCreated", @as: "technician");
        await calls.DoesAsync("updateLocation", """{"id":"{building}","name":"Building B"}""", "LocationChanged LocationChanged");
        await calls.DoesAsync("updateAssetType", """{"id":"{pumps}","description":"They move what flows"}""", "AssetTypeChanged");
        var seen = await graph.DataAsync("""
            query($id: ID!, $line: ID!, $hall: ID!, $building: ID!, $type: ID!) {
              asset(id: $id) { path hasChildren impactedBy { name status } location { path } workOrders { totalCount } pmSchedules { totalCount } }
              line: asset(id: $line) { hasChildren statusHistory { nodes { from to reason changedBy { ... on User { fullName } } } } }
              location(id: $hall) { path hasChildren }
              building: location(id: $building) { hasChildren }
              eligibleAssets(locationId: $building, assetTypeId: $type) { nodes { code } }
              byCode: asset(code: "P-1") { name }
              scan(qrCode: "QR-2") { __typename ... on Asset { code } }
            }
            """, new { id = calls["pump"], line = calls["line"], hall = calls["hall"], building = calls["building"], type = calls["pumps"] });
        Snapshot.Match(calls.Readable(seen), "An_asset_is_read");

        await calls.DoesAsync("archiveAsset", """{"id":"{line}","children":"ARCHIVE"}""", "AssetArchived AssetArchived");
        await calls.DoesAsync("restoreAsset", """{"id":"{line}"}""", "AssetRestored");
        await calls.DoesAsync("archiveLocation", """{"id":"{building}","children":"MOVE_UP"}""", "LocationArchived LocationChanged");
        await calls.DoesAsync("restoreLocation", """{"id":"{building}"}""", "LocationRestored");
        await calls.DoesAsync("createAssetType", """{"name":"Fans"}""", "AssetTypeCreated", "assetType.id as fans");
        await calls.DoesAsync("deleteAssetType", """{"id":"{fans}"}""", "AssetTypeDeleted");
        calls.Verify();
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_refused_says_why_and_leaves_nothing(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        var plant = graph.Plant;
        calls["foreign"] = new GlobalId("Asset", await plant.Database.WriteAsync(plant.Neighbour, async db => await Saved(db, new Asset("Far away", plant.Now)))).ToString();
        calls["foreignLocation"] = new GlobalId("Location", await plant.Database.WriteAsync(plant.Neighbour, async db => await Saved(db, new Location("Far away")))).ToString();
        calls["foreignType"] = new GlobalId("AssetType", await plant.Database.WriteAsync(plant.Neighbour, async db => await Saved(db, new AssetType("Far away")))).ToString();
        calls["manager"] = (await graph.DataAsync("{ users(search: \"Manager\") { nodes { id } } }")).GetProperty("users").GetProperty("nodes")[0].GetProperty("id").GetString()!;
        await calls.DoesAsync("createLocation", """{"name":"Hall","code":"H"}""", "LocationCreated", "location.id as hall");
        await calls.DoesAsync("createLocation", """{"name":"Room","parentId":"{hall}","qrCode":"QR-ROOM"}""", "LocationCreated", "location.id as room");
        await calls.DoesAsync("createAssetType", """{"name":"Pumps"}""", "AssetTypeCreated", "assetType.id as pumps");
        await calls.DoesAsync("createAsset", """{"name":"Line","code":"L-1","assetTypeIds":["{pumps}"]}""", "AssetCreated", "asset.id as line");
        await calls.DoesAsync("createAsset", """{"name":"Pump","parentId":"{line}"}""", "AssetCreated", "asset.id as pump");

        foreach (var (mutation, input, refusal) in Refusals) await calls.RefusesAsync(mutation, input, refusal);
        await calls.RefusesAsync("createAsset", """{"name":"Pump 2"}""", "FORBIDDEN MANAGE_ASSETS", "technician");
        await calls.RefusesAsync("changeAssetStatus", """{"id":"{line}","status":"MAINTENANCE","reason":"Gearbox makes noise"}""", "FORBIDDEN MANAGE_MACHINES", "viewer");
        await calls.RefusesAsync("createLocation", """{"name":"Nowhere"}""", "UNAUTHENTICATED", null);
        calls.Verify();
    }

    private static readonly (string Mutation, string Input, string Refusal)[] Refusals =
    [
        ("createAsset", """{}""", "BAD_USER_INPUT name"),
        ("createAsset", """{"name":null}""", "BAD_USER_INPUT name"),
        ("createAsset", """{"name":7}""", "BAD_USER_INPUT name"),
        ("createAsset", """{"name":"   "}""", "INVALID_VALUE name"),
        ("createAsset", """{"name":"P","code":"L-1"}""", "DUPLICATE code"),
        ("createAsset", """{"name":"P","qrCode":"QR-ROOM"}""", "DUPLICATE qrCode"),
        ("createAsset", """{"name":"P","qrCode":"QR-9","generateQrCode":true}""", "INVALID_VALUE generateQrCode"),
        ("createAsset", """{"name":"P","purchaseCost":-1}""", "INVALID_VALUE purchaseCost"),
        ("createAsset", """{"name":"P","purchaseCost":1.234}""", "INVALID_VALUE purchaseCost"),
        ("createAsset", """{"name":"P","purchaseCost":"dear"}""", "BAD_USER_INPUT purchaseCost"),
        ("createAsset", """{"name":"P","theoreticalCapacity":-1}""", "INVALID_VALUE theoreticalCapacity"),
        ("createAsset", """{"name":"P","theoreticalCapacity":1.2345}""", "INVALID_VALUE theoreticalCapacity"),
        ("createAsset", """{"name":"P","warrantyNoticeDays":-1}""", "INVALID_VALUE warrantyNoticeDays"),
        ("createAsset", """{"name":"P","lifeExpectancyMonths":0}""", "INVALID_VALUE lifeExpectancyMonths"),
        ("createAsset", """{"name":"P","purchaseDate":"yesterday"}""", "BAD_USER_INPUT purchaseDate"),
        ("createAsset", """{"name":"P","condition":"SHINY"}""", "BAD_USER_INPUT condition"),
        ("createAsset", """{"name":"P","parentId":"{hall}"}""", "BAD_USER_INPUT parentId"),
        ("createAsset", """{"name":"P","parentId":"nonsense"}""", "BAD_USER_INPUT parentId"),
        ("createAsset", """{"name":"P","parentId":"{foreign}"}""", "NOT_FOUND parentId"),
        ("createAsset", """{"name":"P","locationId":"{foreignLocation}"}""", "NOT_FOUND locationId"),
        ("createAsset", """{"name":"P","assetTypeIds":["{pumps}","{foreignType}"]}""", "NOT_FOUND assetTypeIds.1"),
        ("createAsset", """{"name":"P","technicianIds":["{manager}"]}""", "INVALID_VALUE technicianIds"),
        ("updateAsset", """{"id":"{foreign}","name":"Mine"}""", "NOT_FOUND id"),
        ("updateAsset", """{"id":"{line}","version":9,"name":"Mine"}""", "CONFLICT version"),
        ("updateAsset", """{"id":"{line}","name":null}""", "BAD_USER_INPUT name"),
        ("updateAsset", """{"id":"{line}","parentId":"{pump}"}""", "TREE_CYCLE parentId"),
        ("updateAsset", """{"id":"{line}","parentId":"{line}"}""", "TREE_CYCLE parentId"),
        ("updateAsset", """{"id":"{pump}","code":"L-1"}""", "DUPLICATE code"),
        ("updateAsset", """{"id":"{pump}","qrCode":"QR-9","removeQrCode":true}""", "INVALID_VALUE removeQrCode"),
        ("archiveAsset", """{"id":"{line}"}""", "IN_USE"),
        ("archiveAsset", """{"id":"{foreign}"}""", "NOT_FOUND id"),
        ("restoreAsset", """{"id":"{foreign}"}""", "NOT_FOUND id"),
        ("changeAssetStatus", """{"id":"{line}","status":"OPERATIONAL","reason":"Everything is well"}""", "STATUS_UNCHANGED status"),
        ("changeAssetStatus", """{"id":"{line}","status":"MAINTENANCE","reason":"  broken   "}""", "REASON_TOO_SHORT reason"),
        ("changeAssetStatus", """{"id":"{line}","status":"MAINTENANCE","reason":"   "}""", "REASON_REQUIRED reason"),
        ("changeAssetStatus", """{"id":"{line}","status":"MAINTENANCE"}""", "BAD_USER_INPUT reason"),
        ("changeAssetStatus", """{"id":"{line}","status":"BROKEN","reason":"Gearbox makes noise"}""", "BAD_USER_INPUT status"),
        ("changeAssetStatus", """{"id":"{foreign}","status":"MAINTENANCE","reason":"Gearbox makes noise"}""", "NOT_FOUND id"),
        ("changeAssetStatus", """{"id":"{line}","status":"MAINTENANCE","reason":"Gearbox makes noise","workOrderId":"V29ya09yZGVyOjk5OTk"}""", "NOT_FOUND workOrderId"),
        ("createLocation", """{"name":""}""", "INVALID_VALUE name"),
        ("createLocation", """{"name":"Hall","code":"H"}""", "DUPLICATE code"),
        ("createLocation", """{"name":"Hall","parentId":"{foreignLocation}"}""", "NOT_FOUND parentId"),
        ("updateLocation", """{"id":"{hall}","parentId":"{room}"}""", "TREE_CYCLE parentId"),
        ("updateLocation", """{"id":"{hall}","qrCode":"QR-ROOM"}""", "DUPLICATE qrCode"),
        ("updateLocation", """{"id":"{hall}","version":3}""", "CONFLICT version"),
        ("updateLocation", """{"id":"{foreignLocation}"}""", "NOT_FOUND id"),
        ("archiveLocation", """{"id":"{hall}"}""", "IN_USE"),
        ("archiveLocation", """{"id":"{foreignLocation}"}""", "NOT_FOUND id"),
        ("restoreLocation", """{"id":"{foreignLocation}"}""", "NOT_FOUND id"),
        ("createAssetType", """{"name":"pUMPS"}""", "DUPLICATE name"),
        ("updateAssetType", """{"id":"{foreignType}"}""", "NOT_FOUND id"),
        ("updateAssetType", """{"id":"{pumps}","version":5}""", "CONFLICT version"),
        ("deleteAssetType", """{"id":"{pumps}"}""", "IN_USE"),
        ("deleteAssetType", """{"id":"{foreignType}"}""", "NOT_FOUND id"),
    ];

    private static async Task<long> Saved<T>(CmmsDb db, T entity) where T : Entity
    {
        db.Add(entity);
        await db.SaveChangesAsync();
        return entity.Id;
    }
}
