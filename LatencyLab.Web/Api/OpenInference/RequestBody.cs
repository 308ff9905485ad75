using System.Buffers;

namespace LatencyLab.Web.Api.OpenInference;

/// <summary>A request's body in borrowed memory; dispose it to give the memory back.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstGuess = 64 * 1024;
    private byte[] _memory;
    private int _length;

    private RequestBody(int size) => _memory = ArrayPool<byte>.Shared.Rent(size);

    public ReadOnlyMemory<byte> Bytes => _memory.AsMemory(0, _length);

    /// <summary>Reads all of it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="longest">More bytes than this are refused.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="OpenInferenceException">The body is longer.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, int longest, CancellationToken cancellationToken)
    {
        if (request.ContentLength > longest)
        {
            throw TooLong(longest);
        }
        // One byte more than is expected, so that the end shows without growing.
        var body = new RequestBody((int)(request.ContentLength ?? FirstGuess) + 1);
        try
        {
            await body.FillAsync(request.Body, longest, cancellationToken);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_memory);
        _memory = [];
        _length = 0;
    }

    private async Task FillAsync(Stream stream, int longest, CancellationToken cancellationToken)
    {
        for (int read; (read = await stream.ReadAsync(_memory.AsMemory(_length), cancellationToken)) > 0;)
        {
            _length += read;
            if (_length > longest)
            {
                throw TooLong(longest);
            }
            if (_length == _memory.Length)
            {
                Grow();
            }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * _memory.Length);
        _memory.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_memory);
        _memory = larger;
    }

    private static OpenInferenceException TooLong(int longest) => new(
        StatusCodes.Status413PayloadTooLarge,
        $"The request is longer than {longest} bytes, which is more than one picture needs. Send one picture at a time.");
}
