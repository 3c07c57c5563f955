namespace Cmms.Domain.Files;

/// <summary>What files can be attached to: pictures of a machine, its manual, the receipt of a purchase.</summary>
public interface IHasAttachments
{
    /// <summary>Given by the database on the first save.</summary>
    long Id { get; }

    /// <summary>What is attached, pictures and documents.</summary>
    IReadOnlyList<Attachment> Attachments { get; }
}
