using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions.Bulk;

/// <summary>A child-safety case is looked at by itself: no batch takes it in, works it or takes it back, whoever makes it.</summary>
public sealed class ChildSafetyInBulkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LeadWhoMaySeeSuchCases_GetsNoneIntoABatch(bool byNumber)
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        (Case ordinary, _) = (await room.CasesAsync(1))[0];
        (Case hidden, _) = (await room.CasesAsync(1, Sensitivity.ChildSafety))[0];
        Caller trusted = await room.Console.PersonAsync(Roles.Lead, own: Permission.ChildSafety);
        Assert.Equal(2, (await room.Console.Use<ListCases>().RunAsync(trusted, new CaseFilter(), new CasePlace(), Cancel)).Rows.Count);

        ProposeResult proposed = await room.ProposeAsync(BulkRoom.Close, byNumber ? [ordinary.Number, hidden.Number] : null, trusted);

        BatchLine line = Assert.Single(await room.Console.Use<ListBatchMembers>().RunAsync(trusted, proposed.Number!.Value, null, null, Cancel));
        Assert.Equal((ordinary.Number, MemberState.Waiting), (line.CaseNumber, line.State));
    }

    [Fact]
    public async Task Case_MarkedSinceTheProposal_IsLeftOut_WhateverItsNumberOfChangesSays()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        (Case about, ReviewTask task) = (await room.CasesAsync(1))[0];
        long number = (await room.ProposeAsync(BulkRoom.Close)).Number!.Value;
        await MarkAsync(room, about);

        Assert.Equal(StartOutcome.Started, await room.Console.Use<StartBatch>().RunAsync(room.Lead, number, 1, Cancel));
        await room.WorkAsync();

        Assert.Equal(1, (await room.ReadAsync(number)).Of(MemberState.LeftOut));
        Assert.Equal(CaseState.Open, (await room.CaseNowAsync(about)).State);
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<WaitingTask>().CountAsync(row => row.TaskNumber == task.Number, Cancel)));
    }

    [Fact]
    public async Task Case_MarkedSinceItWasWorked_StandsWhenTheBatchIsTakenBack()
    {
        await using BulkRoom room = await BulkRoom.OpenAsync();
        (Case about, _) = (await room.CasesAsync(1))[0];
        BatchView done = await room.RunAsync(room.Violation);
        await MarkAsync(room, about);

        BatchView back = await room.TakeBackAsync(done.Number);

        Assert.Equal(1, back.Of(MemberState.Stands));
        Assert.Equal(DecisionState.Effective, Assert.Single(await room.DecisionsAsync()).State);
    }

    // Past everything that counts changes, so that nothing but the mark itself can refuse.
    private static Task<int> MarkAsync(BulkRoom room, Case about) => room.Console.WriteAsync(scope => scope.Db.Set<Case>()
        .Where(row => row.Number == about.Number).ExecuteUpdateAsync(set => set.SetProperty(row => row.Sensitivity, Sensitivity.ChildSafety), Cancel));
}
