using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>What the user says of sessions whose stream tells neither model nor agent.</summary>
internal sealed class UntoldNames
{
    private readonly OtlpString _provider;
    private readonly OtlpString _model;
    private readonly OtlpString _agent;

    /// <summary>Reads the options. The first slash of a model ends the name of its provider; a model may hold further ones.</summary>
    public UntoldNames(TelemetryOptions options)
    {
        int slash = options.UntoldModel.IndexOf('/', StringComparison.Ordinal);
        _provider = OtlpString.Transcode(slash > 0 ? options.UntoldModel[..slash] : string.Empty);
        _model = OtlpString.Transcode(options.UntoldModel[(slash + 1)..]);
        _agent = OtlpString.Transcode(options.UntoldAgent);
    }

    /// <summary>A provider that a message of the session has, or that was said, or <c>unknown</c>.</summary>
    public OtlpString Provider(SessionState session, OtlpString told) => Known(session, told, _provider);

    /// <summary>A model that a message of the session has, or that was said, or <c>unknown</c>.</summary>
    public OtlpString Model(SessionState session, OtlpString told) => Known(session, told, _model);

    /// <summary>An agent of the session, empty if none was said.</summary>
    public OtlpString Agent(SessionState session) => session.IsInferred ? _agent : default;

    private static OtlpString Known(SessionState session, OtlpString told, OtlpString said) =>
        !told.IsEmpty ? told : session.IsInferred && !said.IsEmpty ? said : Words.Unknown;
}
