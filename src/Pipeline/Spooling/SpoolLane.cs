using System.Text;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>What a spooled request is for: requests of one lane go to the same address in the same form, in their order.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Form">The wire form of the payload.</param>
/// <param name="Destination">The address, without anything secret.</param>
internal readonly record struct SpoolLane(Signal Signal, WireForm Form, string Destination)
{
    /// <summary>The longest destination that a frame can name, in UTF-8 bytes.</summary>
    public const int MaxDestinationBytes = 512;

    /// <summary>Gets the length of the destination's name in a frame.</summary>
    public int DestinationBytes => Encoding.UTF8.GetByteCount(Destination);
}
