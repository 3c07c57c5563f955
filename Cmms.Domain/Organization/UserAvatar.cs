using System.Security.Cryptography;
using Cmms.Domain.Files;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cmms.Domain.Organization;

/// <summary>A person's picture. In a table of its own, so that lists of people never read it; in the event log stands only that it changed.</summary>
public sealed class UserAvatar
{
    /// <summary>In bytes.</summary>
    public const int MaxSize = 5 * 1024 * 1024;

    private UserAvatar() { } // EF Core

    /// <param name="key">For demo data only; left out, a random one.</param>
    /// <exception cref="FileTooLarge"/>
    /// <exception cref="UnsupportedFile"/>
    internal UserAvatar(User user, byte[] image, byte[]? key = null)
    {
        if (image.Length > MaxSize) throw new FileTooLarge(nameof(image), image.Length, MaxSize);
        ContentType = Pictures.ContentTypeOf(image) ?? throw new UnsupportedFile(nameof(image), Pictures.Kinds);
        (CustomerId, UserId, Content, Key) = (user.CustomerId, user.Id, image, key ?? RandomNumberGenerator.GetBytes(32));
    }

    public long CustomerId { get; private set; }

    public long UserId { get; private set; }

    /// <summary>What the picture is by its content.</summary>
    public string ContentType { get; private set; } = "";

    /// <summary>What its addresses are signed with; another picture has another, so that the addresses of this one end with it.</summary>
    public byte[] Key { get; private set; } = [];

    public byte[] Content { get; private set; } = [];
}

public static class Avatars
{
    /// <summary>Gives a person, who is saved, another picture or takes it away.</summary>
    /// <exception cref="FileTooLarge"/>
    /// <exception cref="UnsupportedFile"/>
    public static async Task SetAvatar(this CmmsDb db, User user, byte[]? image, CancellationToken cancel)
    {
        var avatar = image is null ? null : new UserAvatar(user, image);
        // Not found first: what goes need not be read.
        await db.UserAvatars.Where(a => a.UserId == user.Id).ExecuteDeleteAsync(cancel);
        if (avatar is not null) db.UserAvatars.Add(avatar);
        user.ShowAvatar(avatar is null ? null : db.Now);
    }
}

internal sealed class UserAvatarMapping : IEntityTypeConfiguration<UserAvatar>
{
    public void Configure(EntityTypeBuilder<UserAvatar> builder)
    {
        builder.HasKey(x => x.UserId);
        builder.Property(x => x.UserId).ValueGeneratedNever();
        builder.HasOne<User>().WithMany().HasForeignKey(x => new { x.CustomerId, x.UserId }).HasPrincipalKey(u => new { u.CustomerId, u.Id }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(x => new { x.CustomerId, x.UserId });
    }
}
