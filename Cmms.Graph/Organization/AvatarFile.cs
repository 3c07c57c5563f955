using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cmms.Domain;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Graph.Organization;

/// <summary>
/// Serves people's pictures to whoever has a signed address: pages show them without sending a key. Unknown, without a picture, expired and forged are one answer.
/// </summary>
internal static class AvatarFile
{
    private const string Path = "/files/avatars";

    /// <summary>A good address for one to two hours. It stays the same within an hour, so that browsers need not ask again.</summary>
    public static string UrlOf(long userId, byte[] key, Instant now)
    {
        const long hour = 3600;
        var expires = ((now.ToDateTimeOffset().ToUnixTimeSeconds() / hour) + 2) * hour;
        return string.Create(CultureInfo.InvariantCulture, $"{Path}/{userId}?expires={expires}&signature={SignatureOf(userId, expires, key)}");
    }

    public static void MapAvatars(this WebApplication app) =>
        app.MapGet(Path + "/{userId:long}", (long userId, HttpContext http, CmmsDbFactory factory, TimeProvider clock) => ServeAsync(userId, http, factory, clock));

    private static async Task ServeAsync(long userId, HttpContext http, CmmsDbFactory factory, TimeProvider clock)
    {
        var (query, response, cancel) = (http.Request.Query, http.Response, http.RequestAborted);
        response.StatusCode = StatusCodes.Status404NotFound;
        var left = long.TryParse(query["expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var expires) ? expires - clock.GetUtcNow().ToUnixTimeSeconds() : 0;
        if (left <= 0 || query["signature"] is not [{ } signature]) return;
        // The signature stands in for the caller, whose customer nobody knows here.
        await using var db = factory.For(Scope.System);
        var avatars = db.UserAvatars.Where(a => a.UserId == userId);
        var key = await avatars.Select(a => a.Key).SingleOrDefaultAsync(cancel);
        var isGood = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(SignatureOf(userId, expires, key ?? [])));
        if (key is null || !isGood || await avatars.Select(a => new { a.ContentType, a.Content }).SingleOrDefaultAsync(cancel) is not { } avatar) return;
        response.StatusCode = StatusCodes.Status200OK;
        (response.ContentType, response.ContentLength) = (avatar.ContentType, avatar.Content.Length);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"private, max-age={left}, immutable");
        await response.Body.WriteAsync(avatar.Content, cancel);
    }

    private static string SignatureOf(long userId, long expires, byte[] key) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"avatar {userId} {expires}"))));
}
