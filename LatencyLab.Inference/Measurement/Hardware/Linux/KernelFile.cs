using Microsoft.Win32.SafeHandles;

namespace LatencyLab.Inference.Measurement.Hardware.Linux;

/// <summary>A file that the kernel writes anew at each reading, kept open and read into the same memory.</summary>
internal sealed class KernelFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private byte[] _buffer = new byte[4096];

    private KernelFile(SafeFileHandle handle) => _handle = handle;

    /// <summary>Opens a file; null where it is not there or may not be read.</summary>
    public static KernelFile? TryOpen(string path)
    {
        try
        {
            return new KernelFile(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The text as it is now; valid until the next reading. Empty where the kernel refuses.</summary>
    public ReadOnlySpan<byte> Read()
    {
        try
        {
            int length;
            while ((length = ReadAll()) == _buffer.Length)
            {
                // Read once more from the beginning: the parts of one text belong together.
                _buffer = new byte[2 * _buffer.Length];
            }
            return _buffer.AsSpan(0, length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private int ReadAll()
    {
        int length = 0, read;
        while ((read = RandomAccess.Read(_handle, _buffer.AsSpan(length), length)) > 0)
        {
            length += read;
        }
        return length;
    }
}
