namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Puts the exporter's name in the place of the gRPC library's.</summary>
internal sealed class UserAgentHandler(HttpMessageHandler inner, string value) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove(UserAgent.Name);
        request.Headers.TryAddWithoutValidation(UserAgent.Name, value);
        return base.SendAsync(request, cancellationToken);
    }
}
