using CsCheck;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Spooling;

namespace OpencodeOtel.Pipeline.Tests.Spooling;

public sealed class FrameHeaderTests
{
    private static readonly Gen<FrameHeader> Headers = Gen.Select(
        Gen.Enum<Signal>(),
        Gen.Enum<WireForm>(),
        Gen.String[Gen.Char.AlphaNumeric, 0, 80],
        Gen.Int[1, int.MaxValue],
        Gen.Byte.Array[0, 300],
        Gen.Long[0, 253402300799999],
        (signal, form, destination, items, payload, time) =>
            FrameHeader.Of(new SpoolLane(signal, form, destination), items, payload, DateTimeOffset.FromUnixTimeMilliseconds(time)));

    [Fact]
    public void What_is_written_is_read() => Gen.Select(Headers, Gen.UInt).Sample((header, salt) =>
    {
        byte[] bytes = new byte[FrameHeader.MaxLength];
        int length = header.Write(bytes, salt);

        Assert.Equal(header.Length, length);
        Assert.True(FrameHeader.TryRead(bytes, salt, out FrameHeader read));
        Assert.Equal(header, read);
    });

    [Fact]
    public void A_header_with_any_byte_changed_is_none() => Gen.Select(Headers, Gen.UInt, Gen.Int[0, int.MaxValue], Gen.Byte[1, 255]).Sample((header, salt, place, change) =>
    {
        byte[] bytes = new byte[header.Length];
        header.Write(bytes, salt);
        bytes[place % bytes.Length] ^= change;

        Assert.False(FrameHeader.TryRead(bytes, salt, out _));
    });

    [Fact]
    public void A_header_of_another_log_is_none() => Gen.Select(Headers, Gen.UInt, Gen.UInt).Sample((header, salt, other) =>
    {
        byte[] bytes = new byte[header.Length];
        header.Write(bytes, salt);

        Assert.Equal(salt == other, FrameHeader.TryRead(bytes, other, out _));
    });

    [Fact]
    public void A_header_that_is_cut_is_none() => Gen.Select(Headers, Gen.Int[0, int.MaxValue]).Sample((header, place) =>
    {
        byte[] bytes = new byte[header.Length];
        header.Write(bytes, 1);

        Assert.False(FrameHeader.TryRead(bytes.AsSpan(0, place % bytes.Length), 1, out _));
    });
}
