using Microsoft.Win32.SafeHandles;

namespace Engines.GraphQL;

/// <summary>A file that a client sent: the value of the scalar <c>Upload</c>. It is gone when its request has been answered, unless it is kept.</summary>
public sealed class UploadedFile : IDisposable
{
    private readonly FileStream _spool;
    private readonly string? _path;
    private bool _isKept;

    /// <param name="path">Where it can be kept; null where it has no name any more.</param>
    internal UploadedFile(string name, string contentType, FileStream spool, long length, string? path = null) =>
        (Name, ContentType, _spool, Length, _path) = (name, contentType, spool, length, path);

    /// <summary>What the client calls it, without folders. For people to read, never the name of a file to write.</summary>
    public string Name { get; }

    /// <summary>What the client says it is.</summary>
    public string ContentType { get; }

    public long Length { get; }

    /// <summary>The content from its beginning. Any number of readers may be open.</summary>
    public Stream OpenRead() => new Reader(_spool.SafeFileHandle, Length);

    /// <summary>Leaves it where it is when the request has been answered.</summary>
    /// <returns>The path of the file, whose name nobody can guess.</returns>
    public string Keep()
    {
        if (_path is null) throw new InvalidOperationException($"Files are kept only where {nameof(Server.UploadOptions)}.{nameof(Server.UploadOptions.MayBeKept)} says so.");
        _isKept = true;
        return _path;
    }

    public void Dispose()
    {
        _spool.Dispose();
        if (_path is not null && !_isKept) File.Delete(_path);
    }

    /// <summary>A position of its own in the one open file, which has no name any more.</summary>
    private sealed class Reader(SafeFileHandle file, long length) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => length;
        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = RandomAccess.Read(file, buffer, Position);
            Position += read;
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await RandomAccess.ReadAsync(file, buffer, Position, cancellationToken);
            Position += read;
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => Position,
            _ => length,
        };

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
