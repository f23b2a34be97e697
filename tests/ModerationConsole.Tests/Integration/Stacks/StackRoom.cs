using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Cases.Likeness;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Stacks;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Media.Likeness;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Queues.Stacks;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Stacks;

/// <summary>A console with one queue and one moderator, and short words for posts that are alike.</summary>
internal sealed class StackRoom : IAsyncDisposable
{
    public const string Offer = "We sell cheap followers and likes for every network, write us today and start to grow";

    private StackRoom(TestConsole console, Caller person, CaseQueue queue) => (Console, Person, Queue) = (console, person, queue);

    public TestConsole Console { get; }

    public Caller Person { get; }

    public CaseQueue Queue { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<StackRoom> OpenAsync(Dictionary<string, string?>? settings = null, Action<CaseQueue>? shape = null)
    {
        TestConsole console = await TestConsole.StartAsync(settings);
        // Whatever kind of task the person may take: kinds are told apart by the stack, not by who may.
        Caller person = await console.PersonAsync(own: [Permission.ReviewQuality, Permission.AdjudicateQuality, Permission.HearAppeals]);
        return new StackRoom(console, person, await console.QueueAsync([person], shape));
    }

    /// <summary>A post that waits in the queue, hashed as intake does.</summary>
    public Task<ReviewTask> PostAsync(
        string text = Offer, CaseQueue? queue = null, TaskKind kind = TaskKind.First, Sensitivity sensitivity = Sensitivity.Ordinary,
        string? language = null, string author = "u-1") => PostAsync(text, [], queue, kind, sensitivity, language, author);

    /// <summary>The same with media, each given by its bytes' hash, its picture's hash and its quality.</summary>
    public async Task<ReviewTask> PostAsync(
        string text, (string Sha256, PictureLikeness? Likeness)[] media, CaseQueue? queue = null, TaskKind kind = TaskKind.First,
        Sensitivity sensitivity = Sensitivity.Ordinary, string? language = null, string author = "u-1")
    {
        (Case about, ReviewTask task) = await Console.CaseAsync(queue ?? Queue, text, kind, language: language, sensitivity: sensitivity, author: author);
        await Console.WriteAsync(async scope =>
        {
            ItemVersion item = await scope.Db.Set<ItemVersion>().SingleAsync(row => row.Id == about.ItemVersionId, Cancel);
            TextLikeness? likeness = TextLikeness.Of(text);
            (item.TextKey, item.TextHash) = (likeness?.Key, likeness?.Hash);
            for (int place = 0; place < media.Length; place++)
            {
                MediaObject file = new() { Sha256 = media[place].Sha256, Kind = MediaKind.Image, State = MediaState.Ready };
                file.Resemble(media[place].Likeness);
                scope.Db.Add(file);
                scope.Db.Add(new ItemMedia { ItemVersionId = item.Id, Position = place, MediaId = file.Id, Field = "images" });
            }

            return 0;
        });
        return task;
    }

    /// <summary>The node has read all that waits.</summary>
    public Task ReadAllAsync() => Console.Get<FollowLikeness>().RebuildAsync(Cancel);

    /// <summary>Draws the next task and gathers what is like it.</summary>
    public async Task<(LeasedTask Task, int Members)> DrawAsync(Caller? person = null)
    {
        await ReadAllAsync();
        LeasedTask drawn = await Console.ClaimAsync(person ?? Person);
        return (drawn, await GatherAsync(drawn, person));
    }

    public Task<int> GatherAsync(LeasedTask drawn, Caller? person = null) =>
        Console.Use<GatherStack>().RunAsync(person ?? Person, drawn.TaskNumber, drawn.Fence, Cancel);

    public Task<List<ActiveLease>> LeasesAsync() => Console.ReadAsync(db => db.Set<ActiveLease>().OrderBy(row => row.TaskNumber).ToListAsync(Cancel));

    public Task<List<long>> WaitingAsync() => Console.ReadAsync(db => db.Set<WaitingTask>().OrderBy(row => row.TaskNumber).Select(row => row.TaskNumber).ToListAsync(Cancel));

    /// <summary>What is shown of the members.</summary>
    public Task<IReadOnlyList<StackMember>> MembersAsync(LeasedTask drawn, Caller? person = null) =>
        Console.Use<ReadStack>().RunAsync(person ?? Person, drawn.TaskNumber, Cancel);

    /// <summary>Decides the task on the screen with these members.</summary>
    public Task<DecideStackResult> DecideAsync(LeasedTask drawn, IEnumerable<StackMember> members, Verdict verdict, params ActionOrder[] actions) =>
        Console.Use<DecideStack>().RunAsync(
            Person,
            new DecideStackCommand(
                new DecideCommand(drawn.TaskNumber, drawn.Fence, verdict) { Actions = actions },
                [.. members.Select(member => new StackMemberChoice(member.TaskNumber, member.Fence, member.Seen))]),
            Cancel);

    /// <summary>Decides the task on the screen with all that is shown with it.</summary>
    public async Task<DecideStackResult> DecideAsync(LeasedTask drawn, Verdict verdict, params ActionOrder[] actions) =>
        await DecideAsync(drawn, await MembersAsync(drawn), verdict, actions);

    public Task<UndoResult> UndoAsync(DecideStackResult decided) =>
        Console.Use<UndoDecision>().RunAsync(Person, decided.Shown.DecisionId!.Value, Cancel);

    public Task<List<T>> AllAsync<T>()
        where T : class => Console.ReadAsync(db => db.Set<T>().AsNoTracking().ToListAsync(Cancel));

    public Task<int> CountAsync<T>()
        where T : class => Console.ReadAsync(db => db.Set<T>().CountAsync(Cancel));

    public ValueTask DisposeAsync() => Console.DisposeAsync();
}
