namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary><c>part.type</c>.</summary>
internal enum PartType
{
    /// <summary>A type that carries no telemetry: never handed on.</summary>
    Other,

    /// <summary><c>text</c>.</summary>
    Text,

    /// <summary><c>file</c>.</summary>
    File,

    /// <summary><c>agent</c>.</summary>
    Agent,

    /// <summary><c>subtask</c>.</summary>
    Subtask,

    /// <summary><c>tool</c>.</summary>
    Tool,
}
