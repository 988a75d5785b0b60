namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Puts the exporter's name in the place of the gRPC library's.</summary>
/// <param name="inner">Sends the request; owned.</param>
/// <param name="value">The name of now.</param>
internal sealed class UserAgentHandler(HttpMessageHandler inner, Func<string> value) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove(UserAgent.Name);
        request.Headers.TryAddWithoutValidation(UserAgent.Name, value());
        return base.SendAsync(request, cancellationToken);
    }
}
