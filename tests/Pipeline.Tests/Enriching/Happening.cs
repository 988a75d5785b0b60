using OpencodeOtel.Pipeline.Receiving;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>One event, to be told to whoever takes events.</summary>
internal delegate void Happening(IEventHandler handler);
