using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Review;

namespace ModerationConsole.Tests.Integration.Review;

/// <summary>Text that could not be saved is tried again, and never in the place of anything newer or of another case.</summary>
public sealed class DraftKeeperTests : DeskSessionTest
{
    private static readonly TimeSpan s_typed = TimeSpan.FromMilliseconds(501);
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(3_001);

    [Fact]
    public async Task TextThatCouldNotBeSaved_IsSavedOnceThatWorksAgain()
    {
        await Room.Console.CaseAsync(Queue);
        DeskSession desk = await BeginAsync();
        await NowhereToGoAsync(true);
        Write(desk, "First");
        Room.Console.Clock.Advance(s_typed);
        await Patience.UntilAsync(() => desk.Drafts.State == DraftState.NotSaved);
        await NowhereToGoAsync(false);

        Room.Console.Clock.Advance(s_again);

        await Patience.UntilAsync(() => desk.Drafts.State == DraftState.Saved);
        Assert.Contains("First", Assert.Single(await DraftsAsync()).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextThatCouldNotBeSaved_DoesNotComeBackInThePlaceOfWhatWasTypedSince()
    {
        await Room.Console.CaseAsync(Queue);
        DeskSession desk = await BeginAsync();
        await NowhereToGoAsync(true);
        TaskCompletionSource go = new();
        Task<int> busy = Room.Console.WriteAsync(async _ =>
        {
            await go.Task;
            return 0;
        });
        Write(desk, "First");
        Room.Console.Clock.Advance(s_typed);
        Write(desk, "Second");
        go.SetResult();
        await busy;
        // The first has failed by the time that the table is back.
        await NowhereToGoAsync(false);

        Room.Console.Clock.Advance(s_again);

        await Patience.UntilAsync(() => desk.Drafts.State == DraftState.Saved);
        Assert.Contains("Second", Assert.Single(await DraftsAsync()).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextThatCouldNotBeSaved_IsNotWrittenIntoTheNextCase()
    {
        await Room.Console.CaseAsync(Queue);
        var (_, other) = await Room.Console.CaseAsync(Queue);
        DeskSession desk = await BeginAsync();
        await NowhereToGoAsync(true);
        TaskCompletionSource go = new();
        Task<int> busy = Room.Console.WriteAsync(async _ =>
        {
            await go.Task;
            return 0;
        });
        Write(desk, "First");
        Room.Console.Clock.Advance(s_typed);
        desk.Drafts.Begin(desk.Case! with { TaskNumber = other.Number });
        go.SetResult();
        await busy;
        await NowhereToGoAsync(false);
        await Room.Console.HoldAsync(Someone, other, slot: LeaseSlot.Spare);

        await desk.Drafts.FlushAsync();
        Room.Console.Clock.Advance(s_again);
        await desk.Drafts.FlushAsync();

        Assert.Empty(await DraftsAsync());
        Assert.Equal(DraftState.None, desk.Drafts.State);
    }

    private static void Write(DeskSession desk, string note) => desk.Typed(new Dictionary<string, string> { ["note"] = note });

    private Task<int> NowhereToGoAsync(bool gone) => Room.Console.WriteAsync(scope =>
        scope.Db.Database.ExecuteSqlRawAsync(gone ? "ALTER TABLE draft RENAME TO draft_away" : "ALTER TABLE draft_away RENAME TO draft", Cancel));

    private Task<List<Draft>> DraftsAsync() => Room.Console.ReadAsync(db => db.Set<Draft>().AsNoTracking().ToListAsync(Cancel));
}
