using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Queues.Stacks;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Stacks;

/// <summary>What never comes into a person's hands with the task on their screen.</summary>
public sealed class NotGatheredTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TaskKind.Second)]
    [InlineData(TaskKind.Expert)]
    [InlineData(TaskKind.Appeal)]
    [InlineData(TaskKind.Qa)]
    [InlineData(TaskKind.Adjudication)]
    public async Task Task_OfAnyOtherKind_IsNeitherMemberNorHasAny(TaskKind kind)
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync(kind: kind);
        await room.PostAsync(kind: kind);
        ReviewTask first = await room.PostAsync();
        await room.PostAsync();
        await room.ReadAllAsync();

        LeasedTask other = await room.Console.ClaimAsync(room.Person);
        Assert.Equal((kind, 0), (other.Kind, await room.GatherAsync(other)));
        await room.Console.Use<ReleaseTask>().RunAsync(room.Person, other.TaskNumber, other.Fence, exclude: true, Cancel);
        other = await room.Console.ClaimAsync(room.Person);
        await room.Console.Use<ReleaseTask>().RunAsync(room.Person, other.TaskNumber, other.Fence, exclude: true, Cancel);
        LeasedTask drawn = await room.Console.ClaimAsync(room.Person);
        Assert.Equal((first.Number, 1), (drawn.TaskNumber, await room.GatherAsync(drawn)));
    }

    [Fact]
    public async Task ChildSafety_IsNeitherMemberNorHasAny_EvenForWhoMaySeeIt()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        Caller trusted = await room.Console.PersonAsync(own: Permission.ChildSafety);
        CaseQueue queue = await room.Console.QueueAsync([trusted]);
        ReviewTask marked = await room.PostAsync(queue: queue, sensitivity: Sensitivity.ChildSafety);
        await room.PostAsync(queue: queue, sensitivity: Sensitivity.ChildSafety);
        await room.PostAsync(queue: queue);

        (LeasedTask drawn, int members) = await room.DrawAsync(trusted);
        Assert.Equal((marked.Number, 0), (drawn.TaskNumber, members));
        await room.Console.Use<ReleaseTask>().RunAsync(trusted, drawn.TaskNumber, drawn.Fence, exclude: true, Cancel);
        LeasedTask second = await room.Console.ClaimAsync(trusted);
        await room.Console.Use<ReleaseTask>().RunAsync(trusted, second.TaskNumber, second.Fence, exclude: true, Cancel);
        Assert.Equal(0, (await room.DrawAsync(trusted)).Members);
        Assert.Equal(1, room.Console.Get<WaitingLikeness>().Count);
    }

    [Fact]
    public async Task Case_MarkedSinceItWasRead_DoesNotCome()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync();
        ReviewTask marked = await room.PostAsync();
        ReviewTask media = await room.PostAsync();
        await room.ReadAllAsync();
        await room.Console.WriteAsync(async scope =>
        {
            Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == marked.CaseNumber, Cancel);
            about.Sensitivity = Sensitivity.ChildSafety;
            Case other = await scope.Db.Set<Case>().SingleAsync(row => row.Number == media.CaseNumber, Cancel);
            MediaObject file = new() { Sha256 = "a".PadLeft(64, '0'), ChildSafety = true };
            scope.Db.Add(file);
            scope.Db.Add(new ItemMedia { ItemVersionId = other.ItemVersionId, MediaId = file.Id, Field = "images" });
            return 0;
        });
        LeasedTask drawn = await room.Console.ClaimAsync(room.Person);

        Assert.Equal(0, await room.GatherAsync(drawn));
    }

    [Fact]
    public async Task Copies_ThatThePersonMayNotHave_StayWhereTheyAre()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        Caller reader = await room.Console.PersonAsync(languages: "en");
        Caller other = await room.Console.PersonAsync();
        CaseQueue mine = await room.Console.QueueAsync([reader]);
        CaseQueue foreign = await room.Console.QueueAsync([other]);
        await room.PostAsync(queue: mine, language: "en");
        ReviewTask elsewhere = await room.PostAsync(queue: foreign);
        ReviewTask german = await room.PostAsync(queue: mine, language: "de");
        ReviewTask skipped = await room.PostAsync(queue: mine);
        ReviewTask held = await room.PostAsync(queue: mine);
        ReviewTask english = await room.PostAsync(queue: mine, language: "en");
        await room.Console.WriteAsync(scope =>
        {
            scope.Db.Add(new TaskExclusion { TaskNumber = skipped.Number, PersonId = reader.Id });
            return Task.FromResult(0);
        });
        await room.Console.HoldAsync(other, held);

        (_, int members) = await room.DrawAsync(reader);

        Assert.Equal(1, members);
        Assert.Equal(english.Number, Assert.Single(await room.LeasesAsync(), lease => lease.Slot == LeaseSlot.Stack).TaskNumber);
        Assert.Equal([elsewhere.Number, german.Number, skipped.Number], await room.WaitingAsync());
    }

    [Fact]
    public async Task Person_WhoRests_GathersNothing()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        await room.PostAsync();
        await room.PostAsync();
        await room.ReadAllAsync();
        LeasedTask drawn = await room.Console.ClaimAsync(room.Person);
        await room.Console.Use<TakeBreak>().RunAsync(room.Person, Cancel);

        Assert.Equal(0, await room.GatherAsync(drawn));
    }

    [Fact]
    public async Task Stack_OfAnother_CannotBeGathered()
    {
        await using StackRoom room = await StackRoom.OpenAsync();
        Caller other = await room.Console.PersonAsync();
        await room.PostAsync();
        await room.PostAsync();
        await room.ReadAllAsync();
        LeasedTask drawn = await room.Console.ClaimAsync(room.Person);

        Assert.Equal(0, await room.GatherAsync(drawn, other));
        Assert.Equal(0, await room.GatherAsync(drawn with { Fence = drawn.Fence + 1 }));
        Assert.Single(await room.LeasesAsync());
    }
}
