using System.Buffers.Text;
using System.Net.Mime;
using System.Text;
using QRCoder;

namespace Cmms.Graph.Files;

/// <summary>Draws what is on labels. The address says what is drawn, so that it needs no key and holds for ever.</summary>
internal static class QrCode
{
    private const string Path = "/files/qr";
    private const int PixelsOfModule = 8, LongestText = 400;

    public static string? UrlOf(string? text) => text is null ? null : $"{Path}/{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text))}";

    public static void MapQrCodes(this WebApplication app) => app.MapGet(Path + "/{text}", (string text, HttpContext http) =>
    {
        if (text.Length > LongestText || !Base64Url.IsValid(text)) return Results.NotFound();
        using var code = QRCodeGenerator.GenerateQrCode(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)), QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        using PngByteQRCode drawing = new(code);
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(drawing.GetGraphic(PixelsOfModule), MediaTypeNames.Image.Png);
    });
}
