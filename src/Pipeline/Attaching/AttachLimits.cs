namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>The bounds of what is read from a server besides its events.</summary>
internal static class AttachLimits
{
    /// <summary>The largest answer of the API that is read.</summary>
    public const int AnswerBytes = 32 * 1024 * 1024;

    /// <summary>How many bytes of sessions are held to be told in the order of time; what is beyond is told after them.</summary>
    public const int GapBytes = 64 * 1024 * 1024;

    /// <summary>How many sessions are read after a gap, the latest first.</summary>
    public const int Sessions = 50;

    /// <summary>How many sessions a server is asked to list.</summary>
    public const int ListedSessions = 200;

    /// <summary>How many messages of a session are read, the last ones.</summary>
    public const int Messages = 500;

    /// <summary>How many idle sessions are learnt when a directory is met for the first time, the latest first.</summary>
    public const int LearntSessions = 20;

    /// <summary>How many messages of such a session are learnt, the last ones: what opencode says again is among them.</summary>
    public const int LearntMessages = 20;

    /// <summary>How many directories of a server are remembered.</summary>
    public const int Directories = 32;

    /// <summary>How many bytes of events may wait while a gap is closed; then reading waits, too.</summary>
    public const int HeldBytes = 16 * 1024 * 1024;

    /// <summary>How long a connection must have stood for the next wait to be the first again.</summary>
    public static readonly TimeSpan StandingTime = TimeSpan.FromSeconds(5);

    /// <summary>How long closing a gap may take, for one directory. A server that has to make the directory's instance first is slow.</summary>
    public static readonly TimeSpan GapTime = TimeSpan.FromSeconds(30);

    /// <summary>How long before the last byte of a lost connection the gap begins: what was on its way may be lost with it.</summary>
    public static readonly TimeSpan GapMargin = TimeSpan.FromSeconds(5);

    /// <summary>Idle sessions older than this are not learnt when a server is first met.</summary>
    public static readonly TimeSpan LearntAge = TimeSpan.FromDays(1);
}
