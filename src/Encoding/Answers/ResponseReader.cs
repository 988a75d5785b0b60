using System.Text.Json;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Protobuf;

namespace OpencodeOtel.Otlp.Answers;

/// <summary>Reads <c>Export…ServiceResponse</c> with its <c>partial_success</c>, in both forms.</summary>
internal static class ResponseReader
{
    public static ExportResponse ReadProtobuf(ReadOnlySpan<byte> body, Signal signal)
    {
        ResponseFields fields = ResponseFields.Of(signal);
        long rejected = 0;
        string? message = null;
        var response = new ProtobufReader(body);
        while (response.Read())
        {
            if (response.Tag != fields.PartialSuccess.Tag)
            {
                continue;
            }

            var partial = new ProtobufReader(response.Content);
            while (partial.Read())
            {
                if (partial.Tag == fields.Rejected.Tag)
                {
                    rejected = (long)partial.Number;
                }
                else if (partial.Tag == fields.ErrorMessage.Tag)
                {
                    message = AnswerText.From(partial.Content);
                }
            }

            if (partial.IsMalformed)
            {
                return default;
            }
        }

        return response.IsMalformed ? default : new ExportResponse(Math.Max(rejected, 0), message);
    }

    public static ExportResponse ReadJson(ReadOnlySpan<byte> body, Signal signal)
    {
        try
        {
            return ReadJson(AnswerJson.Open(body), ResponseFields.Of(signal));
        }
        catch (Exception exception) when (AnswerJson.IsFault(exception))
        {
            return default;
        }
    }

    private static ExportResponse ReadJson(Utf8JsonReader reader, in ResponseFields fields)
    {
        ExportResponse response = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        while (AnswerJson.ReadMember(ref reader, fields.PartialSuccess.JsonName, default, default, out int member))
        {
            if (member == 1 && reader.TokenType == JsonTokenType.StartObject)
            {
                response = ReadPartialSuccess(ref reader, fields);
            }
            else
            {
                reader.Skip();
            }
        }

        return reader.Read() ? default : response; // Anything behind the object is a fault.
    }

    private static ExportResponse ReadPartialSuccess(ref Utf8JsonReader reader, in ResponseFields fields)
    {
        long rejected = 0;
        string? message = null;
        while (AnswerJson.ReadMember(ref reader, fields.Rejected.JsonName, fields.ErrorMessage.JsonName, default, out int member))
        {
            switch (member)
            {
                case 1:
                    rejected = AnswerJson.Integer(ref reader);
                    break;
                case 2:
                    message = AnswerJson.Text(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new ExportResponse(Math.Max(rejected, 0), message);
    }
}
