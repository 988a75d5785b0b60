using System.Text.Json;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>An event that was missed, made of a document.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Value">What it is about: a session, message, part, error, or a session's id.</param>
/// <param name="Session">The session's id.</param>
/// <param name="Time">When it happened, in Unix milliseconds; 0 when not known.</param>
/// <param name="IsPast">Whether it is only learnt.</param>
internal readonly record struct MissedEvent(MissedEventKind Kind, JsonElement Value, JsonElement Session, long Time, bool IsPast);
