using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Benchmarks.Data;

/// <summary>Our encoder, as the pipeline uses it: a request is opened, items are appended as they come, the request is closed and given back.</summary>
internal sealed class Encoded(Signal signal, WireForm form, Resource resource, InstrumentationScope scope) : IDisposable
{
    // Twice the largest request here, so that no append grows the buffer: the pipeline sizes it for its target likewise.
    private const int InitialCapacity = 1024 * 1024;

    private readonly ExportRequestBuilder _builder = new(new ExportEnvelope(signal, form, resource, scope), InitialCapacity);

    /// <summary>Gets the open request.</summary>
    public ExportRequestBuilder Builder => _builder;

    /// <summary>Closes the request and gives its buffer back, as a sender does after the answer.</summary>
    /// <returns>Its length.</returns>
    public int Close()
    {
        ExportRequest request = _builder.Complete();
        int length = request.Body.Length;
        request.Release();
        return length;
    }

    /// <summary>Closes the request and copies it, for comparison.</summary>
    public byte[] Capture()
    {
        ExportRequest request = _builder.Complete();
        byte[] body = request.Body.ToArray();
        request.Release();
        return body;
    }

    /// <inheritdoc/>
    public void Dispose() => _builder.Dispose();
}
