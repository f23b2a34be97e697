using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Queues;

/// <summary>The queues that the console itself needs. One that is missing is made, so that nothing that comes in is without a place.</summary>
public static class StandingQueues
{
    /// <summary>The queue for what no routing row matches.</summary>
    public static async Task<CaseQueue> DefaultQueueAsync(this WriteScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        CaseQueue? queue = await scope.Db.Set<CaseQueue>().Where(row => row.IsDefault && !row.Archived)
            .OrderBy(row => row.Name).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return queue ?? await MakeAsync(scope, QueueKind.Review, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The queue for tasks that nobody in their own may take; null when none is chosen.</summary>
    public static Task<CaseQueue?> FallbackQueueAsync(this WriteScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return scope.Db.Set<CaseQueue>().Where(row => row.IsFallback && !row.Archived)
            .OrderBy(row => row.Name).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The queue of a special kind: the first by name where there are several.</summary>
    public static async Task<CaseQueue> QueueOfKindAsync(this WriteScope scope, QueueKind kind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        CaseQueue? queue = await scope.Db.Set<CaseQueue>().Where(row => row.Kind == kind && !row.Archived)
            .OrderBy(row => row.Name).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return queue ?? await MakeAsync(scope, kind, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<CaseQueue> MakeAsync(WriteScope scope, QueueKind kind, CancellationToken cancellationToken)
    {
        string name = kind switch
        {
            QueueKind.Review => "General",
            QueueKind.Expert => "Policy experts",
            QueueKind.Emergency => "Emergencies",
            QueueKind.ChildSafety => "Child safety",
            QueueKind.Appeals => "Appeals",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        string free = name;
        for (int i = 2; await TakenAsync(scope, free, cancellationToken).ConfigureAwait(false); i++)
        {
            free = $"{name} {i}";
        }

        bool takesTheRest = kind == QueueKind.Review;
        CaseQueue queue = new()
        {
            Name = free,
            Slug = SlugOf(free),
            Kind = kind,
            IsDefault = takesTheRest,
            IsFallback = takesTheRest && await scope.FallbackQueueAsync(cancellationToken).ConfigureAwait(false) is null,
        };
        scope.Db.Add(queue);
        scope.Record(Caller.System, AuditAct.QueueChanged, subject: queue.Id.ToString(), details: new Dictionary<string, object?> { ["kind"] = kind.ToString() });
        scope.Publish(LiveKind.ConfigurationChanged, queueId: queue.Id, state: "queue");
        await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return queue;
    }

    private static Task<bool> TakenAsync(WriteScope scope, string name, CancellationToken cancellationToken)
    {
        string slug = SlugOf(name);
        return scope.Db.Set<CaseQueue>().AnyAsync(row => row.Name == name || row.Slug == slug, cancellationToken);
    }

    private static string SlugOf(string name) => name.ToLowerInvariant().Replace(' ', '-');
}
