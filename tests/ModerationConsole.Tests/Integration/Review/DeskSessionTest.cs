using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Review;

namespace ModerationConsole.Tests.Integration.Review;

/// <summary>A room with one person and one queue, and what tests do at its desks.</summary>
public abstract class DeskSessionTest : IAsyncLifetime
{
    protected DeskRoom Room { get; private set; } = null!;

    protected Caller Someone { get; private set; } = null!;

    protected CaseQueue Queue { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Room = await DeskRoom.OpenAsync();
        Someone = await Room.Console.PersonAsync();
        Queue = await Room.Console.QueueAsync([Someone]);
    }

    public async ValueTask DisposeAsync()
    {
        await Room.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<DeskSession> BeginAsync(Caller? person = null)
    {
        DeskSession desk = await Room.SitAsync(person ?? Someone);
        await desk.BeginAsync();
        return desk;
    }

    protected static Task SubmitAsync(DeskSession desk) => desk.SubmitAsync(desk.Case!.TaskNumber, desk.Case.Fence);

    // The desk draws at most five times a second: the second news of a moment comes after the pause.
    protected async Task TellLaterAsync()
    {
        Room.Console.Clock.Advance(TimeSpan.FromMilliseconds(250));
        await Room.TellAsync();
    }

    protected Task<TaskState> StateAsync(ReviewTask task) =>
        Room.Console.ReadAsync(db => db.Set<ReviewTask>().Where(row => row.Number == task.Number).Select(row => row.State).SingleAsync(Cancel));

    protected Task<DateTimeOffset> ExpiryAsync(ReviewTask task) =>
        Room.Console.ReadAsync(db => db.Set<ActiveLease>().Where(row => row.TaskNumber == task.Number).Select(row => row.ExpiresAt).SingleAsync(Cancel));
}
