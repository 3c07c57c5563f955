namespace Cmms.Tests.Contract;

internal static partial class MutationStories
{
    private static Step[] Organization =>
    [
        Call("createSite", """{"name":"East","code":"EAST","timeZone":"Asia/Tokyo","currency":"JPY","description":"New","address":"1 Chome","dateTimeFormat":"DD/MM/YYYY - 23:59"}""",
            "SiteCreated UserRoleCreated WorkOrderStatusCreated WorkOrderStatusCreated WorkOrderStatusCreated WorkOrderStatusCreated WorkOrderStatusCreated StoreroomCreated", "site.id as east"),
        Call("updateSite", """{"id":"{east}","version":1,"name":"Far East","currency":"EUR"}""", "SiteChanged"),
        Call("inviteUser", """{"name":"Ana","surname":"Núñez","email":"Ana@acme.test","language":"es","regularRate":41,"jobTitle":"Planner"}""", "UserCreated", "user.id as ana"),
        Call("updateUser", """{"id":"{ana}","version":1,"jobTitle":"Chief planner","canBeAssignedToWorkOrders":true,"customerRole":"OWNER"}""", "UserChanged"),
        Call("grantRole", """{"userId":"{ana}","siteId":"{east}","role":"TECHNICIAN"}""", "UserRoleCreated"),
        Call("resendInvitation", """{"id":"{ana}"}""", "InvitationResent", "invitationToken as invitation"),
        Call("acceptInvitation", """{"token":"{invitation}"}""", "InvitationAccepted ApiKeyCreated"),
        Call("setUserAvatar", """{"userId":"{ana}","image":null}""", ""),
        Look("{ me { id } }", "me.id as viewer", "viewer"),
        Given("updateUser", """{"id":"{viewer}","email":"observer@example.test"}""", @as: "viewer"),
        Call("sendEmailConfirmation", """{"id":"{viewer}"}""", "EmailConfirmationSent", "confirmationToken as confirmation"),
        Call("confirmEmail", """{"token":"{confirmation}"}""", "EmailConfirmed"),
        Call("revokeRole", """{"userId":"{ana}","siteId":"{east}"}""", "UserRoleDeleted"),
        Call("deactivateUser", """{"id":"{ana}"}""", "UserDeactivated"),
        Call("reactivateUser", """{"id":"{ana}"}""", "UserReactivated"),
        Call("createApiKey", """{"name":"Gateway","userId":"{ana}","expiresAt":"2027-01-01T00:00:00Z"}""", "ApiKeyCreated", "apiKey.id as key"),
        Call("revokeApiKey", """{"id":"{key}"}""", "ApiKeyRevoked"),
        Call("archiveSite", """{"id":"{east}"}""", "SiteArchived"),
        Call("restoreSite", """{"id":"{east}"}""", "SiteRestored"),
        Call("setWorkingHours", """{"hours":[{"weekday":1,"from":"08:00","to":"12:00"}]}""", "WorkingHoursCreated"),
        Call("addNonWorkingDay", """{"date":"2026-12-25","reason":"Christmas"}""", "NonWorkingDateCreated"),
        Call("removeNonWorkingDay", """{"date":"2026-12-25"}""", "NonWorkingDateDeleted"),
        Call("updateEventSettings", """{"version":1,"eventRetentionDays":400}""", "CustomerChanged"),
    ];

    private static Step[] Assets =>
    [
        Look("""{ users(search: "Technician") { nodes { id } } }""", "users.nodes.0.id as technician"),
        Given("createPart", """{"name":"Seal"}""", "part.id as seal"),
        Given("createVendor", """{"name":"Acme"}""", "vendor.id as acme"),
        Call("createAssetType", """{"name":"Pumps","description":"They move what flows"}""", "AssetTypeCreated", "assetType.id as pumps"),
        Call("updateAssetType", """{"id":"{pumps}","version":1,"name":"All pumps"}""", "AssetTypeChanged"),
        Given("createLocation", """{"name":"Building A","code":"A"}""", "location.id as building"),
        Call("createLocation", """{"name":"Hall 1","code":"H","address":"Main street 1","qrCode":"QR-HALL","parentId":"{building}"}""", "LocationCreated", "location.id as hall"),
        Given("createLocation", """{"name":"Building B"}""", "location.id as annex"),
        Call("updateLocation", """{"id":"{hall}","version":1,"name":"Hall 2","parentId":"{annex}","removeQrCode":true}""", "LocationChanged"),
        Given("createAsset", """{"name":"Line"}""", "asset.id as line"),
        Given("createProcess", """{"name":"Pumping"}""", "process.id as pumping"),
        Call("createAsset", """
            {"name":"Pump","code":"P-1","parentId":"{line}","locationId":"{hall}","assetTypeIds":["{pumps}"],"technicianIds":["{technician}"],"partIds":["{seal}"],"vendorIds":["{acme}"],
             "purchaseCost":1200.5,"replacementCost":1500,"salvageValue":100,"downtimeCostPerHour":250,"inServiceAt":"2026-01-01T00:00:00Z","theoreticalCapacity":80.125,"capacityUnit":"kg/h","purchaseDate":"2025-03-01",
             "warrantyExpirationDate":"2027-03-01","warrantyNoticeDays":20,"lifeExpectancyMonths":36,"qrCode":"QR-PUMP","processId":"{pumping}"}
            """, "AssetCreated", "asset.id as pump"),
        Call("updateAsset", """
            {"id":"{pump}","version":1,"name":"Pump 1","parentId":"{line}","locationId":"{annex}","assetTypeIds":["{pumps}"],"technicianIds":["{technician}"],"partIds":["{seal}"],
             "vendorIds":["{acme}"],"generateQrCode":false,"condition":"DAMAGED","processId":"{pumping}"}
            """, "AssetChanged"),
        Call("attachFiles", """{"subjectId":"{pump}","files":["csv:Seal,2"]}""", "AttachmentCreated AssetFilesAttached", "attachments.0.id as manual"),
        Call("removeAttachment", """{"id":"{manual}"}""", "AttachmentDeleted AssetFileRemoved"),
        Given("createWorkOrder", """{"title":"Gearbox","assetId":"{line}"}""", "workOrder.id as order"),
        Call("changeAssetStatus", """
            {"id":"{line}","status":"MAINTENANCE","reason":"Gearbox makes noise","maintenanceKind":"CORRECTIVE","failureDescription":"It grinds","workPerformed":"None yet",
             "expectedReturnAt":"2026-04-01T08:00:00Z","workOrderId":"{order}","downtimeKind":"UNPLANNED"}
            """, "DowntimeCreated AssetStatusChanged"),
        Call("recordDowntime", """
            {"assetId":"{pump}","kind":"UNPLANNED","startedAt":"2026-02-20T08:00:00Z","endedAt":"2026-02-20T10:30:00Z","cause":"Mechanical","description":"The seal burst","costPerHour":120.5,"workOrderId":"{order}"}
            """, "DowntimeCreated", "downtime.id as stop"),
        Call("updateDowntime", """{"id":"{stop}","version":1,"kind":"PLANNED","cause":"Electrical","description":"The fuse blew","costPerHour":100,"workOrderId":"{order}"}""", "DowntimeChanged"),
        Given("recordDowntime", """{"assetId":"{pump}","kind":"UNPLANNED","startedAt":"2026-03-01T08:00:00Z"}""", "downtime.id as going"),
        Call("closeDowntime", """{"id":"{going}","endedAt":"2026-03-01T09:00:00Z"}""", "DowntimeEnded"),
        Call("importLocations", """{"file":"csv:name,code,parent\nRoof,B-R,Building A","dryRun":false}""", "LocationCreated"),
        Call("importAssets", """{"file":"csv:name,asset code,location,type\nFan,F-1,B-R,Fans of the roof","dryRun":false,"missing":"CREATE"}""", "AssetTypeCreated AssetCreated"),
        Call("archiveAsset", """{"id":"{line}","children":"ARCHIVE"}""", "AssetArchived AssetArchived"),
        Call("restoreAsset", """{"id":"{line}"}""", "AssetRestored"),
        Call("archiveLocation", """{"id":"{annex}","children":"MOVE_UP"}""", "LocationArchived LocationChanged"),
        Call("restoreLocation", """{"id":"{annex}"}""", "LocationRestored"),
        Given("createAssetType", """{"name":"Fans"}""", "assetType.id as fans"),
        Call("deleteAssetType", """{"id":"{fans}"}""", "AssetTypeDeleted"),
    ];

    private static Step[] Inventory =>
    [
        Given("createLocation", """{"name":"Yard"}""", "location.id as yard"),
        Given("createAsset", """{"name":"Air purifier"}""", "asset.id as purifier"),
        Look("{ storerooms { nodes { id } } }", "storerooms.nodes.0.id as main"),
        Call("createCategory", """{"name":"Refrigeration","description":"All that cools"}""", "CategoryCreated", "category.id as cooling"),
        Call("updateCategory", """{"id":"{cooling}","version":1,"description":"All that cools and freezes"}""", "CategoryChanged"),
        Call("createVendor", """{"name":"Acme Supply","rating":5,"hourlyRate":80,"partsSupplier":true,"taxId":"EC-1","address":"Quay 3","locationIds":["{yard}"],"categoryIds":["{cooling}"]}""", "VendorCreated", "vendor.id as acme"),
        Call("updateVendor", """{"id":"{acme}","version":1,"description":"Filters and belts","rating":null,"locationIds":["{yard}"],"categoryIds":["{cooling}"]}""", "VendorChanged"),
        Call("addVendorContact", """{"vendorId":"{acme}","name":"Ann","email":"ann@acme.test","phone":"1","extension":"2","role":"Sales"}""", "VendorContactCreated", "vendorContact.id as ann"),
        Call("updateVendorContact", """{"id":"{ann}","version":1,"phone":"123"}""", "VendorContactChanged"),
        Call("removeVendorContact", """{"id":"{ann}"}""", "VendorContactDeleted"),
        Call("createPartType", """{"name":"Filters","description":"Catch dust"}""", "PartTypeCreated", "partType.id as filters"),
        Call("updatePartType", """{"id":"{filters}","version":1,"description":"Catch dust and pollen"}""", "PartTypeChanged"),
        Call("createMeasurementUnit", """{"name":"Item","shortName":"itm"}""", "MeasurementUnitCreated", "measurementUnit.id as item"),
        Call("updateMeasurementUnit", """{"id":"{item}","version":1,"shortName":"pc"}""", "MeasurementUnitChanged"),
        Call("createStoreroom", """{"name":"Van","description":"White","locationId":"{yard}"}""", "StoreroomCreated", "storeroom.id as van"),
        Call("updateStoreroom", """{"id":"{van}","version":1,"description":"White, 2019","locationId":"{yard}"}""", "StoreroomChanged"),
        Call("createPart", """
            {"name":"Air Filter","number":"FL_A","description":"Pleated","area":"A-12","onHand":6,"minimum":5,"desired":8,"unitCost":26.15,"leadTime":7,"partTypeId":"{filters}","storeroomId":"{main}",
             "measurementUnitId":"{item}","assetIds":["{purifier}"],"qrCode":"QR-FL","vendorParts":[{"vendorId":"{acme}","vendorPartNumber":"77","isPreferred":true}]}
            """, "PartCreated VendorPartCreated AssetChanged StockChanged", "part.id as filter"),
        Call("updatePart", """
            {"id":"{filter}","area":"A-13","minimum":4,"desired":9,"leadTime":14,"partTypeId":"{filters}","storeroomId":"{main}","measurementUnitId":"{item}","assetIds":["{purifier}"],
             "vendorParts":[{"vendorId":"{acme}","vendorPartNumber":"78"}]}
            """, "PartChanged VendorPartChanged VendorPartChanged"),
        Call("restockPart", """{"id":"{filter}","quantity":4,"unitCost":30,"note":"Delivered","storeroomId":"{main}","files":["csv:receipt"]}""", "StockChanged AttachmentCreated"),
        Call("reconcilePart", """{"id":"{filter}","quantity":-1.5,"note":"Counted","storeroomId":"{main}","files":["csv:count"]}""", "StockChanged AttachmentCreated"),
        Call("updatePartUnitCost", """{"id":"{filter}","cost":31.5,"note":"New list","files":["csv:list"]}""", "StockChanged AttachmentCreated"),
        Call("updatePartAverageUnitCost", """{"id":"{filter}","cost":28,"note":"Audit","files":["csv:audit"]}""", "StockChanged AttachmentCreated"),
        Call("issuePart", """{"id":"{filter}","quantity":2,"note":"For the purifier","storeroomId":"{main}"}""", "StockChanged"),
        Call("returnPart", """{"id":"{filter}","quantity":0.5,"note":"Left over","storeroomId":"{main}"}""", "StockChanged"),
        Call("transferStock", """{"partId":"{filter}","fromStoreroomId":"{main}","toStoreroomId":"{van}","quantity":3,"note":"For the road"}""", "StockChanged"),
        Call("createPurchaseRequest", """{"vendorId":"{acme}","lines":[{"partId":"{filter}","quantity":10,"unitCost":25}],"needByDate":"2026-04-01","note":"Urgent"}""",
            "StockChanged PurchaseRequestCreated PurchaseLineCreated", "purchaseRequest.id as order"),
        Call("approvePurchaseRequest", """{"id":"{order}"}""", "PurchaseRequestApproved"),
        Call("receivePurchaseRequest", """{"id":"{order}","receipts":[{"partId":"{filter}","quantity":4,"unitCost":24}],"storeroomId":"{van}","note":"First box"}""",
            "StockChanged StockChanged PurchaseRequestPartiallyReceived PurchaseLineChanged"),
        Call("cancelPurchaseRequest", """{"id":"{order}","reason":"Too slow"}""", "StockChanged PurchaseRequestCancelled"),
        Call("importParts", """{"file":"csv:Name,Part Number,On Hand Qty,Unit Cost,Type\nGasket,G-1,4,2.50,Gaskets","dryRun":false,"missing":"CREATE"}""", "PartTypeCreated PartCreated StockChanged"),
        Call("archivePart", """{"id":"{filter}"}""", "PartArchived"),
        Call("restorePart", """{"id":"{filter}"}""", "PartRestored"),
        Call("archiveCategory", """{"id":"{cooling}"}""", "CategoryArchived"),
        Call("restoreCategory", """{"id":"{cooling}"}""", "CategoryRestored"),
        Call("archiveVendor", """{"id":"{acme}"}""", "VendorArchived"),
        Call("restoreVendor", """{"id":"{acme}"}""", "VendorRestored"),
        Given("createPartType", """{"name":"Belts"}""", "partType.id as belts"),
        Call("deletePartType", """{"id":"{belts}"}""", "PartTypeDeleted"),
        Given("createMeasurementUnit", """{"name":"Litre","shortName":"l"}""", "measurementUnit.id as litre"),
        Call("deleteMeasurementUnit", """{"id":"{litre}"}""", "MeasurementUnitDeleted"),
        Given("createStoreroom", """{"name":"Cupboard"}""", "storeroom.id as cupboard"),
        Call("deleteStoreroom", """{"id":"{cupboard}"}""", "StoreroomDeleted"),
    ];

    private static Step[] Work =>
    [
        Look("""{ users(search: "Technician") { nodes { id } } }""", "users.nodes.0.id as technician"),
        Look("{ storerooms { nodes { id } } }", "storerooms.nodes.0.id as main"),
        Look("{ workOrderStatuses(where: { phase: { eq: IN_PROGRESS } }) { nodes { id } } }", "workOrderStatuses.nodes.0.id as running"),
        Given("createLocation", """{"name":"Hall"}""", "location.id as hall"),
        Given("createAsset", """{"name":"Pump"}""", "asset.id as pump"),
        Given("createAsset", """{"name":"Fan"}""", "asset.id as fan"),
        Given("createVendor", """{"name":"Acme"}""", "vendor.id as acme"),
        Given("createPart", """{"name":"Seal","onHand":20,"unitCost":10}""", "part.id as seal"),
        Given("createPart", """{"name":"Belt","onHand":20,"unitCost":10}""", "part.id as belt"),
        Call("createWorkOrderStatus", """{"name":"Waiting","phase":"PENDING"}""", "WorkOrderStatusCreated", "workOrderStatus.id as waiting"),
        Call("updateWorkOrderStatus", """{"id":"{waiting}","version":1,"name":"Waiting for parts"}""", "WorkOrderStatusChanged"),
        Given("createWorkRequest", """{"title":"The seal leaks"}""", "workRequest.id as asked"),
        Call("createWorkOrder", """
            {"workRequestId":"{asked}","title":"Change the seal","description":"It drips","notes":"Slowly","type":"CORRECTIVE","priority":"HIGH","dueAt":"2026-03-20T12:00:00Z","scheduledStartAt":"2026-03-10T12:00:00Z",
             "scheduledEndAt":"2026-03-10T16:00:00Z","assetId":"{pump}","assetIds":["{pump}","{fan}"],"locationId":"{hall}","technicianIds":["{technician}"],"vendorIds":["{acme}"],
             "parts":[{"partId":"{seal}","quantity":2,"storeroomId":"{main}"}],"checklist":[{"text":"Stop the pump"}],"statusId":"{waiting}","stopsAssets":true}
            """, "WorkOrderCreated ChecklistItemCreated StockChanged NotificationCreated WorkOrderPartCreated WorkRequestApproved WorkOrderPartsChanged", "workOrder.id as order"),
        Call("updateWorkOrder", """
            {"id":"{order}","title":"Change both seals","assetId":"{fan}","assetIds":["{fan}","{pump}"],"locationId":"{hall}","technicianIds":["{technician}"],"vendorIds":["{acme}"],
             "checklist":[{"text":"Stop the pump"},{"text":"Drain it"}],"stopsAssets":false,"actualStartAt":"2026-03-01T12:00:00Z","actualEndAt":null,"dueAt":"2026-03-21T12:00:00Z"}
            """, "ChecklistItemCreated ChecklistItemCreated WorkOrderChanged ChecklistItemDeleted"),
        Call("updateWorkOrder", """{"id":"{order}","statusId":"{waiting}","statusNote":"The seals are late","priority":"LOW"}""", "WorkOrderChanged"),
        Call("addWorkOrderPart", """{"workOrderId":"{order}","partId":"{belt}","quantity":1,"storeroomId":"{main}"}""", "StockChanged WorkOrderPartCreated WorkOrderPartsChanged"),
        Call("setWorkOrderPart", """{"workOrderId":"{order}","partId":"{belt}","quantity":3,"storeroomId":"{main}","allowShortage":false}""", "StockChanged StockChanged WorkOrderPartChanged WorkOrderPartsChanged"),
        Call("removeWorkOrderPart", """{"workOrderId":"{order}","partId":"{belt}"}""", "StockChanged WorkOrderPartDeleted WorkOrderPartsChanged"),
        Call("rescheduleWorkOrder", """{"id":"{order}","date":"2026-04-01","reason":"Audit"}""", "WorkOrderRescheduled"),
        Call("rescheduleWorkOrders", """{"changes":[{"id":"{order}","date":"2026-04-02","reason":"Later still"}]}""", "WorkOrderRescheduled"),
        Call("splitWorkOrder", """{"id":"{order}","assetIds":["{pump}"]}""", "WorkOrderCreated ChecklistItemCreated ChecklistItemCreated WorkOrderChanged", "created.0.id as other"),
        Call("mergeWorkOrders", """{"ids":["{other}","{order}"],"survivorId":"{order}","targetDate":"2026-05-01"}""", "ChecklistItemCreated ChecklistItemCreated ChecklistItemCreated ChecklistItemCreated WorkOrderChanged ChecklistItemDeleted ChecklistItemDeleted WorkOrderCancelled WorkOrderChanged"),
        Call("startWorkOrder", """{"id":"{order}","stopsAssets":true}""", "DowntimeCreated DowntimeCreated WorkOrderStarted"),
        Look("""query($order: ID!) { workOrder(id: $order) { checklist { id } } }""", "workOrder.checklist.0.id as item"),
        Call("setChecklistItem", """{"id":"{item}","isChecked":true}""", "ChecklistItemChanged WorkOrderChecklistChanged"),
        Call("holdWorkOrder", """{"id":"{order}","reason":"No seals"}""", "WorkOrderHeld"),
        Call("resumeWorkOrder", """{"id":"{order}"}""", "WorkOrderResumed"),
        Call("completeWorkOrder", """{"id":"{order}","notes":"Both seals changed","actualEndAt":"2026-03-02T07:00:00Z"}""", "WorkOrderCompleted DowntimeEnded DowntimeEnded StockChanged WorkOrderPartChanged"),
        Call("reopenWorkOrder", """{"id":"{order}","reason":"It drips again"}""", "WorkOrderReopened StockChanged StockChanged WorkOrderPartChanged"),
        Call("cancelWorkOrder", """{"id":"{order}","reason":"A new pump is bought"}""", "WorkOrderCancelled StockChanged WorkOrderPartChanged"),
        Given("createWorkOrder", """{"title":"Look at it"}""", "workOrder.id as second"),
        Call("changeWorkOrderStatus", """{"id":"{second}","statusId":"{running}","note":"At once"}""", "WorkOrderStarted"),
        Call("deleteWorkOrders", """{"ids":["{second}"]}""", "WorkOrderDeleted"),
        Given("createWorkOrderStatus", """{"name":"Asleep","phase":"PENDING"}""", "workOrderStatus.id as asleep"),
        Given("createWorkOrder", """{"title":"Sleep on it","statusId":"{asleep}"}"""),
        Call("deleteWorkOrderStatus", """{"id":"{asleep}","replacementId":"{waiting}"}""", "WorkOrderChanged WorkOrderStatusDeleted"),
    ];

    private static Step[] Requests =>
    [
        Look("""{ users(search: "Technician") { nodes { id } } }""", "users.nodes.0.id as technician"),
        Given("createLocation", """{"name":"Hall"}""", "location.id as hall"),
        Given("createAsset", """{"name":"Pump","locationId":"{hall}"}""", "asset.id as pump"),
        Given("createVendor", """{"name":"Acme"}""", "vendor.id as acme"),
        Call("createWorkRequest", """
            {"title":"The pump drips","description":"Since Monday","priority":"HIGH","dueAt":"2026-03-20T12:00:00Z","assetId":"{pump}","locationId":"{hall}",
             "technicianIds":["{technician}"],"vendorIds":["{acme}"],"notify":true}
            """, "WorkRequestCreated NotificationCreated NotificationCreated WorkRequestChanged", "workRequest.id as request"),
        Call("updateWorkRequest", """
            {"id":"{request}","title":"The pump drips a lot","priority":"CRITICAL","dueAt":null,"assetId":"{pump}","locationId":"{hall}","technicianIds":["{technician}"],"vendorIds":["{acme}"],"notify":false}
            """, "WorkRequestChanged"),
        Call("holdWorkRequest", """{"id":"{request}","reason":"Until the line stops"}""", "WorkRequestHeld"),
        Call("reopenWorkRequest", """{"id":"{request}","reason":"It has stopped"}""", "WorkRequestReopened"),
        Call("approveWorkRequest", """{"id":"{request}","type":"CORRECTIVE"}""", "WorkOrderCreated NotificationCreated WorkRequestApproved WorkOrderChanged"),
        Given("createWorkRequest", """{"title":"Paint it red"}""", "workRequest.id as second"),
        Call("declineWorkRequest", """{"id":"{second}","reason":"Green it stays"}""", "WorkRequestDeclined"),
        Given("createWorkRequest", """{"title":"Wrong number"}""", "workRequest.id as third"),
        Call("deleteWorkRequest", """{"id":"{third}"}""", "WorkRequestDeleted"),
        Given("createWorkRequest", """{"title":"The fan hums","dueAt":"2026-03-25T12:00:00Z"}"""),
    ];

    private static Step[] Planning =>
    [
        Look("""{ users(search: "Technician") { nodes { id } } }""", "users.nodes.0.id as technician"),
        Given("createLocation", """{"name":"Roof"}""", "location.id as roof"),
        Given("createAsset", """{"name":"HVAC"}""", "asset.id as hvac"),
        Given("createVendor", """{"name":"Acme"}""", "vendor.id as acme"),
        Given("createPart", """{"name":"Filter","onHand":20,"unitCost":10}""", "part.id as filter"),
        Call("createPmSchedule", """
            {"title":"HVAC filter","description":"All of them","kind":"PERSISTENT","catchUp":"COALESCE","priority":"HIGH","timeToComplete":"PT4H","assetIds":["{hvac}"],"locationId":"{roof}",
             "technicianIds":["{technician}"],"vendorIds":["{acme}"],"parts":[{"partId":"{filter}","quantity":2}],"checklist":["Check the belt","Clean the coil"],"stopsAssets":true,
             "recurrence":{"frequency":"MONTH","startDate":"2026-03-09","weekdays":[1],"weekdayOrdinals":[1,-1],"interval":1,"timeOfDay":"07:00","endDate":"2030-12-31"}}
            """, "PmScheduleCreated PmScheduleChanged PmPartCreated PmChecklistItemCreated PmChecklistItemCreated PmScheduleChanged", "pmSchedule.id as plan"),
        Call("updatePmSchedule", """
            {"id":"{plan}","title":"HVAC filters","assetIds":["{hvac}"],"locationId":"{roof}","technicianIds":["{technician}"],"vendorIds":["{acme}"],
             "parts":[{"partId":"{filter}","quantity":3}],"checklist":["Clean the coil"],"stopsAssets":false,"recurrence":{"frequency":"WEEK","startDate":"2026-03-16","interval":1}}
            """, "PmScheduleChanged PmPartDeleted PmPartCreated PmChecklistItemCreated PmChecklistItemDeleted PmChecklistItemDeleted PmScheduleChanged"),
        Call("pausePmSchedule", """{"id":"{plan}"}""", "PmSchedulePaused"),
        Call("resumePmSchedule", """{"id":"{plan}"}""", "PmScheduleResumed"),
        Call("rescheduleOccurrence", """{"scheduleId":"{plan}","scheduledFor":"2026-03-16","date":"2026-03-18","reason":"Audit"}""", "MovedOccurrenceCreated PmOccurrenceRescheduled PmScheduleChanged"),
        Call("generateWorkOrder", """{"scheduleId":"{plan}","date":"2026-03-16","assetIds":["{hvac}"]}""", "WorkOrderCreated ChecklistItemCreated StockChanged WorkOrderPartCreated WorkOrderPartsChanged DatedOccurrenceCreated"),
        Call("skipOccurrence", """{"scheduleId":"{plan}","scheduledFor":"2026-03-23","reason":"Holidays"}""", "DatedOccurrenceCreated PmOccurrenceSkipped"),
        Call("deletePmSchedule", """{"id":"{plan}"}""", "PmScheduleDeleted"),
    ];

    private static Step[] Projects =>
    [
        Given("createAsset", """{"name":"Batería Sanitaria","code":"BS-001"}""", "asset.id as battery"),
        Call("createPartner", """{"name":"Partner SA","taxId":"EC-1","contactName":"Eva","contactPhone":"1"}""", "PartnerCreated", "partner.id as partner"),
        Call("updatePartner", """{"id":"{partner}","version":1,"contactName":"Eva Luz"}""", "PartnerChanged"),
        Call("createProject", """
            {"code":"P-1","name":"Campo","description":"Wells","partnerId":"{partner}","startDate":"2026-01-01","endDate":"2026-12-31","location":"Campo Norte","cardinalPoint":"N","contactName":"Leo","contactPhone":"2"}
            """, "ProjectCreated", "project.id as project"),
        Call("updateProject", """{"id":"{project}","version":1,"name":"Campo Norte","partnerId":"{partner}","endDate":"2027-06-30"}""", "ProjectChanged"),
        Call("createResource", """{"assetId":"{battery}","type":"BTSNHM","baseLocation":"Bodega"}""", "ResourceCreated", "resource.id as resource"),
        Call("createResource", """{"code":"CLEAN","name":"Limpieza"}""", "ResourceCreated", "resource.id as cleaning"),
        Call("updateResource", """{"id":"{cleaning}","version":1,"name":"Limpieza diaria","type":"SERVIC"}""", "ResourceChanged"),
        Call("assignResources", """
            {"assignments":[{"projectId":"{project}","resourceId":"{resource}","cost":150,"maintenanceCost":50,"operationStartDate":"2026-10-05","operationEndDate":"2026-12-31","commitmentDate":"2026-10-01",
             "recurrence":{"frequency":"DAY","interval":7,"startDate":"2026-10-05"}}]}
            """, "ResourceAssignmentCreated ResourceRented AssetChanged ResourceCreated ResourceAssignmentCreated", "assignments.0.id as rental"),
        Call("assignResources", """
            {"assignments":[{"projectId":"{project}","resourceId":"{cleaning}","cost":20,"operationStartDate":"2026-10-05","description":"Weekly","equipmentAssignmentId":"{rental}"}]}
            """, "ResourceAssignmentCreated", "assignments.0.id as service"),
        Call("updateResourceAssignment", """
            {"id":"{rental}","version":1,"cost":175,"maintenanceCost":60,"description":"Rental","operationStartDate":"2026-10-06","operationEndDate":"2026-12-30",
             "recurrence":{"frequency":"WEEK","weekdays":[2,4,6],"startDate":"2026-10-05"}}
            """, "ResourceAssignmentChanged ResourceAssignmentChanged ResourceAssignmentChanged"),
        Call("updateResourceAssignment", """{"id":"{service}","isRetired":true,"retirementDate":"2026-11-01","reason":"Done"}""", "ResourceReleased"),
        Call("releaseResource", """{"id":"{rental}","reason":"Finished early","date":"2026-11-02"}""", "ResourceReleased ResourceReturned AssetChanged ResourceReleased"),
        Given("assignResources", """{"assignments":[{"projectId":"{project}","resourceId":"{cleaning}","cost":20,"operationStartDate":"2026-10-05"}]}""", "assignments.0.id as mistake"),
        Call("deleteResourceAssignment", """{"id":"{mistake}"}""", "ResourceAssignmentDeleted"),
        Given("assignResources", """{"assignments":[{"projectId":"{project}","resourceId":"{resource}","cost":20,"operationStartDate":"2026-10-05"}]}"""),
        Call("closeProject", """{"id":"{project}","reason":"Delivered"}""", "ProjectClosed AssetChanged ResourceReleased ResourceReturned"),
        Call("archivePartner", """{"id":"{partner}"}""", "PartnerArchived"),
    ];

    private static Step[] Policies =>
    [
        Look("""{ users(search: "Technician") { nodes { id } } }""", "users.nodes.0.id as technician"),
        Given("createWorkOrder", """{"title":"Look","technicianIds":["{technician}"]}"""),
        Given("createWorkOrder", """{"title":"Look again","technicianIds":["{technician}"]}"""),
        Look("{ notifications { nodes { id } } }", "notifications.nodes.0.id as told", "technician"),
        Call("markNotificationRead", """{"id":"{told}"}""", "NotificationChanged", @as: "technician"),
        Call("markAllNotificationsRead", "", "NotificationChanged", @as: "technician"),
        Call("setNotificationPreference", """{"event":"WARRANTY_EXPIRING","channel":"EMAIL","enabled":true}""", "NotificationPreferenceCreated"),
        Given("createPart", """{"name":"Filter","onHand":6,"minimum":7,"desired":8,"unitCost":10}"""),
        Call("updatePolicy", """{"key":"price-jump","enabled":true,"schedule":"0 0 7 * * ?","settings":{"percent":20}}""", "PolicySettingCreated"),
        Call("runPolicy", """{"key":"low-stock-reorder"}""",
            "PolicyFiringCreated StockChanged PurchaseRequestCreated PurchaseLineCreated NotificationCreated NotificationCreated PolicyRunCreated"),
    ];
}
