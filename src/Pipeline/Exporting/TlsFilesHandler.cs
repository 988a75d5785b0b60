using System.Net.Security;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Connects by certificate files, and anew when they have changed; files that cannot be used leave the old ones in place.</summary>
/// <remarks>Thread-safe. Nothing is read before the first request.</remarks>
/// <param name="files">The files.</param>
/// <param name="open">Opens a handler that connects with the options.</param>
/// <param name="logger">Takes a warning.</param>
/// <param name="time">Measures how often files are looked at.</param>
internal sealed partial class TlsFilesHandler(
    TlsFiles files, Func<SslClientAuthenticationOptions, HttpMessageHandler> open, ILogger? logger, TimeProvider time) : HttpMessageHandler
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private HttpMessageInvoker? _current;
    private HttpMessageInvoker? _retired; // Its requests may still be under way.
    private (DateTime, DateTime, DateTime) _written;
    private long _lookedAt;
    private bool _warned;

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Current().SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_lock)
            {
                _current?.Dispose();
                _retired?.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private HttpMessageInvoker Current()
    {
        lock (_lock)
        {
            if (_current is not null && time.GetElapsedTime(_lookedAt) < LookInterval)
            {
                return _current;
            }

            _lookedAt = time.GetTimestamp();
            (DateTime, DateTime, DateTime) written = files.Written();
            if (_current is null || written != _written)
            {
                Renew(written);
            }

            return _current!;
        }
    }

    private void Renew((DateTime, DateTime, DateTime) written)
    {
        try
        {
            HttpMessageInvoker renewed = new(open(files.Read()));
            _retired?.Dispose();
            (_retired, _current, _written, _warned) = (_current, renewed, written, false);
        }
        catch (AuthenticationException error) when (_current is not null)
        {
            // Perhaps half of it is written: it is tried again at the next look.
            if (!_warned && logger is not null)
            {
                LogKept(logger, error.Message);
            }

            _warned = true;
        }
        catch (AuthenticationException error)
        {
            throw new HttpRequestException(HttpRequestError.SecureConnectionError, error.Message, error);
        }
    }
}
