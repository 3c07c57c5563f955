using Cmms.Domain;
using Cmms.Domain.Inventory;
using Cmms.Domain.Persistence;
using Engines.GraphQL.Binding;
using Xunit;

namespace Cmms.Tests.Inventory;

public sealed class InventoryGraphTests
{
    [Theory, Sqlite, PostgreSql]
    public async Task Parts_are_catalogued_bought_moved_and_counted_through_their_doors(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        await calls.DoesAsync("createVendor", """{"name":"Acme Supply","rating":5,"hourlyRate":80,"partsSupplier":true}""", "VendorCreated", "vendor.id as acme");
        await calls.DoesAsync("addVendorContact", """{"vendorId":"{acme}","name":"Ann","email":"ann@acme.test"}""", "VendorContactCreated", "vendorContact.id as ann");
        await calls.DoesAsync("addVendorContact", """{"vendorId":"{acme}","name":"Bob","isPrimary":true}""", "VendorContactChanged VendorContactCreated", "vendorContact.id as bob");
        await calls.DoesAsync("updateVendorContact", """{"id":"{ann}","phone":"123","isPrimary":true}""", "VendorContactChanged VendorContactChanged VendorContactChanged");
        await calls.DoesAsync("removeVendorContact", """{"id":"{ann}"}""", "VendorContactDeleted VendorContactChanged");
        await calls.DoesAsync("updateVendor", """{"id":"{acme}","taxId":"EC-1","rating":null}""", "VendorChanged");
        await calls.DoesAsync("createPartType", """{"name":"Filters"}""", "PartTypeCreated", "partType.id as filters");
        await calls.DoesAsync("updatePartType", """{"id":"{filters}","description":"Catch dust"}""", "PartTypeChanged");
        await calls.DoesAsync("createMeasurementUnit", """{"name":"Item","shortName":"itm"}""", "MeasurementUnitCreated", "measurementUnit.id as item");
        await calls.DoesAsync("updateMeasurementUnit", """{"id":"{item}","shortName":"pc"}""", "MeasurementUnitChanged");
        await calls.DoesAsync("createStoreroom", """{"name":"Van"}""", "StoreroomCreated", "storeroom.id as van");
        await calls.DoesAsync("createStoreroom", """{"name":"Shed","isDefault":true}""", "StoreroomChanged StoreroomCreated", "storeroom.id as shed");
        await calls.DoesAsync("updateStoreroom", """{"id":"{van}","description":"White, 2019"}""", "StoreroomChanged");
        var made = await calls.DoesAsync("createPart", """
            {"name":"Air Filter","number":"FL_A","onHand":6,"minimum":5,"desired":8,"unitCost":26.15,"partTypeId":"{filters}","measurementUnitId":"{item}",
             "qrCode":"QR-FL","vendorParts":[{"vendorId":"{acme}","vendorPartNumber":"77","isPreferred":true}]}
            """, "PartCreated VendorPartCreated StockChanged", "part.id as filter");
        Snapshot.Match(calls.Readable(made), "A_part_is_created");
        await calls.DoesAsync("updatePart", """{"id":"{filter}","area":"A-12","removeQrCode":true,"leadTime":14}""", "PartChanged");

        await calls.DoesAsync("restockPart", """{"id":"{filter}","quantity":4,"unitCost":30}""", "StockChanged");
        await calls.DoesAsync("reconcilePart", """{"id":"{filter}","quantity":-1.5,"note":"Counted"}""", "StockChanged");
        await calls.DoesAsync("updatePartUnitCost", """{"id":"{filter}","cost":31.5}""", "StockChanged");
        await calls.DoesAsync("updatePartAverageUnitCost", """{"id":"{filter}","cost":28}""", "StockChanged");
        await calls.DoesAsync("issuePart", """{"id":"{filter}","quantity":2}""", "StockChanged", @as: "technician");
        await calls.DoesAsync("returnPart", """{"id":"{filter}","quantity":0.5}""", "StockChanged", @as: "technician");
        var moved = await calls.DoesAsync("transferStock", """{"partId":"{filter}","fromStoreroomId":"{shed}","toStoreroomId":"{van}","quantity":3}""", "StockChanged", "stockTransaction.id as line");
        Snapshot.Match(calls.Readable(moved), "Stock_is_transferred");

        await calls.DoesAsync("createPurchaseRequest", """{"vendorId":"{acme}","lines":[{"partId":"{filter}","quantity":10,"unitCost":25}],"needByDate":"2026-04-01"}""",
            "StockChanged PurchaseRequestCreated PurchaseLineCreated", "purchaseRequest.id as order");
        await calls.DoesAsync("approvePurchaseRequest", """{"id":"{order}"}""", "PurchaseRequestApproved");
        await calls.DoesAsync("receivePurchaseRequest", """{"id":"{order}","receipts":[{"partId":"{filter}","quantity":4}]}""", "StockChanged StockChanged PurchaseRequestPartiallyReceived PurchaseLineChanged");
        await calls.DoesAsync("cancelPurchaseRequest", """{"id":"{order}","reason":"Too slow"}""", "StockChanged PurchaseRequestCancelled");
        var seen = await graph.DataAsync("""
            query($id: ID!, $order: ID!) {
              part(id: $id) { onHand available onOrder averageUnitCost vendors { vendor { name primaryContact { name } } vendorPartNumber isPreferred } stockLevels { storeroom { name } onHand } }
              purchaseRequest(id: $order) { code status lines { quantity received outstanding } approvedBy { ... on User { fullName } } }
              stockTransactions(first: 3) { nodes { kind quantity unitCost } }
              verifyStock { figure }
            }
            """, new { id = calls["filter"], order = calls["order"] });
        Snapshot.Match(calls.Readable(seen), "A_part_is_read");

        await calls.DoesAsync("archivePart", """{"id":"{filter}"}""", "PartArchived");
        await calls.DoesAsync("restorePart", """{"id":"{filter}"}""", "PartRestored");
        await calls.DoesAsync("archiveVendor", """{"id":"{acme}"}""", "VendorArchived");
        await calls.DoesAsync("restoreVendor", """{"id":"{acme}"}""", "VendorRestored");
        await calls.DoesAsync("createPartType", """{"name":"Belts"}""", "PartTypeCreated", "partType.id as belts");
        await calls.DoesAsync("deletePartType", """{"id":"{belts}"}""", "PartTypeDeleted");
        await calls.DoesAsync("createMeasurementUnit", """{"name":"Litre","shortName":"l"}""", "MeasurementUnitCreated", "measurementUnit.id as litre");
        await calls.DoesAsync("deleteMeasurementUnit", """{"id":"{litre}"}""", "MeasurementUnitDeleted");
        await calls.DoesAsync("createStoreroom", """{"name":"Cupboard"}""", "StoreroomCreated", "storeroom.id as cupboard");
        await calls.DoesAsync("deleteStoreroom", """{"id":"{cupboard}"}""", "StoreroomDeleted");
        calls.Verify();
    }

    [Theory, Sqlite, PostgreSql]
    public async Task What_is_refused_says_why_and_leaves_nothing(DatabaseProvider provider)
    {
        await using var graph = await TestGraph.StartAsync(provider);
        TestCalls calls = new(graph);
        var plant = graph.Plant;
        calls["foreignPart"] = await Foreign(plant, new Part("Far away"));
        calls["foreignVendor"] = await Foreign(plant, new Vendor("Far away"));
        calls["foreignType"] = await Foreign(plant, new PartType("Far away"));
        calls["foreignUnit"] = await Foreign(plant, new MeasurementUnit("Far away", "fa"));
        calls["foreignStoreroom"] = await Foreign(plant, new Storeroom("Far away"));
        calls["nobody"] = new GlobalId("VendorContact", 99999).ToString();
        calls["nothing"] = new GlobalId("PurchaseRequest", 99999).ToString();
        calls["main"] = (await graph.DataAsync("{ storerooms { nodes { id } } }")).GetProperty("storerooms").GetProperty("nodes")[0].GetProperty("id").GetString()!;
        await calls.DoesAsync("createVendor", """{"name":"Acme"}""", "VendorCreated", "vendor.id as acme");
        await calls.DoesAsync("addVendorContact", """{"vendorId":"{acme}","name":"Ann"}""", "VendorContactCreated", "vendorContact.id as ann");
        await calls.DoesAsync("createPartType", """{"name":"Filters"}""", "PartTypeCreated", "partType.id as filters");
        await calls.DoesAsync("createMeasurementUnit", """{"name":"Item","shortName":"itm"}""", "MeasurementUnitCreated", "measurementUnit.id as item");
        await calls.DoesAsync("createStoreroom", """{"name":"Van"}""", "StoreroomCreated", "storeroom.id as van");
        await calls.DoesAsync("createPart", """{"name":"Filter","number":"F-1","onHand":5,"unitCost":2,"partTypeId":"{filters}","measurementUnitId":"{item}"}""", "PartCreated StockChanged", "part.id as filter");
        await calls.DoesAsync("createPart", """{"name":"Paint job","isNonStock":true,"unitCost":10}""", "PartCreated", "part.id as job");
        await calls.DoesAsync("createPurchaseRequest", """{"lines":[{"partId":"{filter}","quantity":2}]}""", "StockChanged PurchaseRequestCreated PurchaseLineCreated", "purchaseRequest.id as order");
        await calls.DoesAsync("createPurchaseRequest", """{"lines":[{"partId":"{filter}","quantity":2}]}""", "StockChanged PurchaseRequestCreated PurchaseLineCreated", "purchaseRequest.id as agreed");
        await calls.DoesAsync("approvePurchaseRequest", """{"id":"{agreed}"}""", "PurchaseRequestApproved");

        foreach (var (mutation, input, refusal) in PartRefusals.Concat(CatalogRefusals)) await calls.RefusesAsync(mutation, input, refusal);
        await calls.RefusesAsync("createPart", """{"name":"Filter 2"}""", "FORBIDDEN MANAGE_INVENTORY", "technician");
        await calls.RefusesAsync("issuePart", """{"id":"{filter}","quantity":1}""", "FORBIDDEN MOVE_STOCK", "viewer");
        await calls.RefusesAsync("approvePurchaseRequest", """{"id":"{order}"}""", "FORBIDDEN MANAGE_PURCHASING", "technician");
        await calls.RefusesAsync("createVendor", """{"name":"Nobody's"}""", "UNAUTHENTICATED", null);
        calls.Verify();
    }

    private static readonly (string Mutation, string Input, string Refusal)[] PartRefusals =
    [
        ("createPart", """{}""", "BAD_USER_INPUT name"),
        ("createPart", """{"name":" "}""", "INVALID_VALUE name"),
        ("createPart", """{"name":"P","number":"F-1"}""", "DUPLICATE number"),
        ("createPart", """{"name":"P","onHand":-1}""", "INVALID_VALUE onHand"),
        ("createPart", """{"name":"P","onHand":1.2345}""", "INVALID_VALUE onHand"),
        ("createPart", """{"name":"P","onHand":"many"}""", "BAD_USER_INPUT onHand"),
        ("createPart", """{"name":"P","unitCost":1.005}""", "INVALID_VALUE unitCost"),
        ("createPart", """{"name":"P","minimum":-1}""", "INVALID_VALUE minimum"),
        ("createPart", """{"name":"P","minimum":5,"desired":4}""", "INVALID_VALUE desired"),
        ("createPart", """{"name":"P","isNonStock":true,"onHand":1}""", "NON_STOCK_PART"),
        ("createPart", """{"name":"P","partTypeId":"{foreignType}"}""", "NOT_FOUND partTypeId"),
        ("createPart", """{"name":"P","storeroomId":"{foreignStoreroom}"}""", "NOT_FOUND storeroomId"),
        ("createPart", """{"name":"P","storeroomId":"{filter}"}""", "BAD_USER_INPUT storeroomId"),
        ("createPart", """{"name":"P","vendorParts":[{"vendorId":"{foreignVendor}"}]}""", "NOT_FOUND vendorParts.0.vendorId"),
        ("createPart", """{"name":"P","vendorParts":[{"vendorId":"{acme}"},{"vendorId":"{acme}"}]}""", "INVALID_VALUE vendorParts"),
        ("updatePart", """{"id":"{foreignPart}"}""", "NOT_FOUND id"),
        ("updatePart", """{"id":"{filter}","version":77}""", "CONFLICT version"),
        ("updatePart", """{"id":"{filter}","onHand":4}""", "BAD_USER_INPUT onHand"),
        ("updatePart", """{"id":"{job}","minimum":4}""", "NON_STOCK_PART"),
        ("updatePart", """{"id":"{job}","number":"F-1"}""", "DUPLICATE number"),
        ("archivePart", """{"id":"{foreignPart}"}""", "NOT_FOUND id"),
        ("restorePart", """{"id":"{foreignPart}"}""", "NOT_FOUND id"),
        ("restockPart", """{"id":"{filter}","quantity":0,"unitCost":1}""", "INVALID_VALUE quantity"),
        ("restockPart", """{"id":"{filter}","quantity":1}""", "BAD_USER_INPUT unitCost"),
        ("restockPart", """{"id":"{filter}","quantity":1.0001,"unitCost":1}""", "INVALID_VALUE quantity"),
        ("restockPart", """{"id":"{filter}","quantity":1,"unitCost":-1}""", "INVALID_VALUE unitCost"),
        ("restockPart", """{"id":"{filter}","quantity":1,"unitCost":1,"storeroomId":"{foreignStoreroom}"}""", "NOT_FOUND storeroomId"),
        ("restockPart", """{"id":"{job}","quantity":1,"unitCost":1}""", "NON_STOCK_PART"),
        ("restockPart", """{"id":"{foreignPart}","quantity":1,"unitCost":1}""", "NOT_FOUND id"),
        ("reconcilePart", """{"id":"{filter}","quantity":-6,"note":"Counted"}""", "NEGATIVE_STOCK quantity"),
        ("reconcilePart", """{"id":"{filter}","quantity":0,"note":"Counted"}""", "INVALID_VALUE quantity"),
        ("reconcilePart", """{"id":"{filter}","quantity":1}""", "BAD_USER_INPUT note"),
        ("reconcilePart", """{"id":"{filter}","quantity":1,"note":" "}""", "INVALID_VALUE note"),
        ("reconcilePart", """{"id":"{job}","quantity":1,"note":"Counted"}""", "NON_STOCK_PART"),
        ("reconcilePart", """{"id":"{foreignPart}","quantity":1,"note":"Counted"}""", "NOT_FOUND id"),
        ("updatePartUnitCost", """{"id":"{filter}","cost":-1}""", "INVALID_VALUE cost"),
        ("updatePartUnitCost", """{"id":"{filter}","cost":1.999}""", "INVALID_VALUE cost"),
        ("updatePartUnitCost", """{"id":"{foreignPart}","cost":1}""", "NOT_FOUND id"),
        ("updatePartAverageUnitCost", """{"id":"{filter}","cost":1.999}""", "INVALID_VALUE cost"),
        ("updatePartAverageUnitCost", """{"id":"{foreignPart}","cost":1}""", "NOT_FOUND id"),
        ("issuePart", """{"id":"{filter}","quantity":6}""", "INSUFFICIENT_STOCK quantity"),
        ("issuePart", """{"id":"{filter}","quantity":-1}""", "INVALID_VALUE quantity"),
        ("issuePart", """{"id":"{job}","quantity":1}""", "NON_STOCK_PART"),
        ("issuePart", """{"id":"{foreignPart}","quantity":1}""", "NOT_FOUND id"),
        ("returnPart", """{"id":"{filter}","quantity":0}""", "INVALID_VALUE quantity"),
        ("returnPart", """{"id":"{job}","quantity":1}""", "NON_STOCK_PART"),
        ("returnPart", """{"id":"{foreignPart}","quantity":1}""", "NOT_FOUND id"),
        ("transferStock", """{"partId":"{filter}","fromStoreroomId":"{main}","toStoreroomId":"{main}","quantity":1}""", "INVALID_VALUE toStoreroomId"),
        ("transferStock", """{"partId":"{filter}","fromStoreroomId":"{main}","toStoreroomId":"{foreignStoreroom}","quantity":1}""", "NOT_FOUND toStoreroomId"),
        ("transferStock", """{"partId":"{filter}","fromStoreroomId":"{foreignStoreroom}","toStoreroomId":"{van}","quantity":1}""", "NOT_FOUND fromStoreroomId"),
        ("transferStock", """{"partId":"{foreignPart}","fromStoreroomId":"{main}","toStoreroomId":"{van}","quantity":1}""", "NOT_FOUND partId"),
        ("transferStock", """{"partId":"{filter}","fromStoreroomId":"{main}","toStoreroomId":"{van}","quantity":6}""", "INSUFFICIENT_STOCK quantity"),
        ("transferStock", """{"partId":"{job}","fromStoreroomId":"{main}","toStoreroomId":"{van}","quantity":1}""", "NON_STOCK_PART"),
    ];

    private static readonly (string Mutation, string Input, string Refusal)[] CatalogRefusals =
    [
        ("createVendor", """{"name":"V","rating":6}""", "INVALID_VALUE rating"),
        ("createVendor", """{"name":"V","hourlyRate":-1}""", "INVALID_VALUE hourlyRate"),
        ("createVendor", """{"name":"V","locationIds":["TG9jYXRpb246OTk5OTk"]}""", "NOT_FOUND locationIds.0"),
        ("updateVendor", """{"id":"{foreignVendor}"}""", "NOT_FOUND id"),
        ("updateVendor", """{"id":"{acme}","version":12}""", "CONFLICT version"),
        ("updateVendor", """{"id":"{acme}","name":""}""", "INVALID_VALUE name"),
        ("archiveVendor", """{"id":"{foreignVendor}"}""", "NOT_FOUND id"),
        ("restoreVendor", """{"id":"{foreignVendor}"}""", "NOT_FOUND id"),
        ("addVendorContact", """{"vendorId":"{foreignVendor}","name":"Eve"}""", "NOT_FOUND vendorId"),
        ("addVendorContact", """{"vendorId":"{acme}","name":" "}""", "INVALID_VALUE name"),
        ("updateVendorContact", """{"id":"{nobody}"}""", "NOT_FOUND id"),
        ("updateVendorContact", """{"id":"{ann}","version":9}""", "CONFLICT version"),
        ("updateVendorContact", """{"id":"{ann}","isPrimary":false}""", "INVALID_VALUE isPrimary"),
        ("removeVendorContact", """{"id":"{nobody}"}""", "NOT_FOUND id"),
        ("createPartType", """{"name":"FILTERS"}""", "DUPLICATE name"),
        ("updatePartType", """{"id":"{foreignType}"}""", "NOT_FOUND id"),
        ("updatePartType", """{"id":"{filters}","version":4}""", "CONFLICT version"),
        ("deletePartType", """{"id":"{filters}"}""", "IN_USE"),
        ("deletePartType", """{"id":"{foreignType}"}""", "NOT_FOUND id"),
        ("createMeasurementUnit", """{"name":"Item","shortName":"i"}""", "DUPLICATE name"),
        ("createMeasurementUnit", """{"name":"Box","shortName":""}""", "INVALID_VALUE shortName"),
        ("updateMeasurementUnit", """{"id":"{foreignUnit}"}""", "NOT_FOUND id"),
        ("updateMeasurementUnit", """{"id":"{item}","version":4}""", "CONFLICT version"),
        ("deleteMeasurementUnit", """{"id":"{item}"}""", "IN_USE"),
        ("deleteMeasurementUnit", """{"id":"{foreignUnit}"}""", "NOT_FOUND id"),
        ("createStoreroom", """{"name":"van"}""", "DUPLICATE name"),
        ("createStoreroom", """{"name":"Loft","locationId":"TG9jYXRpb246OTk5OTk"}""", "NOT_FOUND locationId"),
        ("updateStoreroom", """{"id":"{foreignStoreroom}"}""", "NOT_FOUND id"),
        ("updateStoreroom", """{"id":"{van}","version":4}""", "CONFLICT version"),
        ("updateStoreroom", """{"id":"{main}","isDefault":false}""", "INVALID_VALUE isDefault"),
        ("deleteStoreroom", """{"id":"{main}"}""", "IN_USE"),
        ("deleteStoreroom", """{"id":"{foreignStoreroom}"}""", "NOT_FOUND id"),
        ("createPurchaseRequest", """{"lines":[]}""", "INVALID_VALUE lines"),
        ("createPurchaseRequest", """{}""", "BAD_USER_INPUT lines"),
        ("createPurchaseRequest", """{"lines":[{"partId":"{filter}","quantity":0}]}""", "INVALID_VALUE lines.0.quantity"),
        ("createPurchaseRequest", """{"lines":[{"partId":"{filter}","quantity":1},{"partId":"{filter}","quantity":1}]}""", "INVALID_VALUE lines.1.partId"),
        ("createPurchaseRequest", """{"lines":[{"partId":"{foreignPart}","quantity":1}]}""", "NOT_FOUND lines.0.partId"),
        ("createPurchaseRequest", """{"vendorId":"{foreignVendor}","lines":[{"partId":"{filter}","quantity":1}]}""", "NOT_FOUND vendorId"),
        ("approvePurchaseRequest", """{"id":"{agreed}"}""", "INVALID_TRANSITION"),
        ("approvePurchaseRequest", """{"id":"{nothing}"}""", "NOT_FOUND id"),
        ("receivePurchaseRequest", """{"id":"{order}"}""", "INVALID_TRANSITION"),
        ("receivePurchaseRequest", """{"id":"{nothing}"}""", "NOT_FOUND id"),
        ("receivePurchaseRequest", """{"id":"{agreed}","receipts":[]}""", "INVALID_VALUE receipts"),
        ("receivePurchaseRequest", """{"id":"{agreed}","receipts":[{"partId":"{filter}","quantity":3}]}""", "INVALID_VALUE receipts.0.quantity"),
        ("receivePurchaseRequest", """{"id":"{agreed}","receipts":[{"partId":"{job}","quantity":1}]}""", "NOT_FOUND receipts.0.partId"),
        ("receivePurchaseRequest", """{"id":"{agreed}","storeroomId":"{foreignStoreroom}"}""", "NOT_FOUND storeroomId"),
        ("cancelPurchaseRequest", """{"id":"{nothing}"}""", "NOT_FOUND id"),
    ];

    private static async Task<string> Foreign<T>(TestPlant plant, T entity) where T : Entity => await plant.Database.WriteAsync(plant.Neighbour, async db =>
    {
        db.Add(entity);
        await db.SaveChangesAsync();
        return new GlobalId(typeof(T).Name, entity.Id).ToString();
    });
}
