using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Enriching.Texts;

namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>A tool call, from its first <c>running</c> until its span is exported.</summary>
internal sealed class ToolCallState : WorkState
{
    private const int LargestKept = 4 * 1024;

    private byte[] _id = [];
    private int _idLength;
    private byte[] _error = [];
    private int _errorLength;

    /// <summary>Gets the call id.</summary>
    public OtlpString Id => OtlpString.WrapValidUtf8(_id, 0, _idLength);

    /// <summary>Gets the error of a call that failed.</summary>
    public OtlpString Error => OtlpString.WrapValidUtf8(_error, 0, _errorLength);

    /// <summary>Gets or sets the tool.</summary>
    public OtlpString Tool { get; set; }

    /// <summary>Gets or sets the end, in Unix milliseconds.</summary>
    public long End { get; set; }

    /// <summary>Gets or sets a value indicating whether it succeeded.</summary>
    public bool IsSuccess { get; set; }

    /// <summary>Gets or sets the size of the output, in UTF-8 bytes.</summary>
    public long OutputBytes { get; set; }

    /// <summary>Gets the input, JSON, when content is captured.</summary>
    public CapturedText Input { get; } = new();

    /// <summary>Gets the output, when content is captured.</summary>
    public CapturedText Output { get; } = new();

    /// <summary>Copies the call id.</summary>
    public void SetId(ReadOnlySpan<byte> id) => _idLength = Keep(id, ref _id);

    /// <summary>Copies the error.</summary>
    public void SetError(OtlpString error) => _errorLength = Keep(error.Utf8, ref _error);

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        _idLength = 0;
        _errorLength = 0;
        _error = _error.Length > LargestKept ? [] : _error;
        Tool = default;
        End = 0;
        IsSuccess = false;
        OutputBytes = 0;
        Input.Clear();
        Output.Clear();
    }

    private static int Keep(ReadOnlySpan<byte> utf8, ref byte[] buffer)
    {
        if (buffer.Length < utf8.Length)
        {
            buffer = new byte[utf8.Length];
        }

        utf8.CopyTo(buffer);
        return utf8.Length;
    }
}
