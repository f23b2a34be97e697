using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;

namespace ModerationConsole.Core.Retention;

/// <summary>Erases what may be erased of an account, as often as it takes until nothing of it is left.</summary>
internal static class ErasureWork
{
    public static async Task<Erased> RunAsync(RetentionPass pass, IEnumerable<IActorRecords> rooms, Guid erasureId, CancellationToken cancellationToken)
    {
        Erasure? asked = await pass.ReadAsync(
            db => db.Set<Erasure>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == erasureId && row.DoneAt == null, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (asked is null)
        {
            return default;
        }

        Erased erased = default;
        PlatformActor actor = new(asked.ActorTypeId, asked.ActorId);
        bool held = await pass.ReadAsync(
            db => db.Set<LegalHold>().AnyAsync(row => row.LiftedAt == null && row.ActorTypeId == actor.TypeId && row.ActorId == actor.Id, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        if (held)
        {
            erased = new Erased(0, 1);
        }
        else
        {
            foreach (IActorRecords room in rooms.OrderByDescending(room => room.Floor))
            {
                erased += await room.EraseAsync(pass, actor, cancellationToken).ConfigureAwait(false);
            }
        }

        await pass.BatchAsync(
            async (scope, cancel) =>
            {
                Erasure row = await scope.Db.Set<Erasure>().SingleAsync(one => one.Id == erasureId, cancel).ConfigureAwait(false);
                row.Done += erased.Done;
                row.Left = erased.Left;
                if (erased.Left == 0)
                {
                    row.DoneAt = scope.Now;
                    row.ActorId = "";
                }

                if (erased.Left == 0 || erased.Done > 0)
                {
                    scope.Record(Caller.System, AuditAct.ActorErased, subject: row.Id.ToString(), details: new Dictionary<string, object?>
                    {
                        ["done"] = row.Done,
                        ["left"] = row.Left,
                    });
                }

                return 0;
            },
            cancellationToken).ConfigureAwait(false);
        return erased;
    }
}
