using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace OpencodeOtel.TestCollector.Reading;

/// <summary>Reads the bytes of a request, and refuses what a careful collector would refuse.</summary>
internal static class RequestReader
{
    // The default of 100 would refuse attribute values that nest less deep than the specification allows (64), since
    // each level of a map is three messages.
    private const int RecursionLimit = 1000;

    /// <summary>Reads the binary form.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a message, or an id in it is not valid.</exception>
    public static IMessage ReadProtobuf(MessageDescriptor type, byte[] body)
    {
        try
        {
            using var stream = new MemoryStream(body);
            using var input = CodedInputStream.CreateWithLimits(stream, int.MaxValue, RecursionLimit);
            IMessage message = type.Parser.ParseFrom(input);
            RecordIds.Check(message);
            return message;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>Reads the JSON form.</summary>
    /// <exception cref="InvalidDataException">The text is not such a message, or an id in it is not valid.</exception>
    public static IMessage ReadJson(MessageDescriptor type, ReadOnlyMemory<byte> body)
    {
        IMessage message = OtlpJson.Parse(type, body);
        RecordIds.Check(message);
        return message;
    }
}
