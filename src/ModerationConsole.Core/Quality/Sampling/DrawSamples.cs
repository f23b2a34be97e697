using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Sampling;

/// <summary>
/// Draws decisions for blind re-review once they are final, by the plan that was active when they were made. How far it has come is
/// stored with what it drew: killed half-way, or run on two nodes at once, it looks at each decision once.
/// </summary>
public sealed class DrawSamples(IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, NodeDuties nodes, TimeProvider clock, ILogger<DrawSamples> log)
    : PeriodicWork(TimeSpan.FromSeconds(5), nodes, clock, log)
{
    private readonly TimeProvider _clock = clock;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        while (await DrawSomeAsync(cancellationToken).ConfigureAwait(false))
        {
        }
    }

    /// <summary>Looks at one batch; whether there is more to look at.</summary>
    internal async Task<bool> DrawSomeAsync(CancellationToken cancellationToken)
    {
        SamplerBatch? batch;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            batch = await SamplerBatch.ReadAsync(db, _clock.Now(), cancellationToken).ConfigureAwait(false);
        }

        // Where another was quicker, what it left is read anew.
        return batch is not null
            && (!await writes.RunAsync((scope, token) => SampleDrawing.RunAsync(scope, batch, token), cancellationToken).ConfigureAwait(false) || batch.More);
    }
}
