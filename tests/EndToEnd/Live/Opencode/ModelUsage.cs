namespace OpencodeOtel.EndToEnd.Live.Opencode;

/// <summary>Tokens, as an OpenAI-compatible server counts them.</summary>
/// <param name="Prompt">Of the prompt, those that were cached included.</param>
/// <param name="Completion">Of the answer, those of reasoning included.</param>
/// <param name="Cached">Of the prompt, read from a cache.</param>
/// <param name="Reasoning">Of the answer, spent on reasoning.</param>
public sealed record ModelUsage(int Prompt, int Completion, int Cached = 0, int Reasoning = 0);
