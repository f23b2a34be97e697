using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Sampling;

public sealed class ListSamplesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SampleThatIsNotJudged_TellsThoseWhoMayJudgeItNothingOfItsDecision()
    {
        await using SamplingRoom room = await RoomAsync(2);
        // A lead may be asked to decide as the third person; someone with the bare right to plan may not.
        Caller planner = await room.Console.PersonAsync(Roles.Analyst, own: Permission.RunQuality);
        await SettleFirstAsync(room);

        IReadOnlyList<SampleRow> lead = await ListAsync(room, room.Lead, new SampleFilter());
        IReadOnlyList<SampleRow> other = await ListAsync(room, planner, new SampleFilter());

        Assert.Equal([SampleState.Settled], lead.Where(row => row.Known is not null).Select(row => row.State));
        Assert.NotNull(lead.Single(row => row.Known is not null).Known!.Author);
        Assert.All(other, row => Assert.NotNull(row.Known!.Author));
    }

    [Fact]
    public async Task Filter_ByAuthor_DoesNotTellWhatTheLineDoesNot()
    {
        await using SamplingRoom room = await RoomAsync(2);
        await SettleFirstAsync(room);

        IReadOnlyList<SampleRow> found = await ListAsync(room, room.Lead, new SampleFilter { DeciderId = room.Author.Id });

        Assert.Equal(SampleState.Settled, Assert.Single(found).State);
        Assert.Equal(SampleState.Waiting, Assert.Single(await ListAsync(room, room.Lead, new SampleFilter { State = SampleState.Waiting })).State);
    }

    /// <summary>Nobody is asked for a verdict on it any more, and figures rest on it: it is behind their numbers.</summary>
    [Fact]
    public async Task SampleFoundWrong_WhileItIsStillToBeExplained_IsToldAndFoundByItsAuthor()
    {
        await using SamplingRoom room = await RoomAsync(2);
        await room.Console.WriteAsync(async scope =>
        {
            QualitySample sample = await scope.Db.Set<QualitySample>().OrderBy(row => row.TaskNumber).FirstAsync(Cancel);
            sample.AskThird(sample.TaskNumber);
            sample.FindWrong(Core.Decisions.Verdict.Violation, null, ErrorKind.FalseNegative);
            return 0;
        });

        SampleRow found = Assert.Single(await ListAsync(room, room.Lead, new SampleFilter { DeciderId = room.Author.Id }));

        Assert.Equal((SampleState.ToExplain, true), (found.State, found.Known is not null));
        Assert.Equal(found, Assert.Single(await ListAsync(room, room.Lead, new SampleFilter { Scored = true, Wrong = true })));
        Assert.Equal(SampleState.Waiting, Assert.Single(await ListAsync(room, room.Lead, new SampleFilter { Pending = true })).State);
        Assert.Equal(found, Assert.Single(await ListAsync(room, room.Lead, new SampleFilter { Pending = false })));
    }

    [Fact]
    public async Task List_WalkedInParts_HoldsEachOnceLastDecidedFirst()
    {
        await using SamplingRoom room = await RoomAsync(7);
        List<SampleRow> walked = [];
        for (IReadOnlyList<SampleRow> part = await ListAsync(room, room.Lead, new SampleFilter { Take = 3 }); part.Count > 0;
             part = await ListAsync(room, room.Lead, new SampleFilter { Take = 3, Before = walked[^1].Cursor }))
        {
            walked.AddRange(part);
        }

        Assert.Equal(7, walked.Select(row => row.Id).Distinct().Count());
        Assert.Equal(7, walked.Count);
        Assert.Equal(walked.OrderByDescending(row => row.DecidedAt).Select(row => row.DecidedAt), walked.Select(row => row.DecidedAt));
    }

    [Fact]
    public async Task Case_ThatBecameChildSafety_IsNotListedAnyMore()
    {
        await using SamplingRoom room = await RoomAsync(1);
        Assert.Single(await ListAsync(room, room.Lead, new SampleFilter()));
        await room.Console.WriteAsync(async scope => (await scope.Db.Set<Case>().SingleAsync(Cancel)).Sensitivity = Sensitivity.ChildSafety);

        Assert.Empty(await ListAsync(room, room.Lead, new SampleFilter()));
    }

    private static async Task<SamplingRoom> RoomAsync(int samples)
    {
        SamplingRoom room = await SamplingRoom.OpenAsync();
        await room.PlanAsync(1);
        for (int number = 0; number < samples; number++)
        {
            await room.DecideAsync(1);
            room.Console.Clock.Advance(TimeSpan.FromSeconds(number % 2));
        }

        room.Settle();
        await room.DrawAsync();
        return room;
    }

    private static Task<int> SettleFirstAsync(SamplingRoom room) => room.Console.WriteAsync(async scope =>
    {
        (await scope.Db.Set<QualitySample>().OrderBy(row => row.TaskNumber).FirstAsync(Cancel)).FindRight(scope.Now);
        return 0;
    });

    private static Task<IReadOnlyList<SampleRow>> ListAsync(SamplingRoom room, Caller caller, SampleFilter filter) =>
        room.Console.Use<ListSamples>().RunAsync(caller, filter, Cancel);
}
