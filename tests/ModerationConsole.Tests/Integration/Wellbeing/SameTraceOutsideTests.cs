using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Live;

namespace ModerationConsole.Tests.Integration.Wellbeing;

/// <summary>
/// What leaves the running program: programs and people at the hub hear the same of a skip, a "stop this case" and a break, message
/// by message, and the answers of the API are the same after each.
/// </summary>
public sealed partial class SameTraceOutsideTests
{
    private const long Mark = 4_711_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SkipStopAndBreak_AreHeardAndAnsweredAlike()
    {
        string skip = await TraceAsync(SkipAsync);
        string stop = await TraceAsync(async (console, person, task) =>
        {
            await SkipAsync(console, person, task);
            await console.Use<SetNoSevere>().RunAsync(person, NoSevereFor.FourHours, Cancel);
        });
        string rest = await TraceAsync((console, person, _) => console.Use<TakeBreak>().RunAsync(person, Cancel));

        Assert.Matches("program .*caseQueued", skip);
        Assert.Matches("lead .*caseQueued", skip);
        Assert.Matches("cases/1 .*\"number\":1", skip);
        Assert.Equal(skip, stop);
        Assert.Equal(skip, rest);
    }

    private static Task SkipAsync(WebConsole console, Caller person, LeasedTask task) =>
        console.Use<ReleaseTask>().RunAsync(person, task.TaskNumber, task.Fence, exclude: true, Cancel);

    private static async Task<string> TraceAsync(Func<WebConsole, Caller, LeasedTask, Task> act)
    {
        await using WebConsole console = await WebConsole.StartAsync();
        (Caller person, LeasedTask shown) = await AtWorkAsync(console);
        (_, string lead) = await console.SignedInAsync(Roles.Lead);
        await using HubClient program = await console.HearAsync(Permission.ReadCases);
        await using HubClient watching = await HubClient.ConnectAsync(console.Client.BaseAddress!, "Cookie", lead);
        await HeardAsync(console, program, watching);

        await act(console, person, shown);

        List<string> trace = await HeardAsync(console, program, watching);
        foreach (string path in (string[])["cases?status=open", "cases/1", "cases/2", "cases/3", "decisions"])
        {
            trace.Add($"{path} {await console.ReadAsync(path)}");
        }

        return Varying().Replace(string.Join('\n', trace), "…");
    }

    // Three severe cases wait; the person has one on the screen and one drawn ahead.
    private static async Task<(Caller Person, LeasedTask Shown)> AtWorkAsync(WebConsole console)
    {
        CaseQueue queue = await console.TakesItemsAsync();
        (Guid id, _) = await console.SignedInAsync(Roles.Moderator);
        for (int place = 1; place <= 3; place++)
        {
            using HttpResponseMessage posted = await console.PostAsync("items", $$"""{"items":[{{Items.PostJson($"p-{place}", $"Text {place}")}}]}""");
            Assert.True(posted.IsSuccessStatusCode);
        }

        await console.WriteAsync(async scope =>
        {
            scope.Db.Add(new QueueAccess { QueueId = queue.Id, PersonId = id });
            await scope.Db.Set<WaitingTask>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Sensitivity, Sensitivity.Severe), Cancel);
            return await scope.Db.Set<Case>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Sensitivity, Sensitivity.Severe), Cancel);
        });
        Caller person = Caller.Person(id);
        LeasedTask shown = (await console.Use<ClaimNextCase>().RunAsync(person, null, LeaseSlot.Shown, Cancel)).Task!;
        Assert.NotNull((await console.Use<ClaimNextCase>().RunAsync(person, null, LeaseSlot.Spare, Cancel)).Task);
        return (person, shown);
    }

    // What both heard until now, to the letter but for the running number and the time.
    private static async Task<List<string>> HeardAsync(WebConsole console, HubClient program, HubClient lead)
    {
        await console.WriteAsync(scope =>
        {
            scope.Publish(LiveKind.CaseChanged, Mark);
            return Task.FromResult(0);
        });
        List<string> heard = [];
        foreach ((string name, HubClient client) in new[] { ("program", program), ("lead", lead) })
        {
            foreach (HubCall call in await client.UntilAsync(call => call.CaseNumber == Mark))
            {
                call.Notice.Remove("sequence");
                call.Notice.Remove("at");
                heard.Add($"{name} {call.Method} {call.Notice.ToJsonString()}");
            }
        }

        return heard;
    }

    [GeneratedRegex(@"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[0-9:.]+(Z|\+00:00)")]
    private static partial Regex Varying();
}
