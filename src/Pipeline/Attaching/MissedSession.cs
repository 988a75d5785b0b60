using System.Text.Json;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>A session as the API tells it.</summary>
/// <param name="Info">What is known of the session itself.</param>
/// <param name="Messages">Its messages, in order.</param>
/// <param name="IsBusy">Whether it works now.</param>
internal readonly record struct MissedSession(JsonElement Info, IReadOnlyList<MissedMessage> Messages, bool IsBusy);
