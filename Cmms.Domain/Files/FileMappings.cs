using Cmms.Domain.Assets;
using Cmms.Domain.Inventory;
using Cmms.Domain.Organization;
using Cmms.Domain.Persistence;
using Cmms.Domain.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Files;

internal sealed class AttachmentMapping : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> builder)
    {
        builder.Folded(x => x.Name);
        builder.Secret(x => x.FileName);
        builder.Ignore(x => x.Subject);
        builder.HasOne(x => x.File).WithMany().HasForeignKey(x => new { x.CustomerId, x.FileName }).HasPrincipalKey(f => new { f.CustomerId, f.Name }).OnDelete(DeleteBehavior.Restrict);
        builder.BelongsTo<Attachment, Asset>(x => x.AssetId, asset => asset.Attachments);
        builder.BelongsTo<Attachment, Location>(x => x.LocationId, location => location.Attachments);
        builder.BelongsTo<Attachment, Part>(x => x.PartId, part => part.Attachments);
        builder.BelongsTo<Attachment, StockTransaction>(x => x.StockTransactionId, line => line.Attachments);
        builder.BelongsTo<Attachment, Vendor>(x => x.VendorId, vendor => vendor.Attachments);
        builder.BelongsTo(x => x.WorkRequest, x => x.WorkRequestId, request => request.Attachments);
        builder.BelongsTo<Attachment, WorkOrder>(x => x.WorkOrderId, order => order.Attachments);
        builder.LoggedAs(x => x.AssetId, "asset");
        builder.LoggedAs(x => x.LocationId, "location");
        builder.LoggedAs(x => x.PartId, "part");
        builder.LoggedAs(x => x.StockTransactionId, "stockTransaction");
        builder.LoggedAs(x => x.VendorId, "vendor");
        builder.LoggedAs(x => x.WorkRequestId, "workRequest");
        builder.LoggedAs(x => x.WorkOrderId, "workOrder");
        builder.HasIndex(x => new { x.CustomerId, x.FileName });
        string[] owners = ["asset_id", "location_id", "part_id", "stock_transaction_id", "vendor_id", "work_request_id", "work_order_id"];
        builder.ToTable(table => table.HasCheckConstraint("ck_attachment_subject", string.Join(" + ", owners.Select(owner => $"CASE WHEN {owner} IS NULL THEN 0 ELSE 1 END")) + " = 1"));
    }
}

internal sealed class StoredFileMapping : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> builder)
    {
        builder.HasKey(x => new { x.CustomerId, x.Name });
        builder.HasOne<Customer>().WithMany().HasForeignKey(x => x.CustomerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(x => x.StoredAt);
    }
}
