using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Cmms.Domain.Persistence;

/// <summary>
/// Which native SQLite runs: the system's, or else the bundled one. CMMS_SQLITE=system|bundled decides by hand.
/// It stands in for a package that the feed lacks; docs/decisions says which lines replace it.
/// </summary>
public static class SqliteLibrary
{
    /// <summary>From here on EF Core can hand over a list of keys as one JSON parameter.</summary>
    private const int Oldest = 3_038_000;
    private static nint s_system;

    /// <summary>"system" or "bundled".</summary>
    public static string Source => s_system == 0 ? "bundled" : "system";

    public static Version Version { get; private set; } = new();

    /// <summary>What to say at start, such as "SQLite 3.40.1 (system)".</summary>
    public static string Description => $"SQLite {Version} ({Source})";

#pragma warning disable CA2255 // The provider must stand before anything of EF Core loads, in every program and test host.
    [ModuleInitializer]
    internal static void Initialize()
    {
        AssemblyLoadContext.Default.Resolving += ResolveCore;
        SetProvider();
    }
#pragma warning restore CA2255

    /// <summary>The driver asks for a newer SQLitePCLRaw.core than there is; the older one has all that it calls.</summary>
    private static Assembly? ResolveCore(AssemblyLoadContext context, AssemblyName name)
    {
        if (name.Name != "SQLitePCLRaw.core") return null;
        var file = Path.Combine(Path.GetDirectoryName(typeof(SqliteLibrary).Assembly.Location) ?? AppContext.BaseDirectory, "SQLitePCLRaw.core.dll");
        return context.LoadFromAssemblyPath(File.Exists(file) ? file : Path.Combine(AppContext.BaseDirectory, "SQLitePCLRaw.core.dll"));
    }

    /// <summary>Not inlined: its types may load only once the resolver above stands.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SetProvider()
    {
        if (Environment.GetEnvironmentVariable("CMMS_SQLITE") is not "bundled") s_system = LoadSystem();
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == "e_sqlite3" ? s_system : 0);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
        Version = Number(SQLitePCL.raw.sqlite3_libversion_number());
    }

    private static nint LoadSystem()
    {
        string[] names = OperatingSystem.IsWindows() ? ["winsqlite3"] : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib"] : ["libsqlite3.so.0"];
        foreach (var name in names)
        {
            if (!NativeLibrary.TryLoad(name, out var library)) continue;
            if (Marshal.GetDelegateForFunctionPointer<VersionNumber>(NativeLibrary.GetExport(library, "sqlite3_libversion_number"))() >= Oldest) return library;
            NativeLibrary.Free(library);
        }
        return Environment.GetEnvironmentVariable("CMMS_SQLITE") is "system"
            ? throw new DllNotFoundException("CMMS_SQLITE=system, but the system has no SQLite 3.38 or later.")
            : 0;
    }

    private static Version Number(int number) => new(number / 1_000_000, number / 1000 % 1000, number % 1000);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();
}
