using System.Net;
using System.Net.WebSockets;
using ModerationConsole.Core.People;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>Messages to circuits that no page sends: other people's circuits, pages of other roles, and calls of what is not there to be called.</summary>
[Collection(Attacks.Name)]
public sealed class CircuitAttempts(Target target)
{
    private const string Closed = "You may not open this page";

    /// <summary>Each returns what the server answered; a refusal and the connection's end are thrown or null.</summary>
    private static readonly Dictionary<string, Func<Target, CircuitSocket, Task<object?>>> s_messages = new(StringComparer.Ordinal)
    {
        ["a circuit of an invented name"] = (_, own) => own.AskAsync("ConnectCircuit", call => call.Array(1).Text("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
        ["a circuit of no name"] = (_, own) => own.AskAsync("ConnectCircuit", call => call.Array(1).Text("")),
        ["a circuit of a name that was changed"] = async (one, own) =>
        {
            await using CircuitSocket other = await CircuitSocket.OpenAsync(one, await one.CookieOfAsync(1), "/review");
            return await own.AskAsync("ConnectCircuit", call => call.Array(1).Text(other.Secret[..^4] + "AAAA"));
        },
        ["another person's circuit, its name stolen"] = async (one, own) =>
        {
            await using CircuitSocket other = await DrawnAsync(one);
            return await own.AskAsync("ConnectCircuit", call => call.Array(1).Text(other.Secret));
        },
        ["another person's circuit that they left"] = async (one, own) =>
        {
            CircuitSocket other = await DrawnAsync(one);
            await other.DisposeAsync();
            return await own.AskAsync("ConnectCircuit", call => call.Array(1).Text(other.Secret));
        },
        ["another person's circuit, resumed"] = async (one, own) =>
        {
            CircuitSocket other = await DrawnAsync(one);
            await other.DisposeAsync();
            return await own.AskAsync("ResumeCircuit", call => call.Array(5).Text(other.Secret).Text(one.Address.ToString()).Text(new Uri(one.Address, "/review").ToString()).Text("[]").Text(""));
        },
        ["a second circuit on one connection"] = async (one, own) =>
        {
            Assert.NotNull(await own.StartAsync(one, "/review"));
            return await own.StartAsync(one, "/review");
        },
        ["a circuit at another site"] = (one, own) => own.AskAsync("StartCircuit", call => call.Array(4).Text(one.Address.ToString()).Text("https://elsewhere.example/").Text("[]").Text("")),
        ["a circuit at nothing"] = (_, own) => own.AskAsync("StartCircuit", call => call.Array(4).Text("").Text("").Text("[]").Text("")),
        ["a component that was made up"] = (one, own) => own.AskAsync("StartCircuit", call => call.Array(4).Text(one.Address.ToString()).Text(one.Address.ToString())
            .Text("""[{"type":"server","descriptor":"AAAA","sequence":0,"key":{"locationHash":"x"},"prerenderId":null}]""").Text("")),
        ["a component by its class"] = (one, own) => own.AskAsync("StartCircuit", call => call.Array(4).Text(one.Address.ToString()).Text(one.Address.ToString())
            .Text("""[{"type":"server","assembly":"ModerationConsole.Web","typeName":"ModerationConsole.Web.Components.Admin.PeoplePage","sequence":0}]""").Text("")),
        ["a method of the framework"] = (_, own) => own.AskAsync("OnConnectedAsync", call => call.Array(0)),
        ["a method that is not there"] = (_, own) => own.AskAsync("GrantRole", call => call.Array(1).Text(Roles.Admin)),
        ["too few arguments"] = (_, own) => own.AskAsync("StartCircuit", call => call.Array(1).Text("x")),
        ["arguments of other kinds"] = (_, own) => own.AskAsync("StartCircuit", call => call.Array(4).Number(1).Number(2).Number(3).Number(4)),
        ["a piece of a stream that nobody asked for"] = (_, own) => own.AskAsync("ReceiveJSDataChunk", call => call.Array(4).Number(1).Number(0).Nil().Nil()),
        ["a message of a megabyte"] = (_, own) => own.AskAsync("ConnectCircuit", call => call.Array(1).Text(new string('a', 1_000_000))),
        ["bytes that are no message"] = async (_, own) => await EndAsync(own, [0x03, 0xC1, 0xC1, 0xC1]),
        ["a message that nests without end"] = async (_, own) => await EndAsync(own, [0x90, 0x4E, .. Enumerable.Repeat((byte)0x91, 10_000)]),
        ["drawings that were never made"] = async (one, own) =>
        {
            await own.StartAsync(one, "/review");
            return await own.AskAsync("OnRenderCompleted", call => call.Array(2).Number(999_999).Nil());
        },
    };

    /// <summary>What is called on an open page; the answer comes as a call of its own.</summary>
    private static readonly Dictionary<string, (string? Assembly, string Method, long Object, string Arguments)> s_calls = new(StringComparer.Ordinal)
    {
        ["the machine's way out"] = ("System.Private.CoreLib", "Exit", 0, "[0]"),
        ["a method of the console without an object"] = ("ModerationConsole.Web", "OnKey", 0, "[\"submit\",1,1,null]"),
        ["a method of the core"] = ("ModerationConsole.Core", "RunAsync", 0, "[]"),
        ["an assembly that is not there"] = ("Nowhere", "Run", 0, "[]"),
        ["an object that is not there"] = (null, "OnKey", 9_999, "[\"submit\",1,1,null]"),
        ["an object of a negative number"] = (null, "OnKey", -1, "[\"submit\",1,1,null]"),
        ["what an object has without saying so"] = (null, "GetType", 1, "[]"),
        ["the end of an object"] = (null, "Dispose", 1, "[]"),
        ["arguments that are none"] = (null, "DispatchEventAsync", 1, "{"),
        ["arguments nested without end"] = (null, "DispatchEventAsync", 1, new string('[', 5_000)),
    };

    public static TheoryData<string> Messages => [.. s_messages.Keys];

    public static TheoryData<string> Calls => [.. s_calls.Keys];

    public static TheoryData<string, string> Pages => new(
        (Roles.Moderator, "/admin/people"), (Roles.Moderator, "/audit"), (Roles.Moderator, "/quality"), (Roles.Moderator, "/admin/retention"), (Roles.Lead, "/admin/keys"), (Roles.Lead, "/audit"),
        (Roles.QualityReviewer, "/quality/settings"), (Roles.PolicyExpert, "/admin/queues"), (Roles.Analyst, "/policies/new"), (Roles.Analyst, "/review"),
        (Roles.Auditor, "/admin/people"), (Roles.Auditor, "/policies/new"), (Roles.Auditor, "/quality"), (Roles.Admin, "/cases"), (Roles.Admin, "/review"), (Roles.Admin, "/audit"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Message_ThatNoPageSends_OpensNothingAndTheServerGoesOn(string attempt)
    {
        await using CircuitSocket own = await CircuitSocket.ConnectAsync(target, await target.CookieOfAsync(0));

        object? answer;
        try
        {
            answer = await s_messages[attempt](target, own);
        }
        catch (InvalidOperationException)
        {
            answer = null;
        }

        Assert.True(answer is null or false, $"The server answered: {answer}");
        Assert.DoesNotContain("   at ModerationConsole", own.Heard, StringComparison.Ordinal);
        using HttpResponseMessage alive = await target.SendAsync(HttpMethod.Get, "/", await target.CookieOfAsync(0));
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    // A circuit has its name before it belongs to anyone: its page, with whose it is, comes with the next message.
    [Fact]
    public async Task Circuit_TakenBeforeItsPageIsDrawn_ShowsNothingOfIt()
    {
        await using CircuitSocket own = await CircuitSocket.ConnectAsync(target, await target.CookieOfAsync(0));
        await using CircuitSocket other = await CircuitSocket.ConnectAsync(target, await target.CookieOfAsync(1));
        string secret = Assert.IsType<string>(await other.StartAsync(target, "/my-shift"));
        await own.AskAsync("ConnectCircuit", call => call.Array(1).Text(secret));

        await other.DrawAsync(target, await target.CookieOfAsync(1));

        // A page is drawn within a tenth of this, where it is drawn.
        await Task.Delay(TimeSpan.FromSeconds(2), Cancel);
        Assert.DoesNotContain("JS.", own.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain("JS.RenderBatch", other.Heard, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_OfWhatIsNotThereToBeCalled_IsRefused(string attempt)
    {
        (string? assembly, string method, long on, string arguments) = s_calls[attempt];
        await using CircuitSocket own = await CircuitSocket.OpenAsync(target, await target.CookieOfAsync(0), "/my-shift");
        await own.UntilAsync("My shift");

        await own.SendAsync("BeginInvokeDotNetFromJS", call => call.Array(5).Text("77").Text(assembly).Text(method).Number(on).Text(arguments));

        await Task.WhenAny(own.Ended, own.UntilAsync("JS.EndInvokeDotNet"), own.UntilAsync("JS.Error"));
        Assert.DoesNotContain("   at System", own.Heard, StringComparison.Ordinal);
        Assert.False(own.Returned.GetValueOrDefault("77"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_OfAnotherRole_IsClosedOnACircuitThatSaysItStandsThere(string role, string path)
    {
        await using CircuitSocket own = await CircuitSocket.OpenAsync(target, await target.CookieAsync(role), path);

        await own.UntilAsync(Closed);
    }

    [Theory]
    [InlineData("/admin/people")]
    [InlineData("/audit")]
    [InlineData("/quality/settings")]
    public async Task Page_OfAnotherRole_IsClosedOnACircuitThatGoesThere(string path)
    {
        await using CircuitSocket own = await CircuitSocket.OpenAsync(target, await target.CookieOfAsync(0), "/my-shift");
        await own.UntilAsync("My shift");

        await own.SendAsync("OnLocationChanged", call => call.Array(3).Text(new Uri(target.Address, path).ToString()).Nil().Bool(false));

        await own.UntilAsync(Closed);
    }

    [Theory]
    [InlineData("nobody", "401")]
    [InlineData("a made-up session", "401")]
    [InlineData("another site", "403")]
    [InlineData("a page of data", "403")]
    public async Task Socket_OfSomeoneElse_IsNotOpened(string attempt, string status)
    {
        string cookie = await target.CookieOfAsync(0);
        (string? sent, string? origin) = attempt switch
        {
            "nobody" => (null, null),
            "a made-up session" => ($"{Target.SessionCookie}=made-up", null),
            "another site" => (cookie, "https://elsewhere.example"),
            _ => ((string?)cookie, (string?)"null"),
        };

        WebSocketException refusal = await Assert.ThrowsAsync<WebSocketException>(() => CircuitSocket.ConnectAsync(target, sent, origin: origin));

        Assert.Contains(status, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Protocol_ThatIsForOtherHubs_IsNotSpoken()
    {
        await using CircuitSocket own = await CircuitSocket.ConnectAsync(target, await target.CookieOfAsync(0), protocol: "json");

        await own.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }

    private static async Task<CircuitSocket> DrawnAsync(Target target)
    {
        CircuitSocket circuit = await CircuitSocket.OpenAsync(target, await target.CookieOfAsync(1), "/my-shift");
        await circuit.UntilAsync("My shift");
        return circuit;
    }

    private static async Task<object?> EndAsync(CircuitSocket own, byte[] frame)
    {
        await own.SendAsync(frame);
        await own.Ended.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        return null;
    }
}
