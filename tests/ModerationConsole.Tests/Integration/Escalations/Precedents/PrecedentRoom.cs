using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Cases.Likeness;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Media.Likeness;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Escalations.Precedents;

/// <summary>Experts who publish what they ruled, moderators who are offered it, and short words for what they do.</summary>
internal sealed class PrecedentRoom
{
    public const string Satire = "Tonight only, our beloved mayor sells the town hall clock for three goats and a bicycle";

    private PrecedentRoom(ExpertRoom room, Policy policy) => (Room, Policy) = (room, policy);

    public ExpertRoom Room { get; }

    public Policy Policy { get; }

    public TestConsole Console => Room.Console;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<PrecedentRoom> OpenAsync(TestConsole console) => new(await ExpertRoom.OpenAsync(console), await console.PolicyAsync());

    public static PrecedentDraft Words(string title = "Impossible sale by an official") => new(
        title, "A comic offer to auction municipal furniture in the name of an official", "Satire of officials is allowed where nobody can take it for an offer",
        "The goats make it plain", "Allowed: goats. Not allowed: a bank account.", ["satire", "Officials"]);

    /// <summary>A question about a new case that the first expert ruled on; returns its number and the case.</summary>
    public async Task<(long Ruling, Case Case)> RuledAsync(string text = Satire, Sensitivity sensitivity = Sensitivity.Ordinary, string? picture = null)
    {
        (Case about, ReviewTask task) = await CaseAsync(text, sensitivity, picture);
        ActiveLease lease = await Console.HoldAsync(Room.Asker, task);
        Guid id = (await Console.Use<Core.Escalations.EscalateCase>().RunAsync(Room.Asker, task.Number, lease.Fence, "Satire?", Cancel)).EscalationId!.Value;
        Assert.Equal(DecideOutcome.Decided, (await Room.RuleAsync(Room.First)).Outcome);
        long ruling = await Console.ReadAsync(db => db.Set<Core.Escalations.Escalation>().Where(row => row.Id == id).Select(row => row.ExpertTask).SingleAsync(Cancel));
        return (ruling, about);
    }

    /// <summary>A precedent about a new case.</summary>
    public async Task<(long Number, Case Case)> PublishedAsync(string text = Satire, PrecedentDraft? words = null, string? picture = null)
    {
        (long ruling, Case about) = await RuledAsync(text, picture: picture);
        PrecedentResult result = await PublishAsync(ruling, words);
        Assert.Equal(PrecedentOutcome.Saved, result.Outcome);
        // What is read as of a moment must not have come at that very moment.
        Console.Clock.Advance(TimeSpan.FromSeconds(1));
        return (result.Number!.Value, about);
    }

    public Task<PrecedentResult> PublishAsync(long ruling, PrecedentDraft? words = null, Caller? by = null, string? policy = null) =>
        Console.Use<PublishPrecedent>().RunAsync(by ?? Room.First, ruling, policy ?? Policy.Id, words ?? Words(), Cancel);

    /// <summary>A case with the hashes of its words, and perhaps of a picture.</summary>
    public async Task<(Case Case, ReviewTask Task)> CaseAsync(string text, Sensitivity sensitivity = Sensitivity.Ordinary, string? picture = null)
    {
        (Case about, ReviewTask task) = await Console.CaseAsync(Room.Cases, text, sensitivity: sensitivity);
        await Console.WriteAsync(async scope =>
        {
            ItemVersion item = await scope.Db.Set<ItemVersion>().SingleAsync(row => row.Id == about.ItemVersionId, Cancel);
            TextLikeness? likeness = TextLikeness.Of(text);
            (item.TextKey, item.TextHash) = (likeness?.Key, likeness?.Hash);
            if (picture is not null)
            {
                MediaObject media = new() { Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Guid.NewGuid().ToByteArray())) };
                Assert.True(PictureHash.TryParse(picture, out PictureHash hash));
                media.Resemble(new PictureLikeness(hash, 100));
                scope.Db.Add(media);
                scope.Db.Add(new ItemMedia { ItemVersionId = item.Id, MediaId = media.Id, Field = "images" });
            }

            return 0;
        });
        return (about, task);
    }

    /// <summary>What the asker's desk offers beside a new case.</summary>
    public async Task<IReadOnlyList<PrecedentOffer>> OfferedAsync(string text, string? picture = null)
    {
        (_, ReviewTask task) = await CaseAsync(text, picture: picture);
        await Console.HoldAsync(Room.Asker, task);
        IReadOnlyList<PrecedentOffer> offers = (await OfferAsync(Room.Asker, task.Number))!;
        await Console.WriteAsync(async scope => await scope.Db.Set<ActiveLease>().Where(row => row.TaskNumber == task.Number).ExecuteDeleteAsync(Cancel));
        return offers;
    }

    public Task<IReadOnlyList<PrecedentOffer>?> OfferAsync(Caller person, long task) => Console.Use<OfferPrecedents>().RunAsync(person, task, Cancel);

    public Task<PrecedentView?> ReadAsync(long number, Caller? by = null, int? version = null) => Console.Use<ReadPrecedent>().RunAsync(by ?? Room.Asker, number, version, Cancel);

    public async Task<IReadOnlyList<long>> ListAsync(PrecedentFilter? filter = null, Caller? by = null) =>
        [.. (await Console.Use<ListPrecedents>().RunAsync(by ?? Room.Asker, filter ?? new PrecedentFilter(), Cancel)).Rows.Select(row => row.Number)];

    /// <summary>The policy gets other words.</summary>
    public async Task ChangePolicyAsync(string text)
    {
        Policy now = await Console.ReadAsync(db => db.Set<Policy>().SingleAsync(row => row.Id == Policy.Id, Cancel));
        Assert.Equal(SavePolicyOutcome.Saved, await Console.Use<SavePolicy>().RunAsync(
            Room.Second, new PolicyDraft(now.Id, now.Code, now.Name, null, now.Severity, text, "", [], "", Version: now.Version), Cancel));
    }

    /// <summary>A task that tests a decision, for anyone but who made it.</summary>
    public Task<ReviewTask> MeasuringAsync(TaskKind kind, Case about, Guid decisionId) => Console.WriteAsync(async scope =>
    {
        Core.Decisions.Decision tested = await scope.Db.Set<Core.Decisions.Decision>().SingleAsync(row => row.Id == decisionId, Cancel);
        return await scope.QueueMeasuringAsync(
            Caller.System, await scope.Db.Set<Case>().SingleAsync(row => row.Number == about.Number, Cancel),
            new MeasuringOrder(kind, decisionId, 1, Room.Cases.Id) { Without = [tested.DeciderId!.Value] }, Cancel);
    });

    public async Task<IReadOnlyList<AuditAct>> ActsAsync() =>
        await Console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.Subject!.StartsWith("precedent:")).OrderBy(row => row.At).ThenBy(row => row.Act).Select(row => row.Act).ToListAsync(Cancel));
}
