using Google.Protobuf;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Batching;

namespace OpencodeOtel.Pipeline.Tests.Batching;

/// <summary>Keeps the requests that batching hands over, and the count of what was too large.</summary>
internal sealed class KeepingSink : IPayloadSink
{
    public List<Kept> Requests { get; } = [];

    public Dictionary<(Signal Signal, WireForm Form), int> TooLarge { get; } = [];

    public void Enqueue(ExportRequest request)
    {
        Requests.Add(new Kept(request.Signal, request.Form, request.ItemCount, request.Body.ToArray()));
        request.Release();
    }

    public void CountTooLarge(Signal signal, WireForm form, int items) =>
        TooLarge[(signal, form)] = TooLarge.GetValueOrDefault((signal, form)) + items;

    public IEnumerable<Kept> Of(Signal signal, WireForm form = WireForm.Protobuf) =>
        Requests.Where(request => request.Signal == signal && request.Form == form);

    internal sealed record Kept(Signal Signal, WireForm Form, int Items, byte[] Body)
    {
        /// <summary>Reads the body with the generated classes.</summary>
        public T Read<T>()
            where T : IMessage<T>, new() => Form == WireForm.Json
                ? TestCollector.OtlpJson.Parse<T>(Body)
                : new MessageParser<T>(() => new T()).ParseFrom(Body);
    }
}
