namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>A setting that cannot be used; the message is one sentence that names it, what was found and what is accepted, without secrets.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public ConfigurationException()
    {
    }

    /// <summary>Makes one.</summary>
    public ConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public ConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
