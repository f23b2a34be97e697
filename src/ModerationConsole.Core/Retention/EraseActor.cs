using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Retention;

/// <summary>How asking for an erasure ended.</summary>
public enum EraseActorOutcome
{
    /// <summary>Nothing of the account is left.</summary>
    Erased,

    /// <summary>Some of it must wait: it is held, or in a case that is not closed. It follows by itself.</summary>
    Waiting,

    /// <summary>Type and id must both be given, and the id typed again exactly.</summary>
    NotConfirmed,
}

/// <summary>What came of it.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Done">How many items, reports and actions were erased.</param>
/// <param name="Left">How many must wait.</param>
public sealed record ErasedActor(EraseActorOutcome Outcome, int Done = 0, int Left = 0);

/// <summary>
/// Erases what the console holds of a person who uses the platform: what they wrote, their name and id, their reports and the
/// media they sent. What was done stays, with its hashes, so that every proof still holds.
/// </summary>
[Requires(Permission.ManageRetention)]
public sealed class EraseActor(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IEnumerable<IActorRecords> rooms, IAccessGuard guard) : IUseCase
{
    /// <summary>Erases it, as far as it may be now; the rest follows by itself.</summary>
    /// <param name="again">The id, typed once more: this cannot be taken back.</param>
    public async Task<ErasedActor> RunAsync(Caller caller, string typeId, string actorId, string again, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<EraseActor>(caller, cancellationToken).ConfigureAwait(false);
        PlatformActor actor = new((typeId ?? "").Trim(), (actorId ?? "").Trim());
        if (actor.TypeId.Length is 0 or > TextLength.Id || actor.Id.Length is 0 or > TextLength.Id || actor.Id != (again ?? "").Trim())
        {
            return new ErasedActor(EraseActorOutcome.NotConfirmed);
        }

        Guid id = await writes.RunAsync((scope, cancel) => AskAsync(scope, caller, actor, cancel), cancellationToken).ConfigureAwait(false);
        Erased erased = await ErasureWork.RunAsync(new RetentionPass(contexts, writes), rooms, id, cancellationToken).ConfigureAwait(false);
        return new ErasedActor(erased.Left == 0 ? EraseActorOutcome.Erased : EraseActorOutcome.Waiting, erased.Done, erased.Left);
    }

    private static async Task<Guid> AskAsync(WriteScope scope, Caller caller, PlatformActor actor, CancellationToken cancellationToken)
    {
        Erasure? row = await scope.Db.Set<Erasure>()
            .FirstOrDefaultAsync(one => one.DoneAt == null && one.ActorTypeId == actor.TypeId && one.ActorId == actor.Id, cancellationToken).ConfigureAwait(false);
        if (row is null)
        {
            row = new Erasure { ActorTypeId = actor.TypeId, ActorId = actor.Id, AskedBy = caller.Id, AskedAt = scope.Now };
            scope.Db.Add(row);
            // The id of an erased person must not stand where nothing can be erased.
            scope.Record(caller, AuditAct.ErasureAsked, subject: row.Id.ToString(), details: new Dictionary<string, object?> { ["actorType"] = actor.TypeId });
        }

        return row.Id;
    }
}
