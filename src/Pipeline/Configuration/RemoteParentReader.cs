namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads which span of another process ours nest under.</summary>
internal static class RemoteParentReader
{
    // What continuous-integration systems set for the commands that they run.
    private const string PlainParent = "TRACEPARENT";
    private const string PlainState = "TRACESTATE";

    /// <summary>Reads the parent; <see langword="null"/> when there is none or it is invalid.</summary>
    public static RemoteParent? Read(SettingSource source)
    {
        if (source.Find(SettingTable.Traceparent, PlainParent) is not { } found)
        {
            if (source.Find(SettingTable.Tracestate) is { } alone)
            {
                source.Warn($"{alone.Origin} is set without a traceparent and is ignored");
            }

            return None(source);
        }

        RemoteParent? parent = TraceContextReader.Read(found.Text);
        if (parent is null)
        {
            source.Warn($"{found.Origin} ({found.Text.Length} characters) is not a valid W3C traceparent and is ignored");
            return None(source);
        }

        source.Note(SettingTable.Traceparent, found.Text, found.Origin);
        if (!parent.IsSampled)
        {
            source.Warn($"{found.Origin} says that its trace is not sampled, so no spans are made; logs and metrics stay");
        }

        // A state belongs to its parent: the plain one is only for the plain parent.
        if (source.Find(SettingTable.Tracestate, found.Origin == PlainParent ? [PlainState] : []) is not { } state)
        {
            source.Note(SettingTable.Tracestate, "none", "default");
            return parent;
        }

        string? members = TraceStateReader.Read(state.Text, out int dropped);
        if (dropped > 0)
        {
            source.Warn($"{state.Origin} has {dropped} members that are invalid, repeated or beyond the 32nd; they are ignored");
        }

        source.Note(SettingTable.Tracestate, members ?? "none", state.Origin);
        return parent with { TraceState = members };
    }

    private static RemoteParent? None(SettingSource source)
    {
        source.Note(SettingTable.Traceparent, "none", "default");
        source.Note(SettingTable.Tracestate, "none", "default");
        return null;
    }
}
