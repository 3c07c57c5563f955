using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Persistence;

public sealed partial class CmmsDb
{
    public DbSet<WorkOrder> WorkOrders => Set<WorkOrder>();
    public DbSet<WorkOrderStatus> WorkOrderStatuses => Set<WorkOrderStatus>();
    public DbSet<WorkOrderPart> WorkOrderParts => Set<WorkOrderPart>();
    public DbSet<Category> Categories => Set<Category>();
    public DbSet<WorkRequest> WorkRequests => Set<WorkRequest>();
    public DbSet<ChecklistItem> ChecklistItems => Set<ChecklistItem>();
}
