using System.Net;

namespace OpencodeOtel.Benchmarks.Peers;

/// <summary>Stands in for the network: reads each request body to its end, counts it, keeps it when asked, and answers 200.</summary>
internal sealed class DrainingHandler : HttpMessageHandler
{
    private readonly DrainingStream _drain = new();

    /// <summary>Gets the length of the last body.</summary>
    public int LastLength => _drain.Count;

    /// <summary>Lets <paramref name="export"/> make a request and returns its body.</summary>
    public byte[] Capture(Action export)
    {
        using MemoryStream kept = new();
        _drain.Copy = kept;
        export();
        _drain.Copy = null;
        return kept.ToArray();
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _drain.Count = 0;
        request.Content!.CopyTo(_drain, null, cancellationToken);
        return new HttpResponseMessage(HttpStatusCode.OK);
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));
}
