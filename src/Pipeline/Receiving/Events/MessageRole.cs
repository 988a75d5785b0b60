namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary><c>info.role</c> of a message.</summary>
internal enum MessageRole
{
    /// <summary>Any other role: nothing is made of it.</summary>
    Unknown,

    /// <summary>A prompt.</summary>
    User,

    /// <summary>One step of the model.</summary>
    Assistant,
}
