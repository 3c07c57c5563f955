namespace Cmms.Tests.Contract;

internal static partial class MutationStories
{
    private static Step[] Production =>
    [
        Call("createProcess", """{"name":"Weaving","code":"WEAVE","description":"Thread becomes cloth","position":4}""", "ProcessCreated", "process.id as weaving"),
        Call("updateProcess", """{"id":"{weaving}","version":1,"name":"Weaving mill","position":5}""", "ProcessChanged"),
        Given("createAsset", """{"name":"Loom 1","processId":"{weaving}","theoreticalCapacity":50,"capacityUnit":"m/h"}""", "asset.id as loom"),
        Given("createAsset", """{"name":"Loom 2"}""", "asset.id as other"),
        Given("updateAsset", """{"id":"{other}","processId":"{weaving}"}"""),
        Call("createShift", """{"name":"Early","from":"06:00","to":"14:00","weekdays":[1,2,3,4,5]}""", "ShiftCreated", "shift.id as early"),
        Call("updateShift", """{"id":"{early}","version":1,"name":"Early shift","to":"14:30","weekdays":[1,2,3,4,5,6]}""", "ShiftChanged"),
        Call("createProductionOrder", """
            {"product":"Linen","quantity":1200.5,"unit":"m","dueAt":"2026-03-20T12:00:00Z","notes":"White","processId":"{weaving}","assetId":"{loom}"}
            """, "ProductionOrderCreated ProductionOrderAssigned", "productionOrder.id as order"),
        Call("updateProductionOrder", """{"id":"{order}","version":1,"product":"Fine linen","quantity":1300,"unit":"m","processId":"{weaving}"}""", "ProductionOrderChanged"),
        Call("assignProductionOrder", """{"id":"{order}","version":2,"assetId":"{other}"}""", "ProductionOrderAssigned"),
        Call("recordProduction", """
            {"productionOrderId":"{order}","assetId":"{other}","quantity":100.25,"rejected":1.5,"unit":"m","startedAt":"2026-03-02T06:00:00Z","endedAt":"2026-03-02T08:00:00Z","note":"First roll"}
            """, "ProductionRecordCreated ProductionOrderProduced"),
        Call("pauseProductionOrder", """{"id":"{order}","reason":"The loom is cleaned"}""", "ProductionOrderPaused"),
        Call("resumeProductionOrder", """{"id":"{order}"}""", "ProductionOrderResumed"),
        Call("completeProductionOrder", """{"id":"{order}"}""", "ProductionOrderCompleted"),
        Given("createProductionOrder", """{"product":"Wool","quantity":10,"unit":"m"}""", "productionOrder.id as second"),
        Call("cancelProductionOrder", """{"id":"{second}","reason":"No wool"}""", "ProductionOrderCancelled"),
        Call("archiveShift", """{"id":"{early}"}""", "ShiftArchived"),
        Call("restoreShift", """{"id":"{early}"}""", "ShiftRestored"),
        Call("archiveProcess", """{"id":"{weaving}"}""", "ProcessArchived"),
        Call("restoreProcess", """{"id":"{weaving}"}""", "ProcessRestored"),
    ];
}
