using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Tests.Messages;

namespace OpencodeOtel.Otlp.Tests.Model;

/// <summary>A set that is encoded once for each use of it.</summary>
public sealed class AttributeSetTests
{
    [Fact]
    public void One_set_serves_points_of_every_kind_in_both_forms()
    {
        var shared = new AttributeSet(Some.Attribute);
        for (int round = 0; round < 2; round++)
        {
            foreach (WireForm form in Enum.GetValues<WireForm>())
            {
                foreach (Func<WireForm, AttributeSet, byte[]> encode in Encoders)
                {
                    Assert.Equal(encode(form, new AttributeSet(Some.Attribute)), encode(form, shared));
                }
            }
        }
    }

    [Fact]
    public void An_empty_set_is_no_set()
    {
        foreach (WireForm form in Enum.GetValues<WireForm>())
        {
            Assert.Equal(Number(form, null), Number(form, new AttributeSet()));
        }
    }

    private static readonly Func<WireForm, AttributeSet, byte[]>[] Encoders =
    [
        Number,
        (form, set) => Encoded.Item<HistogramDataPointEncoder, HistogramDataPoint>(form, new HistogramDataPoint { Attributes = set }),
        (form, set) => Encoded.Item<ExponentialHistogramDataPointEncoder, ExponentialHistogramDataPoint>(
            form, new ExponentialHistogramDataPoint { Attributes = set }),
        (form, set) => Encoded.Item<SummaryDataPointEncoder, SummaryDataPoint>(form, new SummaryDataPoint { Attributes = set }),
    ];

    private static byte[] Number(WireForm form, AttributeSet? set) =>
        Encoded.Item<NumberDataPointEncoder, NumberDataPoint>(form, new NumberDataPoint { Attributes = set });
}
