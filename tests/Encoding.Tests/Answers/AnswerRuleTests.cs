using System.Text;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp.Tests.Answers;

/// <summary>The rules by which answers are read, one by one.</summary>
public sealed class AnswerRuleTests
{
    [Theory]
    [InlineData("""{"partialSuccess":{"rejectedSpans":"7"}}""")]
    [InlineData("""{"partialSuccess":{"rejectedSpans":7}}""")]
    public void Items_055_110_A_count_is_a_string_or_a_number(string json) => Assert.Equal(7, Read(json).RejectedItems);

    [Theory]
    [InlineData("""{"rejected_spans":"7","partial_success":{"rejectedSpans":"7"},"partialSuccess":{"rejected_spans":"7"}}""")]
    [InlineData("""{"PartialSuccess":{"rejectedSpans":"7"},"partialSuccess":{"RejectedSpans":"7"}}""")]
    public void Item_107_A_name_in_another_case_is_not_known(string json) => Assert.Equal(0, Read(json).RejectedItems);

    [Theory]
    [InlineData("""{"later":{"a":[1,{"b":null}]},"partialSuccess":{"later":"x","rejectedSpans":"7","errorMessage":"m"}}""", WireForm.Json)]
    [InlineData("1a02 0801 0a0b 0807 12016d 1a02 6162 2001 2d00000000 31 0000000000000000", WireForm.Protobuf)]
    public void Item_114_What_is_unknown_in_an_answer_is_ignored(string answer, WireForm form)
    {
        byte[] body = form == WireForm.Json ? Encoding.UTF8.GetBytes(answer) : Convert.FromHexString(answer.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(new ExportResponse(7, "m"), ExportResponse.Read(body, form, Signal.Traces));
    }

    [Theory]
    [InlineData("""{"partialSuccess":null}""")]
    [InlineData("""{"partialSuccess":{"rejectedSpans":null,"errorMessage":null}}""")]
    public void Item_115_Null_is_the_default(string json) => Assert.Equal(new ExportResponse(0, null), Read(json));

    private static ExportResponse Read(string json) => ExportResponse.Read(Encoding.UTF8.GetBytes(json), WireForm.Json, Signal.Traces);
}
