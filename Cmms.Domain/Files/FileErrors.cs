namespace Cmms.Domain.Files;

/// <summary>The file has more bytes than are accepted there.</summary>
public sealed class FileTooLarge(string field, int size, int maximum)
    : DomainError("FILE_TOO_LARGE", $"The file has {size} bytes; at most {maximum} are accepted.", field)
{
    /// <summary>How many bytes it has.</summary>
    public int Size => size;

    /// <summary>How many are accepted.</summary>
    public int Maximum => maximum;
}

/// <summary>The file is none of the kinds that are accepted there, by its content, whatever its name says.</summary>
public sealed class UnsupportedFile(string field, string accepted) : DomainError("UNSUPPORTED_FILE", $"The file must be {accepted}.", field);
