namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>What is around the body of an event: its id and its type, in any of the shapes that opencode sends.</summary>
/// <remarks>
/// Shapes: bus <c>{id, type, properties}</c>; api, with <c>data</c> in the place of <c>properties</c>; global, with a bus event as
/// <c>payload</c>; hook, with a bus event as <c>event</c> beside <c>hook</c>. A line of the run format is told by its type, and
/// left to <see cref="RunReader"/>. Members come in any order. Almost always the type is
/// before the body, which is then read on the way, once. Where that fails, <see cref="MustReadAgain"/> says so, and the event is
/// read again with the whole envelope first. Use: <see cref="ReadToBody"/>, read the body by <see cref="Members"/>,
/// <see cref="Finish"/>.
/// </remarks>
internal ref struct Envelope
{
    /// <summary>The members of the body, between <see cref="ReadToBody"/> and <see cref="Finish"/>.</summary>
    public MemberReader Members;

    private readonly DuplicateFilter _seen;
    private readonly bool _readsInPassing;
    private ulong _id;
    private bool _isIdNew;
    private Stage _stage;
    private int _body;

    /// <param name="text">The event: valid UTF-8.</param>
    /// <param name="scratch">Room for strings with escapes.</param>
    /// <param name="seen">The ids of the events before.</param>
    /// <param name="readsInPassing">Whether the body may be read as soon as it comes after a type.</param>
    public Envelope(ReadOnlySpan<byte> text, ScratchBuffer scratch, DuplicateFilter seen, bool readsInPassing)
    {
        Members = new MemberReader(text, scratch);
        _seen = seen;
        _readsInPassing = readsInPassing;
        _body = -1;
    }

    private enum Stage
    {
        BeforeBody,
        AfterBody,
        AtEnd,
    }

    /// <summary>Gets the type of the event.</summary>
    public EventType Type { get; private set; }

    /// <summary>Gets how many events a shim says it had to drop: <c>{hook: "lost", count}</c>; 0 for an event.</summary>
    public long Lost { get; private set; }

    /// <summary>Gets a value indicating whether the event said its type or body again after the body, so that it must be read again, its envelope first.</summary>
    public bool MustReadAgain { get; private set; }

    /// <summary>Reads up to the body, and enters it.</summary>
    /// <returns><see cref="EventOutcome.Used"/> when it is to be read now, else what has become of the event.</returns>
    public EventOutcome ReadToBody()
    {
        Members.ReadFirst();
        EventOutcome outcome = Members.IsObject ? Walk() : EventOutcome.BadJson;

        // Asked here already, a duplicate is not read in vain, and its place in the filter is fetched while the body is read.
        return outcome == EventOutcome.Used && !IsIdNew() ? EventOutcome.Duplicate : outcome;
    }

    /// <summary>Reads on to the end of the event, after the body was walked to its end.</summary>
    /// <param name="isWhole">Whether the body had all that the event cannot do without.</param>
    /// <returns><see cref="EventOutcome.Used"/> when the event is to be handed on.</returns>
    public EventOutcome Finish(bool isWhole)
    {
        if (_stage == Stage.BeforeBody)
        {
            _stage = Stage.AfterBody;
            EventOutcome outcome = Walk();
            if (outcome != EventOutcome.Used)
            {
                return outcome;
            }
        }

        if (Members.HasFailed)
        {
            return EventOutcome.BadJson;
        }

        if (!isWhole || Members.HasWrongType)
        {
            return EventOutcome.BadShape;
        }

        if (!IsIdNew())
        {
            return EventOutcome.Duplicate;
        }

        if (_id != 0)
        {
            _seen.Add(_id);
        }

        return EventOutcome.Used;
    }

    private bool IsIdNew() => _isIdNew = _isIdNew || _id == 0 || !_seen.Contains(_id);

    // Returns Used at the body, and at the end of an event whose body has been read.
    private EventOutcome Walk()
    {
        while (true)
        {
            if (!Members.Next(out ReadOnlySpan<byte> name))
            {
                if (Members.IsAtEnd)
                {
                    return End();
                }
            }
            else if (name.SequenceEqual("id"u8))
            {
                _id = DuplicateFilter.Hash(Members.String());
                _isIdNew = false;
            }
            else if (name.SequenceEqual("type"u8))
            {
                ReadOnlySpan<byte> typeName = Members.RequiredString();
                EventType type = EventTypes.Find(typeName);
                if (type == EventType.Other || _stage == Stage.AfterBody)
                {
                    return Drop(typeName.IsEmpty ? EventOutcome.BadShape : EventOutcome.Skipped);
                }

                Type = type;
                if (EventTypes.IsRunLine(type))
                {
                    return EventOutcome.Used;
                }
            }
            else if (name.SequenceEqual("properties"u8) || name.SequenceEqual("data"u8))
            {
                if (_stage == Stage.AfterBody)
                {
                    return Drop(EventOutcome.Skipped);
                }

                if (_readsInPassing && Type != EventType.Other && Members.IsObject)
                {
                    return EventOutcome.Used;
                }

                _body = Members.IsObject ? Members.Position : -1;
                Members.Skip();
            }
            else if (name.SequenceEqual("payload"u8) || name.SequenceEqual("event"u8))
            {
                // Its members are met by this same loop, and its end too.
                Members.TryEnterObject();
            }
            else if (name.SequenceEqual("hook"u8))
            {
                ReadOnlySpan<byte> hook = Members.String();
                if (!hook.SequenceEqual("event"u8))
                {
                    Lost = hook.SequenceEqual("lost"u8) ? ReadLoss() : 0;
                    return EventOutcome.Skipped;
                }
            }
            else
            {
                Members.Skip();
            }
        }
    }

    private long ReadLoss()
    {
        while (Members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("count"u8))
            {
                return Members.Count();
            }

            Members.Skip();
        }

        return 0;
    }

    private EventOutcome Drop(EventOutcome outcome)
    {
        MustReadAgain = _stage == Stage.AfterBody;
        return outcome;
    }

    private EventOutcome End()
    {
        Members.ReadEnd();
        if (Members.HasFailed)
        {
            return EventOutcome.BadJson;
        }

        if (_stage == Stage.AfterBody)
        {
            return EventOutcome.Used;
        }

        if (Type == EventType.Other || _body < 0)
        {
            return EventOutcome.BadShape;
        }

        _stage = Stage.AtEnd;
        Members.GoBackTo(_body);
        return EventOutcome.Used;
    }
}
