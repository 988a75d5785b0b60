namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>A <c>time</c> object, in Unix milliseconds; 0 for what it does not say.</summary>
internal readonly record struct Times(long Created, long Completed, long Start, long End)
{
    /// <summary>Reads the current value; all its known members count for the event's time.</summary>
    public static Times Read(ref MemberReader members)
    {
        long created = 0;
        long completed = 0;
        long start = 0;
        long end = 0;
        if (members.TryEnterRequiredObject())
        {
            while (members.Next(out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("created"u8))
                {
                    created = members.RequiredTime();
                }
                else if (name.SequenceEqual("completed"u8))
                {
                    completed = members.RequiredTime();
                }
                else if (name.SequenceEqual("start"u8))
                {
                    start = members.RequiredTime();
                }
                else if (name.SequenceEqual("end"u8))
                {
                    end = members.RequiredTime();
                }
                else if (name.SequenceEqual("updated"u8) || name.SequenceEqual("compacted"u8))
                {
                    members.Time();
                }
                else
                {
                    members.Skip();
                }
            }
        }

        return new Times(created, completed, start, end);
    }
}
