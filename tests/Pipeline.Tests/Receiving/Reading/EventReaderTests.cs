namespace OpencodeOtel.Pipeline.Tests.Receiving.Reading;

public sealed class EventReaderTests
{
    private const string Ids = "\"sessionID\":\"s1\",\"messageID\":\"m1\",\"id\":\"p1\"";

    public static TheoryData<string, string, string> Events => new()
    {
        {
            "session.created",
            """{"sessionID":"s1","info":{"id":"s1","projectID":"p","directory":"/repo","parentID":"s0","revert":null,"time":{"created":5,"updated":6}}}""",
            "SessionCreated session=s1 project=p parent=s0 created=5 at=6"
        },
        {
            "session.updated",
            """{"info":{"id":"s1","projectID":"p","revert":{"messageID":"m"},"time":{"created":5,"archived":9}}}""",
            "SessionUpdated session=s1 project=p created=5 reverted=yes at=5"
        },
        { "session.deleted", """{"sessionID":"s1","info":{"id":"s1","projectID":"p","time":{"created":5}}}""", "SessionDeleted session=s1 project=p created=5 at=5" },
        { "session.deleted", """{"sessionID":"s1"}""", "SessionDeleted session=s1" },
        { "session.idle", """{"sessionID":"s1"}""", "SessionIdle session=s1" },
        { "session.idle", """{"sessionID":"s1","timestamp":7}""", "SessionIdle session=s1 at=7" },
        { "session.idle", """{"sessionID":"s1","timestamp":"2026-11-22T19:32:13.172Z"}""", "SessionIdle session=s1 at=1795375933172" },
        { "session.status", """{"sessionID":"s1","status":{"type":"busy"}}""", "SessionStatus session=s1 type=Busy" },
        { "session.status", """{"sessionID":"s1","status":{"type":"idle"}}""", "SessionStatus session=s1 type=Idle" },
        { "session.status", """{"sessionID":"s1","status":{"type":"new"}}""", "SessionStatus session=s1 type=Unknown" },
        {
            "session.status",
            """{"sessionID":"s1","status":{"type":"retry","attempt":2,"message":"Rate limit","next":99}}""",
            "SessionStatus session=s1 type=Retry attempt=2"
        },
        {
            "session.error",
            """{"sessionID":"s1","error":{"name":"APIError","data":{"statusCode":500,"message":"a\nb"}}}""",
            "SessionError session=s1 failed=yes errorName=APIError errorMessage='a\nb'"
        },
        { "session.error", """{"error":{"name":"UnknownError"}}""", "SessionError failed=yes errorName=UnknownError" },
        { "session.error", """{"error":"broken"}""", "SessionError failed=yes" },
        { "session.error", """{"sessionID":"s1","error":null}""", "SessionError session=s1" },
        { "session.diff", """{"sessionID":"s1","diff":[]}""", "SessionDiff session=s1 lines=0:+0-0" },
        {
            "session.diff",
            """{"sessionID":"s1","diff":[{"file":"a","patch":"@@","additions":3,"deletions":1,"status":"added"},{"additions":2,"deletions":"x"},7]}""",
            "SessionDiff session=s1 lines=3:+5-1"
        },
        {
            "message.updated",
            """{"sessionID":"s1","info":{"id":"m1","role":"user","sessionID":"s1","time":{"created":5},"agent":"build","model":{"providerID":"acme","modelID":"a/b"},"summary":{"diffs":[{"additions":2,"deletions":1}]}}}""",
            "MessageUpdated session=s1 id=m1 role=User agent=build provider=acme model=a/b created=5 lines=1:+2-1 at=5"
        },
        {
            "message.updated",
            """{"info":{"sessionID":"s1","id":"m2","parentID":"m1","role":"assistant","mode":"build","agent":"build","path":{"cwd":"/repo"},"cost":0.027135000000000003,"tokens":{"total":15,"input":1,"output":2,"reasoning":3,"cache":{"write":5,"read":4}},"modelID":"large","providerID":"acme","time":{"created":5,"completed":9},"finish":"stop","summary":true}}""",
            "MessageUpdated session=s1 id=m2 role=Assistant parent=m1 agent=build provider=acme model=large created=5 completed=9 cost=0.027135000000000003 tokens=1/2/3/4/5 finish=stop at=9"
        },
        {
            "message.updated",
            """{"sessionID":"s1","info":{"id":"m2","role":"assistant","cost":0,"error":{"name":"MessageAbortedError","data":{"message":"Aborted"}}}}""",
            "MessageUpdated session=s1 id=m2 role=Assistant failed=yes errorName=MessageAbortedError errorMessage='Aborted'"
        },
        { "message.updated", """{"sessionID":"s1","info":{"id":"m3","role":"system"}}""", "MessageUpdated session=s1 id=m3 role=Unknown" },
        { "message.removed", """{"sessionID":"s1","messageID":"m1"}""", "MessageRemoved session=s1 id=m1" },
        {
            "message.part.updated",
            """{"sessionID":"s1","part":{"type":"text","text":"a\u00e9\"","synthetic":true,"time":{"start":5,"end":6},IDS},"time":7}""",
            "PartUpdated session=s1 type=Text id=p1 message=m1 text='aé\"' synthetic=yes start=5 end=6 at=7"
        },
        { "message.part.updated", """{"part":{IDS,"type":"text","text":"","synthetic":false}}""", "PartUpdated session=s1 type=Text id=p1 message=m1 text=''" },
        { "message.part.updated", """{"part":{IDS,"type":"file","mime":"x","filename":"a.md","url":"file:///a.md"}}""", "PartUpdated session=s1 type=File id=p1 message=m1 label='a.md'" },
        { "message.part.updated", """{"part":{IDS,"type":"file","url":"file:///a.md"}}""", "PartUpdated session=s1 type=File id=p1 message=m1 label='file:///a.md'" },
        { "message.part.updated", """{"part":{IDS,"type":"agent","name":"reviewer","source":{"value":"x"}}}""", "PartUpdated session=s1 type=Agent id=p1 message=m1 label='reviewer'" },
        {
            "message.part.updated",
            """{"part":{IDS,"type":"subtask","prompt":"Look","description":"A look","agent":"general"}}""",
            "PartUpdated session=s1 type=Subtask id=p1 message=m1 label='A look' subtaskAgent=general subtaskPrompt='Look'"
        },
        {
            "message.part.updated",
            """{"part":{IDS,"type":"tool","tool":"bash","callID":"c1","state":{"status":"completed","time":{"start":5,"end":8,"compacted":10},"input":{"command":"git \"x\"", "n":[1]},"title":"","metadata":{"output":"o","exit":3,"filediff":{"additions":2,"deletions":1}},"output":"o\n"}},"time":9}""",
            "PartUpdated session=s1 type=Tool id=p1 message=m1 tool=bash call=c1 status=Completed input={\"command\":\"git \\\"x\\\"\", \"n\":[1]} command='git \"x\"' output='o\n' exit=3 lines=1:+2-1 start=5 end=8 at=10"
        },
        {
            "message.part.updated",
            """{"part":{IDS,"type":"tool","tool":"glob","callID":"c1","state":{"status":"error","input":{},"error":"failed","time":{"start":5,"end":8}}}}""",
            "PartUpdated session=s1 type=Tool id=p1 message=m1 tool=glob call=c1 status=Error input={} error='failed' start=5 end=8 at=8"
        },
        { "message.part.updated", """{"part":{IDS,"type":"tool","tool":"t","callID":"c1","state":{"status":"pending","input":{},"raw":""}}}""", "PartUpdated session=s1 type=Tool id=p1 message=m1 tool=t call=c1 status=Pending input={}" },
        { "message.part.updated", """{"part":{IDS,"type":"tool","tool":"t","callID":"c1","state":{"status":"running","metadata":{"exit":null}}}}""", "PartUpdated session=s1 type=Tool id=p1 message=m1 tool=t call=c1 status=Running exit=null" },
        { "message.part.updated", """{"part":{IDS,"type":"tool","tool":"t","callID":"c1","state":{"status":"running","metadata":{"exit":"1"}}}}""", "PartUpdated session=s1 type=Tool id=p1 message=m1 tool=t call=c1 status=Running exit=null" },
        { "message.part.updated", """{"part":{IDS,"type":"tool","tool":"t","callID":"c1","state":{"status":"later"}}}""", "PartUpdated session=s1 type=Tool id=p1 message=m1 tool=t call=c1 status=Unknown" },
        { "message.part.updated", """{"part":{"type":"step-start","id":"p"}}""", "Skipped" },
        { "message.part.updated", """{"part":{"type":"step-finish","tokens":{"input":1}}}""", "Skipped" },
        { "message.part.updated", """{"part":{"type":"reasoning","text":"x"}}""", "Skipped" },
        { "message.part.updated", """{"part":{"type":"patch"}}""", "Skipped" },
        { "message.part.updated", """{"part":{"type":"compaction","auto":true}}""", "Skipped" },
        {
            "permission.asked",
            """{"id":"r1","sessionID":"s1","permission":"bash","patterns":["git *"],"metadata":{"id":"x"},"tool":{"messageID":"m1","callID":"c1"}}""",
            "PermissionAsked session=s1 id=r1 permission=bash call=c1"
        },
        {
            "permission.updated",
            """{"id":"r1","type":"bash","sessionID":"s1","messageID":"m1","callID":"c1","title":"Run git","time":{"created":5}}""",
            "PermissionAsked session=s1 id=r1 permission=bash title=Run git call=c1"
        },
        { "permission.replied", """{"sessionID":"s1","requestID":"r1","reply":"once"}""", "PermissionReplied session=s1 id=r1 reply=once" },
        { "permission.replied", """{"sessionID":"s1","permissionID":"r1","response":"always"}""", "PermissionReplied session=s1 id=r1 reply=always" },
        {
            "command.executed",
            """{"name":"changelog","sessionID":"s1","arguments":"the \"slug\"","messageID":"m1"}""",
            "CommandExecuted session=s1 name=changelog message=m1 arguments='the \"slug\"'"
        },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_is_handed_on_with_what_it_says(string type, string properties, string expected) =>
        Assert.Equal(expected, Reading.Of(type, properties.Replace("IDS", Ids, StringComparison.Ordinal)));
}
