using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>Brings versions of policies into force when their time comes. Until it has come round, decisions under such a policy are asked to wait.</summary>
public sealed class BringPoliciesIntoForce(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, RevisionMoving moving, NodeDuties nodes, TimeProvider clock, ILogger<BringPoliciesIntoForce> log)
    : PeriodicWork(TimeSpan.FromSeconds(2), nodes, clock, log)
{
    private readonly TimeProvider _clock = clock;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.Now();
        List<Guid> due;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            due = await db.Set<PolicyRevision>().Where(row => row.State == RevisionState.Scheduled && row.EffectiveFrom <= now)
                .OrderBy(row => row.EffectiveFrom).Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        await EachAsync(
            due,
            id => writes.RunAsync((scope, token) => moving.TakeEffectAsync(scope, id, token), cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }
}
