using Cmms.Tests.Contract;

namespace Cmms.Tests.Isolation;

/// <summary>What stays at a place when all stories are told: objects of the kinds that they take away again, and codes that no other place has.</summary>
internal static class Leftovers
{
    public static IReadOnlyList<Step> Of(Place place) =>
    [
        Look("{ me { id } }", "me.id as me"),
        Give("addNonWorkingDay", """{"date":"2026-12-24","reason":"Eve"}"""),
        Give("setWorkingHours", """{"hours":[{"weekday":1,"from":"08:00","to":"12:00"}]}"""),
        Give("createCategory", """{"name":"Cleaning","description":"Floors"}""", "category.id as cleaning"),
        Give("createVendor", """{"name":"Stays","categoryIds":["{cleaning}"],"description":"Here","taxId":"V-1","address":"Quay","rating":3,"hourlyRate":20}""", "vendor.id as vendor"),
        Give("addVendorContact", """{"vendorId":"{vendor}","name":"Ben","role":"Sales","email":"ben@acme.test","phone":"1","extension":"2","isPrimary":true}"""),
        Give("createLocation", """{"name":"Yard"}""", "location.id as yard"),
        Give("createLocation", """{"name":"Shed"}""", "location.id as shed"),
        Give("archiveLocation", """{"id":"{shed}"}"""),
        Give("createAssetType", """{"name":"Mills","description":"They grind"}""", "assetType.id as mills"),
        Give("createLocation", $$"""{"parentId":"{yard}","name":"Corner","code":"L-{{place.Name}}","qrCode":"QL-{{place.Name}}","address":"Street","description":"Dark"}""", "location.id as corner"),
        Give("createAsset", $$"""{"name":"Mill","code":"A-{{place.Name}}","qrCode":"QA-{{place.Name}}","locationId":"{corner}","assetTypeIds":["{mills}"],"description":"Old","model":"M","manufacturer":"F","serialNumber":"7","theoreticalCapacity":5.5,"capacityUnit":"t"}""", "asset.id as mill"),
        Give("createPart", $$"""{"name":"Bolt","number":"P-{{place.Name}}","qrCode":"QP-{{place.Name}}","description":"Long","area":"A","onHand":30,"minimum":1,"desired":9,"unitCost":2,"vendorParts":[{"vendorId":"{vendor}","vendorPartNumber":"9"}]}""", "part.id as bolt"),
        Give("createWorkOrder", """{"title":"Mine","description":"To do","notes":"Soon","assetId":"{mill}","locationId":"{corner}","technicianIds":["{me}"],"vendorIds":["{vendor}"],"dueAt":"2026-03-20T12:00:00Z","scheduledStartAt":"2026-03-10T12:00:00Z","scheduledEndAt":"2026-03-10T16:00:00Z","parts":[{"partId":"{bolt}","quantity":2}],"checklist":[{"text":"Look","isChecked":true}]}""", "workOrder.id as order"),
        Give("startWorkOrder", """{"id":"{order}"}"""),
        Give("createWorkRequest", """{"title":"It creaks","assetId":"{mill}"}""", "workRequest.id as creak"),
        .. ((string[])["mill", "corner", "bolt", "vendor", "order", "creak"]).Select(subject => Give("attachFiles", $$"""{"subjectId":"{{{subject}}}","files":["csv:1"]}""")),
        Give("createWorkOrder", """{"title":"Done","technicianIds":["{me}"]}""", "workOrder.id as done"),
        Give("completeWorkOrder", """{"id":"{done}","actualEndAt":"2026-03-02T07:00:00Z"}"""),
        Look("{ notifications { nodes { id } } }", "notifications.nodes.0.id as told"),
        Give("markNotificationRead", """{"id":"{told}"}"""),
        Give("createPmSchedule", """{"title":"Every week","description":"All of it","assetIds":["{mill}"],"locationId":"{corner}","vendorIds":["{vendor}"],"technicianIds":["{me}"],"parts":[{"partId":"{bolt}","quantity":1}],"checklist":["Look"],"timeToComplete":"PT2H","recurrence":{"frequency":"WEEK","startDate":"2026-03-02","interval":1}}""", "pmSchedule.id as plan"),
        Give("generateWorkOrder", """{"scheduleId":"{plan}","date":"2026-03-09"}"""),
        Give("createAsset", """{"name":"Gone"}""", "asset.id as gone"),
        Give("createPmSchedule", """{"title":"Of what is gone","assetIds":["{gone}"],"recurrence":{"frequency":"DAY","startDate":"2026-03-02","interval":1}}"""),
        Give("archiveAsset", """{"id":"{gone}"}"""),
        Give("runPolicy", """{"key":"pm-generation"}"""),
        Give("createPartner", """{"name":"Partner","taxId":"T-1","contactName":"Eva","contactPhone":"1"}""", "partner.id as partner"),
        Give("createProject", $$"""{"code":"J-{{place.Name}}","name":"Road","description":"Long","partnerId":"{partner}","startDate":"2026-01-01","endDate":"2026-12-31","location":"Hill","cardinalPoint":"N","contactName":"Leo","contactPhone":"2"}""", "project.id as road"),
        Give("createResource", """{"assetId":"{mill}","type":"MILL","baseLocation":"Yard"}""", "resource.id as resource"),
        Give("assignResources", """{"assignments":[{"projectId":"{road}","resourceId":"{resource}","cost":150,"operationStartDate":"2026-10-05","operationEndDate":"2026-12-31","commitmentDate":"2026-10-01","description":"Dig","recurrence":{"frequency":"DAY","interval":7,"startDate":"2026-10-05"}}]}"""),
        .. place.Name == "north" ? (Step[])
        [
            Give("createWorkOrder", """{"title":"One more than others have"}"""),
            Give("createWorkRequest", """{"title":"One more than others have"}"""),
            Give("createProductionOrder", """{"product":"One more than others have","quantity":1,"unit":"m"}"""),
            Give("createPmSchedule", """{"title":"One more than others have","recurrence":{"frequency":"YEAR","startDate":"2027-03-16"}}"""),
        ] : [],
        Give("createProcess", $$"""{"name":"Grinding","code":"G-{{place.Name}}","description":"Fine","position":3}""", "process.id as grinding"),
        Give("updateAsset", """{"id":"{mill}","processId":"{grinding}"}"""),
        Give("createProductionOrder", """{"product":"Flour","quantity":5,"unit":"t","dueAt":"2026-03-20T12:00:00Z","notes":"White","processId":"{grinding}","assetId":"{mill}"}""", "productionOrder.id as flour"),
        Give("recordProduction", """{"productionOrderId":"{flour}","quantity":1,"rejected":0.5,"note":"Coarse"}"""),
        Give("createPurchaseRequest", """{"vendorId":"{vendor}","lines":[{"partId":"{bolt}","quantity":10,"unitCost":25}],"needByDate":"2026-04-01","note":"Urgent"}"""),
    ];

    private static Step Give(string mutation, string input, string? remember = null) => new(mutation, input, null, remember);

    private static Step Look(string query, string remember) => new(query, null, null, remember);
}
