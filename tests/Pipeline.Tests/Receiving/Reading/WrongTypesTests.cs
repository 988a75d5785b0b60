namespace OpencodeOtel.Pipeline.Tests.Receiving.Reading;

public sealed class WrongTypesTests
{
    private static readonly string[] Values = ["7", "\"x\"", "true", "[]", "[{\"a\":[1]}]", "{}", "{\"a\":{\"b\":[1]}}", "null"];

    private static readonly string[] Templates =
    [
        """session.created|{"sessionID":"s1","info":{"id":"s1","parentID":"s0","projectID":"p","revert":null,"time":{"created":5,"updated":6}}}""",
        """session.idle|{"sessionID":"s1"}""",
        """session.status|{"sessionID":"s1","status":{"type":"retry","attempt":1}}""",
        """session.error|{"sessionID":"s1","error":{"name":"n","data":{"message":"m"}}}""",
        """session.diff|{"sessionID":"s1","diff":[{"additions":1,"deletions":2}]}""",
        """message.updated|{"sessionID":"s1","info":{"id":"m1","role":"assistant","sessionID":"s1","parentID":"m0","agent":"a","modelID":"m","providerID":"p","model":{"modelID":"x"},"cost":1,"tokens":{"input":1,"output":1,"reasoning":1,"cache":{"read":1,"write":1}},"time":{"created":1,"completed":2},"finish":"f","summary":{"diffs":[]},"error":{"name":"n"}}}""",
        """message.removed|{"sessionID":"s1","messageID":"m1"}""",
        """message.part.updated|{"sessionID":"s1","part":{"type":"text","id":"p1","messageID":"m1","sessionID":"s1","text":"t","synthetic":true,"time":{"start":1,"end":2}},"time":3}""",
        """message.part.updated|{"part":{"type":"tool","id":"p1","messageID":"m1","sessionID":"s1","tool":"t","callID":"c","state":{"status":"completed","input":{"command":"c"},"output":"o","error":"e","metadata":{"exit":0,"filediff":{"additions":1}},"time":{"start":1,"end":2}}}}""",
        """permission.asked|{"id":"r1","sessionID":"s1","permission":"bash","tool":{"callID":"c"}}""",
        """permission.replied|{"requestID":"r1","sessionID":"s1","reply":"once"}""",
        """command.executed|{"name":"n","sessionID":"s1","messageID":"m1","arguments":"a"}""",
    ];

    public static TheoryData<string, string> Bad => new()
    {
        { "session.created", """{"info":{"id":7}}""" },
        { "session.created", """{"sessionID":"s1","info":[]}""" },
        { "session.created", """{"sessionID":"s1"}""" },
        { "session.created", """{"info":{"id":"s1","time":"abc"}}""" },
        { "session.created", """{"info":{"id":"s1","time":{"created":"abc"}}}""" },
        { "session.created", """{"info":{"id":"s1","parentID":{}}}""" },
        { "session.deleted", """{"info":{}}""" },
        { "session.idle", """{"sessionID":1}""" },
        { "session.idle", """{}""" },
        { "session.status", """{"sessionID":"s1","status":"busy"}""" },
        { "session.status", """{"sessionID":"s1","status":{"type":1}}""" },
        { "session.status", """{"sessionID":"s1"}""" },
        { "session.error", """{"sessionID":{},"error":{}}""" },
        { "session.diff", """{"sessionID":"s1"}""" },
        { "session.diff", """{"sessionID":"s1","diff":{}}""" },
        { "message.updated", """{"sessionID":1,"info":{"id":"m1","role":"user","sessionID":"s1"}}""" },
        { "message.updated", """{"sessionID":"s1","info":[]}""" },
        { "message.updated", """{"sessionID":"s1","info":{"role":"user"}}""" },
        { "message.updated", """{"sessionID":"s1","info":{"id":"m1"}}""" },
        { "message.updated", """{"info":{"id":"m1","role":"user"}}""" },
        { "message.updated", """{"sessionID":"s1","info":{"id":"m1","role":1}}""" },
        { "message.updated", """{"sessionID":"s1","info":{"id":"m1","role":"assistant","time":{"completed":"abc"}}}""" },
        { "message.removed", """{"sessionID":"s1","messageID":7}""" },
        { "message.removed", """{"sessionID":"s1"}""" },
        { "message.part.updated", """{"sessionID":"s1","part":"x"}""" },
        { "message.part.updated", """{"sessionID":"s1"}""" },
        { "message.part.updated", """{"sessionID":"s1","part":{"type":7}}""" },
        { "message.part.updated", """{"sessionID":"s1","part":{"type":"text","id":"p1"}}""" },
        { "message.part.updated", """{"sessionID":"s1","part":{"type":"text","messageID":"m1"}}""" },
        { "message.part.updated", """{"part":{"type":"tool","id":"p1","messageID":"m1","sessionID":"s1","tool":"t","callID":"c"}}""" },
        { "message.part.updated", """{"part":{"type":"tool","id":"p1","messageID":"m1","sessionID":"s1","tool":"t","callID":"c","state":[]}}""" },
        { "message.part.updated", """{"part":{"type":"tool","id":"p1","messageID":"m1","sessionID":"s1","tool":"t","callID":4,"state":{"status":"pending"}}}""" },
        { "message.part.updated", """{"part":{"type":"tool","id":"p1","messageID":"m1","sessionID":"s1","tool":"t","state":{"status":"pending"}}}""" },
        { "permission.asked", """{"id":"r1","permission":"bash"}""" },
        { "permission.replied", """{"requestID":"r1","sessionID":"s1"}""" },
        { "command.executed", """{"name":7,"sessionID":"s1"}""" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_member_that_matters_of_the_wrong_type_or_missing_makes_the_event_bad(string type, string properties) =>
        Assert.Equal("BadShape", Reading.Of(type, properties));

    [Theory]
    [InlineData("\"cost\":\"NaN\"")]
    [InlineData("\"cost\":null")]
    [InlineData("\"cost\":1e999")]
    [InlineData("\"cost\":-1")]
    [InlineData("\"cost\":[1]")]
    [InlineData("\"tokens\":5")]
    [InlineData("\"tokens\":null")]
    [InlineData("\"tokens\":{\"input\":\"5\",\"output\":null,\"reasoning\":-1,\"cache\":[]}")]
    [InlineData("\"tokens\":{\"cache\":{\"read\":\"NaN\",\"write\":{}}}")]
    public void Tokens_and_costs_that_are_no_numbers_are_zero_and_their_message_is_one_all_the_same(string member) =>
        Assert.Equal(
            "MessageUpdated session=s1 id=m1 role=Assistant completed=9 at=9",
            Reading.Of("message.updated", """{"sessionID":"s1","info":{"id":"m1","role":"assistant","time":{"completed":9},""" + member + "}}"));

    [Fact]
    public void A_member_that_does_not_matter_of_the_wrong_type_is_absent()
    {
        Assert.Equal(
            "MessageUpdated session=s1 id=m1 role=Assistant failed=yes",
            Reading.Of("message.updated", """{"sessionID":"s1","time":"x","info":{"id":"m1","role":"assistant","agent":7,"modelID":[],"providerID":{},"model":"x","finish":1,"summary":{"diffs":7},"error":[1]}}"""));
        Assert.Equal(
            "PartUpdated session=s1 type=Tool id=p1 message=m1 tool=t call=c status=Completed",
            Reading.Of("message.part.updated", """{"part":{"type":"tool","id":"p1","messageID":"m1","sessionID":"s1","tool":"t","callID":"c","text":7,"name":{},"state":{"status":"completed","input":null,"output":7,"error":{"a":1},"metadata":"x"}}}"""));
    }

    [Fact]
    public void Every_member_may_be_of_any_type_and_nothing_but_itself_is_misread()
    {
        int tried = 0;
        foreach (string template in Templates)
        {
            string[] parts = template.Split('|', 2);
            string whole = Reading.Of(parts[0], parts[1]);
            Assert.Contains("session=s1", whole, StringComparison.Ordinal);
            foreach ((int start, int end) in ValuesOf(parts[1]))
            {
                foreach (string value in Values)
                {
                    string read = Reading.Of(parts[0], parts[1][..start] + value + parts[1][end..]);
                    Assert.True(read.Contains("session=", StringComparison.Ordinal) || read is "BadShape" or "Skipped" || read.StartsWith("SessionError", StringComparison.Ordinal), read);
                    tried++;
                }
            }
        }

        Assert.InRange(tried, 500, int.MaxValue);
    }

    // Where the value of each member begins and ends.
    private static IEnumerable<(int Start, int End)> ValuesOf(string json)
    {
        for (int at = json.IndexOf("\":", StringComparison.Ordinal); at >= 0; at = json.IndexOf("\":", at + 1, StringComparison.Ordinal))
        {
            int depth = 0;
            int end = at + 2;
            while (depth > 0 || json[end] is not (',' or '}' or ']'))
            {
                depth += json[end] is '{' or '[' ? 1 : json[end] is '}' or ']' ? -1 : 0;
                end++;
            }

            yield return (at + 2, end);
        }
    }
}
