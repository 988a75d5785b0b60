using System.Runtime.InteropServices;
using System.Text.Json;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Sessions of a gap with the documents that they are in, until they are told.</summary>
internal sealed class HeldSessions : IDisposable
{
    private readonly List<JsonDocument> _documents = [];
    private readonly List<MissedSession> _sessions = [];

    /// <summary>Gets the sessions, in the order in which they were added.</summary>
    public IReadOnlyList<MissedSession> Sessions => _sessions;

    /// <summary>Gets how many bytes of documents are held.</summary>
    public long Bytes { get; private set; }

    /// <summary>Holds a session.</summary>
    /// <param name="session">The session; its info is of a document that somebody else holds.</param>
    /// <param name="messages">The document that its messages are in; it is disposed of here.</param>
    public void Add(MissedSession session, JsonDocument messages)
    {
        _sessions.Add(session);
        _documents.Add(messages);
        Bytes += JsonMarshal.GetRawUtf8Value(messages.RootElement).Length;
    }

    /// <summary>Lets go of all.</summary>
    public void Clear()
    {
        _documents.ForEach(document => document.Dispose());
        _documents.Clear();
        _sessions.Clear();
        Bytes = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();
}
