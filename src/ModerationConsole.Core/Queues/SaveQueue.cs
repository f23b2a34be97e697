using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Queues;

/// <summary>What became of a queue that was to be saved.</summary>
public enum SaveQueueOutcome
{
    Saved,

    /// <summary>The name is empty or longer than 200 characters.</summary>
    NameInvalid,
    NameTaken,

    /// <summary>The address is not 1 to 60 of a–z, 0–9 and single hyphens between them.</summary>
    SlugInvalid,
    SlugTaken,

    /// <summary>The description is longer than 5,000 characters.</summary>
    DescriptionTooLong,

    /// <summary>The deadline is not from one minute to a year.</summary>
    DeadlineInvalid,

    /// <summary>More than nine policies are pinned, or one twice.</summary>
    PinnedInvalid,

    /// <summary>A pinned policy is not there.</summary>
    PolicyUnknown,

    /// <summary>The list of hidden actions is too long or holds what is no id.</summary>
    HiddenInvalid,

    /// <summary>Only a queue for ordinary review can be default or fallback.</summary>
    StandingNeedsReview,

    /// <summary>It is the default or the fallback; another must be chosen before it can stop being that or be archived.</summary>
    StillNeeded,

    /// <summary>Someone saved it meanwhile, or it is not there.</summary>
    Changed,
}

/// <summary>What became of it, and its id once it is stored.</summary>
public sealed record SavedQueue(SaveQueueOutcome Outcome, Guid? Id = null);

/// <summary>Makes a queue or changes one. Address and kind stay as they were made.</summary>
[Requires(Permission.ManageQueues)]
public sealed partial class SaveQueue(WritePath writes, IAccessGuard guard) : IUseCase
{
    private const int MostPinned = 9;
    private const int Year = 365 * 24 * 60;

    /// <summary>Saves the queue. A new default or fallback takes the place of the present one.</summary>
    public async Task<SavedQueue> RunAsync(Caller caller, QueueSettings wanted, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveQueue>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(wanted);
        QueueSettings clean = wanted with { Name = (wanted.Name ?? "").Trim(), Slug = (wanted.Slug ?? "").Trim(), Description = (wanted.Description ?? "").Trim() };
        return Check(clean) is var fault && fault != SaveQueueOutcome.Saved
            ? new SavedQueue(fault)
            : await writes.RunAsync((scope, token) => SaveAsync(scope, caller, clean, token), cancellationToken).ConfigureAwait(false);
    }

    private static SaveQueueOutcome Check(QueueSettings wanted)
    {
        IReadOnlyList<string> pinned = wanted.PinnedPolicies ?? [];
        return wanted.Name.Length is 0 or > TextLength.Id ? SaveQueueOutcome.NameInvalid
            : wanted.Slug.Length > 60 || !SlugShape().IsMatch(wanted.Slug) ? SaveQueueOutcome.SlugInvalid
            : wanted.Description.Length > TextLength.Note ? SaveQueueOutcome.DescriptionTooLong
            : wanted.DeadlineMinutes is < 1 or > Year ? SaveQueueOutcome.DeadlineInvalid
            : pinned.Count > MostPinned || pinned.Distinct(StringComparer.Ordinal).Count() < pinned.Count ? SaveQueueOutcome.PinnedInvalid
            : (wanted.HiddenActions ?? []).Any(id => id.Contains(',', StringComparison.Ordinal)) || QueueSettings.Join(wanted.HiddenActions).Length > TextLength.Note
                ? SaveQueueOutcome.HiddenInvalid
            : (wanted.IsDefault || wanted.IsFallback) && wanted.Kind != QueueKind.Review ? SaveQueueOutcome.StandingNeedsReview
            : (wanted.IsDefault || wanted.IsFallback) && wanted.Archived ? SaveQueueOutcome.StillNeeded
            : SaveQueueOutcome.Saved;
    }

    private static async Task<SavedQueue> SaveAsync(WriteScope scope, Caller caller, QueueSettings wanted, CancellationToken cancellationToken)
    {
        List<CaseQueue> all = await scope.Db.Set<CaseQueue>().ToListAsync(cancellationToken).ConfigureAwait(false);
        CaseQueue? row = all.Find(queue => queue.Id == wanted.Id);
        List<string> policies = await scope.Db.Set<Policy>().Where(policy => !policy.Archived).Select(policy => policy.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        SaveQueueOutcome fault =
            wanted.Id is not null && (row is null || row.Version != wanted.Version || row.Slug != wanted.Slug || row.Kind != wanted.Kind) ? SaveQueueOutcome.Changed
            : all.Exists(queue => queue != row && string.Equals(queue.Name, wanted.Name, StringComparison.OrdinalIgnoreCase)) ? SaveQueueOutcome.NameTaken
            : all.Exists(queue => queue != row && queue.Slug == wanted.Slug) ? SaveQueueOutcome.SlugTaken
            : (wanted.PinnedPolicies ?? []).Except(policies).Any() ? SaveQueueOutcome.PolicyUnknown
            : row is not null && ((row.IsDefault && !wanted.IsDefault) || (row.IsFallback && !wanted.IsFallback)) ? SaveQueueOutcome.StillNeeded
            : SaveQueueOutcome.Saved;
        if (fault != SaveQueueOutcome.Saved)
        {
            return new SavedQueue(fault);
        }

        if (row is null)
        {
            row = new CaseQueue { Slug = wanted.Slug, Kind = wanted.Kind };
            scope.Db.Add(row);
        }

        // The first review queue takes both places: something that comes in must never be without one.
        bool mayStand = wanted is { Kind: QueueKind.Review, Archived: false };
        bool isDefault = wanted.IsDefault || (mayStand && !all.Exists(queue => queue.IsDefault));
        bool isFallback = wanted.IsFallback || (mayStand && !all.Exists(queue => queue.IsFallback));
        all.ForEach(queue => queue.IsDefault &= !isDefault);
        all.ForEach(queue => queue.IsFallback &= !isFallback);
        Fill(row, wanted, isDefault, isFallback);
        scope.Record(caller, AuditAct.QueueChanged, subject: row.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["archived"] = row.Archived,
            ["deadlineMinutes"] = row.DeadlineMinutes,
            ["default"] = row.IsDefault,
            ["fallback"] = row.IsFallback,
            ["kind"] = row.Kind.ToString(),
            ["policyRequired"] = row.PolicyRequired,
            ["reasonRequired"] = row.ReasonRequired,
        });
        scope.Publish(LiveKind.ConfigurationChanged, queueId: row.Id, state: "queue");
        return new SavedQueue(SaveQueueOutcome.Saved, row.Id);
    }

    private static void Fill(CaseQueue row, QueueSettings wanted, bool isDefault, bool isFallback)
    {
        row.Name = wanted.Name;
        row.Description = wanted.Description;
        row.IsDefault = isDefault;
        row.IsFallback = isFallback;
        row.PolicyRequired = wanted.PolicyRequired;
        row.ReasonRequired = wanted.ReasonRequired;
        row.DeadlineMinutes = wanted.DeadlineMinutes;
        row.PinnedPolicies = QueueSettings.Join(wanted.PinnedPolicies);
        row.HiddenActions = QueueSettings.Join(wanted.HiddenActions);
        row.Archived = wanted.Archived;
    }

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex SlugShape();
}
