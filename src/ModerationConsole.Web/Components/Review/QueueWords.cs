using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>What the frame around a desk says: where am I, how much waits, whether what is typed is saved.</summary>
internal static class QueueWords
{
    /// <summary>The queue of the case on the screen, else the one that is worked.</summary>
    public static string Name(DeskSession desk) => desk.Case?.Queue.Name ?? desk.Queue?.Name ?? DeskText.AllQueues;

    /// <summary>How many wait there, and since when.</summary>
    public static string Facts(DeskSession desk, Moment now)
    {
        Guid? one = desk.Case?.Queue.Id ?? desk.Queue?.Id;
        List<MyQueue> worked = [.. desk.Queues.Where(queue => one is null || queue.Id == one)];
        int waiting = worked.Sum(queue => queue.Figures.Waiting);
        string facts = waiting == 0 ? DeskText.NothingWaits : DeskText.WaitingCount.With(waiting);
        return worked.Min(queue => queue.Figures.OldestSince) is { } since && waiting > 0 ? $"{facts} · {DeskText.Oldest.With(Moment.Span(now.Now - since))}" : facts;
    }

    /// <summary>Whether what is typed is saved; null where nothing is.</summary>
    public static string? Saved(DraftState state) => state switch
    {
        DraftState.None => null,
        DraftState.Unsaved => DeskText.Saving,
        DraftState.Saved => DeskText.SavedAll,
        DraftState.NotSaved => DeskText.NotSaved,
        _ => throw new InvalidOperationException("The state is unknown."),
    };
}
