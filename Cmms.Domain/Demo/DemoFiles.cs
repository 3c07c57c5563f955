using System.Security.Cryptography;
using System.Text;
using Cmms.Domain.Assets;
using Cmms.Domain.Files;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Demo;

/// <summary>Pictures of machines and the instructions for one of them.</summary>
internal static class DemoFiles
{
    private static readonly (string Machine, int Paint, int Light)[] s_pictures =
        [("TEL-01", 0x2F6F6D, 0x59C36A), ("CONV-02", 0xC4622D, 0xD8453E), ("FRZ-01", 0xEDF1F3, 0x59C36A), ("EXT-01", 0x3C5A8A, 0xE3B23C)];

    private static readonly string[] s_instructions =
    [
        "Freezer FRZ-01: operating instructions", "", "1. Keep the door closed; the seal must touch on all four sides.", "2. Clean the condenser every three months, with the power off.",
        "3. Water in front of the door: clear the drain first, then look at the seal.", "4. Above -15 C for more than an hour: ask for maintenance.",
    ];

    public static async Task AddFiles(this CmmsDb db, FileStore files, CancellationToken cancel)
    {
        foreach (var (machine, paint, light) in s_pictures)
            await db.Attach(await Machine(machine), [await Arrive(files, $"{machine}.png", "image/png", DemoPicture.Machine(paint, light))], cancel);
        await db.Attach(await Machine("FRZ-01"), [await Arrive(files, "Operating instructions.pdf", "application/pdf", Pdf(s_instructions))], cancel);

        Task<Asset> Machine(string code) => db.Assets.SingleAsync(a => a.Code == code, cancel);
    }

    /// <summary>The same file has the same name in the store, whoever makes the demo plant.</summary>
    public static async Task<Arrival> Arrive(FileStore files, string name, string type, byte[] content)
    {
        var storedAs = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), .. content]))[..32];
        await File.WriteAllBytesAsync(Path.Combine(files.Arrivals, storedAs), content);
        return new Arrival(name, type, content.Length, content[..16], () => storedAs);
    }

    /// <summary>One page with some lines on it.</summary>
    private static byte[] Pdf(IEnumerable<string> lines)
    {
        var page = $"BT /F 11 Tf 56 780 Td 18 TL {string.Concat(lines.Select(line => $"({line.Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal)}) Tj T* "))}ET";
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            $"<</Length {page.Length}>>stream\n{page}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ];
        StringBuilder text = new("%PDF-1.4\n");
        List<int> places = [];
        foreach (var (i, content) in objects.Index())
        {
            places.Add(text.Length);
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i + 1} 0 obj{content}endobj\n");
        }
        var table = text.Length;
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var place in places) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"trailer<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
