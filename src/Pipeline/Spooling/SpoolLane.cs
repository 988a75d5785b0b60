using System.Globalization;
using System.IO.Hashing;
using System.Text;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

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

    /// <summary>The lane of a signal to a destination. Neither user info nor query nor headers are part of it: secrets change, places stay.</summary>
    public static SpoolLane Of(Signal signal, OtlpDestination destination)
    {
        Uri endpoint = destination.Endpoint;
        string path = destination.Protocol == OtlpProtocol.Grpc ? string.Empty : endpoint.PathAndQuery.Split('?')[0];
        string address = destination.UnixSocket is { } socket ? $"unix:{socket}{path}" : $"{endpoint.Scheme}://{endpoint.Authority}{path}";
        return new SpoolLane(signal, destination.Protocol == OtlpProtocol.HttpJson ? WireForm.Json : WireForm.Protobuf, Shorten(OneLine(address)));
    }

    private static string OneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));

    /// <summary>A name that is too long ends in a checksum of the whole.</summary>
    private static string Shorten(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MaxDestinationBytes)
        {
            return text;
        }

        string checksum = Crc32.HashToUInt32(Encoding.UTF8.GetBytes(text)).ToString("x8", CultureInfo.InvariantCulture);
        return $"{text[..(MaxDestinationBytes / 4)]}…{checksum}";
    }
}
