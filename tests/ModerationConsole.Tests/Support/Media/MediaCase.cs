using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Tests.Support.Media;

/// <summary>A case that shows one media object of which every step is stored, and whose task is on someone's screen.</summary>
public sealed class MediaCase
{
    private static int s_count;

    private readonly IServiceProvider _services;

    private MediaCase(IServiceProvider services) => _services = services;

    public Guid MediaId { get; private init; }

    /// <summary>What was sent.</summary>
    public byte[] Original { get; private init; } = [];

    public Case Case { get; private set; } = null!;

    public ReviewTask Task { get; private set; } = null!;

    public DrawnTask Drawn { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Writes run on the console's own threads, where the test is not known.
    private static CancellationToken Inside => CancellationToken.None;

    /// <summary>The bytes of a step of any such case; no other answer holds them.</summary>
    public static byte[] BytesOf(MediaStep step) => Encoding.ASCII.GetBytes($"the bytes of step {(int)step}");

    /// <param name="original">What was sent; a picture if null. Made unique, because what is stored twice is one file.</param>
    public static async Task<MediaCase> OnScreenAsync(
        IServiceProvider services, Guid personId, byte[]? original = null, LeaseSlot slot = LeaseSlot.Shown, Sensitivity sensitivity = Sensitivity.Ordinary)
    {
        byte[] bytes = [.. original ?? await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel), .. Guid.NewGuid().ToByteArray()];
        MediaCase scene = new(services) { MediaId = await StoreAsync(services, bytes, sensitivity == Sensitivity.ChildSafety), Original = bytes };
        await scene.WriteAsync(scope => scene.OpenAsync(scope, sensitivity));
        await scene.DrawAsync(personId, slot);
        return scene;
    }

    /// <summary>The task is drawn on a person's screen, again or for the first time.</summary>
    public Task DrawAsync(Guid personId, LeaseSlot slot = LeaseSlot.Shown) => WriteAsync(async scope =>
    {
        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == Task.Number, Inside);
        await scope.StopWaitingAsync(task.Number, Inside);
        ActiveLease lease = scope.AddLease(Caller.Person(personId), task, task.Lease(), personId, slot, new LeaseOptions());
        Drawn = new DrawnTask(task.Number, lease.Fence);
    });

    /// <summary>The person asks to see a step, with the task on their screen.</summary>
    public async Task<Guid> RevealAsync(Guid personId, MediaStep step = MediaStep.GreyStill, bool byRegion = false)
    {
        RevealResult result = await TryAsync(personId, step, byRegion: byRegion);
        Assert.Equal(RevealOutcome.Revealed, result.Outcome);
        return result.RevealId!.Value;
    }

    /// <summary>The person asks to see a step.</summary>
    public Task<RevealResult> TryAsync(Guid personId, MediaStep step, DrawnTask? task = null, bool byRegion = false) => Use<RevealMedia>().RunAsync(
        Caller.Person(personId), new RevealRequest(MediaId, step, MediaFilters.None with { ByRegion = byRegion }) { Task = task ?? Drawn }, Cancel);

    /// <summary>The task leaves the screen.</summary>
    public Task ReleaseAsync(LeaseEnd end = LeaseEnd.Released) => WriteAsync(async scope =>
    {
        ActiveLease lease = await scope.Db.Set<ActiveLease>().SingleAsync(row => row.TaskNumber == Task.Number, Inside);
        await scope.EndLeaseAsync(Caller.Person(lease.PersonId), lease, end, Inside);
    });

    public T Use<T>()
        where T : class, IUseCase => ActivatorUtilities.GetServiceOrCreateInstance<T>(_services);

    /// <summary>Writes straight to the database: to arrange what no use case makes.</summary>
    public Task WriteAsync(Func<WriteScope, Task> write) => _services.GetRequiredService<WritePath>().RunAsync(
        async (scope, _) =>
        {
            await write(scope);
            return true;
        },
        Cancel);

    public async Task<T> ReadAsync<T>(Func<ConsoleDbContext, Task<T>> read)
    {
        await using ConsoleDbContext db = await _services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync(Cancel);
        return await read(db);
    }

    private static async Task<Guid> StoreAsync(IServiceProvider services, byte[] bytes, bool childSafety)
    {
        using MemoryStream content = new(bytes);
        MediaShape shape = new(640, 400);
        MediaUpload upload = new(content, "Weapon", childSafety)
        {
            Still = new PreparedStill(BytesOf(MediaStep.BlurredStill), shape)
            {
                Above = [.. new[] { MediaStep.GreyStill, MediaStep.Filtered }.Select(step => new PreparedStep(step, MediaFormat.Jpeg, shape, BytesOf(step)))],
            },
        };
        return (await ActivatorUtilities.GetServiceOrCreateInstance<StoreMedia>(services).RunAsync(Caller.System, upload, Cancel)).MediaId!.Value;
    }

    private async Task OpenAsync(WriteScope scope, Sensitivity sensitivity)
    {
        string name = $"media-case-{Interlocked.Increment(ref s_count)}";
        ItemVersion item = new() { TypeId = name, ItemId = name, ContentHash = SHA256.HashData(Encoding.UTF8.GetBytes(name)), ReceivedAt = scope.Now };
        CaseQueue queue = new() { Name = name, Slug = name, Kind = sensitivity == Sensitivity.ChildSafety ? QueueKind.ChildSafety : QueueKind.Review };
        Case = new Case { ItemVersionId = item.Id, Source = CaseSource.Item, Sensitivity = sensitivity, OpenedAt = scope.Now, LastEvidenceAt = scope.Now };
        scope.Db.AddRange(new ItemType { Id = name, Name = "Post" }, item, queue, Case, new ItemMedia { ItemVersionId = item.Id, MediaId = MediaId, Field = "images" });
        await scope.Db.SaveChangesAsync(Inside);
        Task = await scope.QueueTaskAsync(Caller.System, Case, TaskKind.First, queue, 50, Instant.Never, Inside);
    }
}
