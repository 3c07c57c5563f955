namespace Cmms.Tests.Contract;

internal static partial class MutationStories
{
    /// <summary>
    /// What people do with what is their own: <c>{me}</c> is whoever tells the story, and does each call that the role allows; <c>{other}</c> is somebody else.
    /// For <see cref="RoleTableTests"/>, which shows first that nobody else can do it.
    /// </summary>
    public static IReadOnlyList<Step> Own { get; } =
    [
        Given("createPart", """{"name":"Seal","onHand":20,"unitCost":10}""", "part.id as seal"),
        Given("createWorkOrder", """{"title":"Mine","technicianIds":["{me}"],"checklist":[{"text":"Stop the pump"}]}""", "workOrder.id as order"),
        Look("query($order: ID!) { workOrder(id: $order) { checklist { id } } }", "workOrder.checklist.0.id as item"),
        Mine("startWorkOrder", """{"id":"{order}"}"""),
        Mine("setChecklistItem", """{"id":"{item}","isChecked":true}"""),
        Mine("addWorkOrderPart", """{"workOrderId":"{order}","partId":"{seal}","quantity":1}"""),
        Mine("setWorkOrderPart", """{"workOrderId":"{order}","partId":"{seal}","quantity":2}"""),
        Mine("removeWorkOrderPart", """{"workOrderId":"{order}","partId":"{seal}"}"""),
        Mine("holdWorkOrder", """{"id":"{order}","reason":"No seals"}"""),
        Mine("resumeWorkOrder", """{"id":"{order}"}"""),
        Mine("completeWorkOrder", """{"id":"{order}","notes":"Done"}"""),
        Given("createWorkOrder", """{"title":"Mine too","technicianIds":["{me}"]}""", "workOrder.id as second"),
        Look("{ workOrderStatuses(where: { phase: { eq: IN_PROGRESS } }) { nodes { id } } }", "workOrderStatuses.nodes.0.id as running"),
        Mine("changeWorkOrderStatus", """{"id":"{second}","statusId":"{running}"}"""),
        Mine("createWorkRequest", """{"title":"It drips"}""", "workRequest.id as request"),
        Mine("updateWorkRequest", """{"id":"{request}","description":"From the seal"}"""),
        Mine("attachFiles", """{"subjectId":"{request}","files":["csv:Seal,1"]}""", "attachments.0.id as file"),
        Mine("removeAttachment", """{"id":"{file}"}"""),
        Mine("deleteWorkRequest", """{"id":"{request}"}"""),
        Look("{ notifications { nodes { id } } }", "notifications.nodes.0.id as told", "me"),
        Mine("markNotificationRead", """{"id":"{told}"}"""),
        Mine("markAllNotificationsRead", ""),
        Mine("setNotificationPreference", """{"event":"WARRANTY_EXPIRING","channel":"EMAIL","enabled":true}"""),
        Mine("updateUser", """{"id":"{me}","jobTitle":"Fitter"}"""),
        Mine("setUserAvatar", """{"userId":"{me}","image":null}"""),
        Mine("createApiKey", """{"name":"Mine","userId":"{me}"}""", "apiKey.id as key"),
        Mine("revokeApiKey", """{"id":"{key}"}"""),
        Mine("grantRole", """{"userId":"{other}","siteId":"{site}","role":"VIEWER"}"""),
        Mine("revokeRole", """{"userId":"{other}","siteId":"{site}"}"""),
    ];

    private static Step Mine(string mutation, string input, string? remember = null) => new(mutation, input, "", remember, "me");
}
