using System.Text.Json;
using OpencodeOtel.Otlp.Protobuf;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Answers;

/// <summary>Reads <c>google.rpc.Status</c>, in both forms. Bytes without any of its fields are none: an empty body says nothing.</summary>
internal static class StatusReader
{
    private const int MaxDetails = 64; // more are not looked at

    private static ReadOnlySpan<byte> RetryInfoType => "google.rpc.RetryInfo"u8;

    public static bool TryReadProtobuf(ReadOnlySpan<byte> body, out RpcStatus status)
    {
        status = default;
        bool any = false;
        int details = 0;
        var reader = new ProtobufReader(body);
        while (reader.Read())
        {
            if (reader.Tag == RpcFields.Status.Code.Tag)
            {
                any = true;
                status = status with { Code = (int)reader.Number };
            }
            else if (reader.Tag == RpcFields.Status.Message.Tag)
            {
                any = true;
                status = status with { Message = AnswerText.From(reader.Content) };
            }
            else if (reader.Tag == RpcFields.Status.Details.Tag)
            {
                any = true;
                status = details++ < MaxDetails ? WithDetail(status, reader.Content) : status;
            }
        }

        any &= !reader.IsMalformed;
        status = any ? status : default;
        return any;
    }

    public static bool TryReadJson(ReadOnlySpan<byte> body, out RpcStatus status)
    {
        status = default;
        try
        {
            return TryReadJson(AnswerJson.Open(body), out status);
        }
        catch (Exception exception) when (AnswerJson.IsFault(exception))
        {
            status = default;
            return false;
        }
    }

    private static bool TryReadJson(Utf8JsonReader reader, out RpcStatus status)
    {
        status = default;
        bool any = false;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (AnswerJson.ReadMember(
            ref reader, RpcFields.Status.Code.JsonName, RpcFields.Status.Message.JsonName, RpcFields.Status.Details.JsonName, out int member))
        {
            any |= member != 0;
            switch (member)
            {
                case 1:
                    status = status with { Code = (int)Math.Clamp(AnswerJson.Integer(ref reader), int.MinValue, int.MaxValue) };
                    break;
                case 2:
                    status = status with { Message = AnswerJson.Text(ref reader) };
                    break;
                case 3 when reader.TokenType == JsonTokenType.StartArray:
                    status = WithDetails(status, ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return any && !reader.Read(); // Anything behind the object is a fault.
    }

    private static RpcStatus WithDetail(RpcStatus status, ReadOnlySpan<byte> any)
    {
        ReadOnlySpan<byte> type = default;
        ReadOnlySpan<byte> value = default;
        var reader = new ProtobufReader(any);
        while (reader.Read())
        {
            if (reader.Tag == RpcFields.Any.TypeUrl.Tag)
            {
                type = reader.Content;
            }
            else if (reader.Tag == RpcFields.Any.Value.Tag)
            {
                value = reader.Content;
            }
        }

        return !reader.IsMalformed && IsRetryInfo(type) ? With(status, RetryDelay.FromProtobuf(value)) : status;
    }

    private static RpcStatus WithDetails(RpcStatus status, ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            bool isRetryInfo = false;
            TimeSpan? delay = null;
            while (AnswerJson.ReadMember(ref reader, RpcFields.AnyJsonType, RpcFields.RetryInfo.RetryDelay.JsonName, default, out int member))
            {
                switch (member)
                {
                    case 1:
                        isRetryInfo = AnswerJson.Text(ref reader) is { } type && IsRetryInfo(System.Text.Encoding.UTF8.GetBytes(type));
                        break;
                    case 2:
                        delay = RetryDelay.FromJson(AnswerJson.Text(ref reader));
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            status = isRetryInfo ? With(status, delay) : status;
        }

        return status;
    }

    private static RpcStatus With(RpcStatus status, TimeSpan? delay) =>
        status with { HasRetryInfo = true, RetryDelay = delay ?? status.RetryDelay };

    /// <summary>Says whether the last segment of a type URL is the name.</summary>
    private static bool IsRetryInfo(ReadOnlySpan<byte> typeUrl) =>
        typeUrl[(typeUrl.LastIndexOf((byte)'/') + 1)..].SequenceEqual(RetryInfoType);
}
