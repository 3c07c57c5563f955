using System.Globalization;
using Cmms.Domain;
using Cmms.Domain.Persistence;
using Cmms.Graph.Files;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Organization;

/// <summary>Serves people's pictures to whoever has a signed address. Unknown, without a picture, expired and forged are one answer.</summary>
internal static class AvatarFile
{
    private const string Path = "/files/avatars";

    public static string UrlOf(long userId, byte[] key, Instant now) => SignedAddress.Of(string.Create(CultureInfo.InvariantCulture, $"{Path}/{userId}"), key, now);

    public static void MapAvatars(this WebApplication app) =>
        app.MapGet(Path + "/{userId:long}", (long userId, HttpContext http, CmmsDbFactory factory, TimeProvider clock) => ServeAsync(userId, http, factory, clock));

    private static async Task ServeAsync(long userId, HttpContext http, CmmsDbFactory factory, TimeProvider clock)
    {
        var (response, cancel) = (http.Response, http.RequestAborted);
        response.StatusCode = StatusCodes.Status404NotFound;
        if (SignedAddress.Asked(http.Request, clock.Now) is not { } address) return;
        // The signature stands in for the caller, whose customer nobody knows here.
        await using var db = factory.For(Scope.System);
        var avatars = db.UserAvatars.Where(a => a.UserId == userId);
        if (await avatars.Select(a => a.Key).SingleOrDefaultAsync(cancel) is not { } key || !address.IsSignedBy(key) || await avatars.Select(a => new { a.ContentType, a.Content }).SingleOrDefaultAsync(cancel) is not { } avatar) return;
        response.StatusCode = StatusCodes.Status200OK;
        (response.ContentType, response.ContentLength) = (avatar.ContentType, avatar.Content.Length);
        response.Harmless(address.SecondsLeft);
        await response.Body.WriteAsync(avatar.Content, cancel);
    }
}
