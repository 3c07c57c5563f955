using System.Buffers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Engines.GraphQL.Server;

/// <summary>Writes the files of one request to disk as they arrive, within the limits of all of them.</summary>
internal sealed class UploadSpool(UploadOptions limits) : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private readonly List<UploadedFile> _files = [];
    private long _bytes;

    public async Task<UploadedFile> AddAsync(string name, string contentType, Stream content, CancellationToken cancel)
    {
        if (_files.Count == limits.MaxFiles) throw new RefusedRequest($"The request has more than {limits.MaxFiles} files.", StatusCodes.Status413PayloadTooLarge);
#pragma warning disable CA2000 // The file that is made of it owns it.
        var spool = Open();
#pragma warning restore CA2000
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var length = 0L;
            for (int read; (read = await content.ReadAsync(buffer, cancel)) > 0; length += read)
            {
                if (length + read > limits.MaxFileBytes) throw TooLarge("A file", limits.MaxFileBytes);
                if ((_bytes += read) > limits.MaxBytes) throw TooLarge("The files together", limits.MaxBytes);
                await WriteAsync(spool, buffer.AsMemory(0, read), length, cancel);
            }
            if (limits.MayBeKept) Flush(spool);
            var file = new UploadedFile(name, contentType, spool, length, limits.MayBeKept ? spool.Name : null);
            _files.Add(file);
            return file;
        }
        catch
        {
            await spool.DisposeAsync();
            if (limits.MayBeKept) File.Delete(spool.Name);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }

    // The name is ours, and where nothing is kept gone at once, so that nothing is left of a process that was killed.
    private FileStream Open()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        else if (!limits.MayBeKept) options.Options |= FileOptions.DeleteOnClose;
        try
        {
            var file = new FileStream(Path.Combine(limits.Folder, RandomNumberGenerator.GetHexString(32, lowercase: true)), options);
            if (!OperatingSystem.IsWindows() && !limits.MayBeKept) File.Delete(file.Name);
            return file;
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            throw NoRoom();
        }
    }

    private static async ValueTask WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes, long offset, CancellationToken cancel)
    {
        try
        {
            await RandomAccess.WriteAsync(file.SafeFileHandle, bytes, offset, cancel);
        }
        catch (IOException)
        {
            throw NoRoom();
        }
    }

    private static void Flush(FileStream file)
    {
        try
        {
            RandomAccess.FlushToDisk(file.SafeFileHandle);
        }
        catch (IOException)
        {
            throw NoRoom();
        }
    }

    private static RefusedRequest NoRoom() => new("The server has no room for files.", StatusCodes.Status507InsufficientStorage, ErrorCodes.StorageFull);

    private static RefusedRequest TooLarge(string what, long maximum) => new($"{what} must not have more than {maximum} bytes.", StatusCodes.Status413PayloadTooLarge);
}
