namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>The two members that name a model; a user message has them in an object of their own, where the second interface calls <c>modelID</c> <c>id</c>.</summary>
internal ref struct ModelName
{
    public ReadOnlySpan<byte> ProviderId;
    public ReadOnlySpan<byte> ModelId;

    /// <summary>Reads the current value; empty when it is no object.</summary>
    public static ModelName Read(scoped ref MemberReader members)
    {
        ModelName model = default;
        ReadOnlySpan<byte> id = default;
        if (members.TryEnterObject())
        {
            while (members.Next(out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("id"u8))
                {
                    id = members.String();
                }
                else if (!model.TryRead(ref members, name))
                {
                    members.Skip();
                }
            }
        }

        model.ModelId = model.ModelId.IsEmpty ? id : model.ModelId;
        return model;
    }

    /// <summary>Takes the current value if <paramref name="name"/> is one of the two.</summary>
    public bool TryRead(ref MemberReader members, ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("providerID"u8))
        {
            ProviderId = members.String();
            return true;
        }

        if (name.SequenceEqual("modelID"u8))
        {
            ModelId = members.String();
            return true;
        }

        return false;
    }
}
