using System.Security.Cryptography;
using Cmms.Domain.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Cmms.Domain.Assets;

/// <summary>What stands on the labels of assets, locations and parts: one scan finds one thing of the site. What other sites have on theirs is not to be learned by trying.</summary>
public static class QrCodes
{
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    /// <summary>A new random code of 26 characters, such as those that earlier systems printed.</summary>
    public static string Generate() => RandomNumberGenerator.GetString(Alphabet, 26);

    /// <summary>
    /// Makes sure that no other asset, location or part of the site has the code. The unique index of each table decides a race within
    /// that table; across tables a race would need two people to type the same code at the same moment.
    /// </summary>
    /// <exception cref="Duplicate"/>
    public static async Task RequireFree(CmmsDb db, string? code, Entity holder, CancellationToken cancel)
    {
        if (code is null) return;
        var taken =
            await db.Assets.AnyAsync(a => a.QrCode == code && !(holder is Asset && a.Id == holder.Id), cancel)
            || await db.Locations.AnyAsync(l => l.QrCode == code && !(holder is Location && l.Id == holder.Id), cancel)
            || await db.Parts.AnyAsync(p => p.QrCode == code && !(holder is Inventory.Part && p.Id == holder.Id), cancel);
        if (taken) throw new Duplicate("qrCode", code);
    }

    /// <summary>The code that a label is to carry from now on: the one given, a new one, none, or the one it has.</summary>
    /// <param name="current">What it carries now.</param>
    /// <param name="wanted">What it is to carry unless it is generated or removed.</param>
    /// <exception cref="InvalidValue">More than one of them was asked for.</exception>
    /// <exception cref="Duplicate"/>
    public static async Task<string?> LabelOf(
        this CmmsDb db, Entity holder, string? current, string? wanted, bool generate, bool remove, CancellationToken cancel)
    {
        var code = Check(wanted);
        if (generate && (remove || code != current)) throw new InvalidValue("generateQrCode", "must not be asked for together with another code or none");
        if (remove && code != current && code is not null) throw new InvalidValue("removeQrCode", "must not be asked for together with a code");
        if (generate) return Generate();
        if (remove || code == current) return remove ? null : current;
        await RequireFree(db, code, holder, cancel);
        return code;
    }

    internal static string? Check(string? value) => Domain.Check.OptionalText(value, 200, "qrCode");
}
